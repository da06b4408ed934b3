"""The longest integration test: stories of every kind, told once by the verbs, looked at from all sides."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.demo.conftest import NOW
from yige.accounts.models import User
from yige.audit.models import LogEntry
from yige.cases.models import Card, Case, FollowUp, Rating, Return
from yige.cases.words import OPEN, State
from yige.demo import arrivals, fill_cases, stories
from yige.lib.local_time import end_of_day, local_day
from yige.notices.models import Notice

pytestmark = pytest.mark.django_db
OF_EACH = 2


@pytest.fixture(scope="module")
def district(demo_ground, django_db_blocker):
    """Two old stories of every fate, the outage, and everything on the desks of the named accounts."""
    told = some_of_each(fill_cases.plan(NOW))
    with django_db_blocker.unblock():
        list(fill_cases.tell_all(told, NOW))
    return told


def some_of_each(plan):
    seen, found = Counter(), []
    for story in plan:
        fate = story[0].fate
        # Who left a number is called in vain before the story ends unanswered; who left none is not.
        kind = (fate, fate == "no_answer" and bool(story[0].phone))
        seen[kind] += 1
        if fate.startswith("open:") or story[0].burst or seen[kind] <= OF_EACH:
            found.append(story)
    return found


def test_stories_of_every_kind_come_to_their_ends(district):
    outcomes = set(Case.objects.filter(state=State.CLEARED).values_list("outcome", flat=True))
    assert {story[0].fate for story in district} == set(stories.STORIES) - {"merged"}
    assert outcomes == {"confirmed", "followed_up", "partly", "no_answer", "light"}
    assert set(Case.objects.values_list("state", flat=True)) == set(State.values)


def test_nothing_happens_in_the_future_and_everything_open_has_a_clock(district):
    assert LogEntry.objects.filter(verb__startswith="cases.", at__gt=NOW).count() == 0
    assert Case.objects.filter(state__in=OPEN, next_mark_at=None).count() == 0
    assert Case.objects.filter(wake_at__lte=NOW).count() == 0


def test_the_ugly_ones_are_there(district):
    merged = Counter(Case.objects.filter(state=State.MERGED).values_list("merged_into", flat=True))
    assert max(merged.values()) == arrivals.BURST_REPORTS - 1
    assert max(Counter(Return.objects.values_list("case", flat=True)).values()) == 3
    assert Case.objects.filter(reopen_no=1).exists()
    assert Case.objects.exclude(parked_at=None).exists()
    assert Rating.objects.filter(solved="no").exists()
    assert FollowUp.objects.filter(reached=True).exclude(solved="").exists()
    assert FollowUp.objects.filter(reached=False, case__outcome="no_answer").exists()
    assert set(Card.objects.values_list("colour", flat=True)) == {"yellow", "red"}


@pytest.mark.parametrize(
    "username", ["desk", "street", "community", "grid", "worker", "micro", "member", "chengguan", "hotline"]
)
def test_every_desk_is_alive(district, username):
    user = User.objects.get(username=username)
    mine = Case.objects.visible_to(user).open()
    due_today = mine.filter(next_mark_at__range=(NOW, end_of_day(local_day(NOW))))
    assert mine.count() >= 4
    assert username == "hotline" or mine.overdue(NOW).exists()
    assert username in ("hotline", "street") or due_today.exists()


def test_notices_name_the_number_the_case_has(district):
    for case in Case.objects.open()[:40]:
        notices = Notice.objects.filter(subject_id=case.pk, user_id__isnull=False)
        assert all(case.number in notice.title for notice in notices)
        assert {notice.subject_kind for notice in notices} <= {"case"}


def test_old_news_is_out_of_the_way(district):
    old = Notice.objects.filter(created_at__lt=NOW - timedelta(days=3))
    assert old.filter(delivery="waiting").count() == 0
    assert old.filter(audience="staff", read_at=None).count() == 0
