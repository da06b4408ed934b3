"""The longest integration test: stories of every kind, told by the verbs."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from yige.accounts.models import User
from yige.audit.models import LogEntry
from yige.cases.models import Card, Case, FollowUp, Rating, Return
from yige.cases.refusals import Conflict
from yige.cases.words import OPEN, State
from yige.demo import arrivals, fill, ground, stories
from yige.grids.models import Grid, QrToken
from yige.lib.moments import SHANGHAI
from yige.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=SHANGHAI)
OF_EACH = 3


@pytest.fixture
def shipped(settings, tmp_path):
    settings.YIGE_TEXTS = str(tmp_path)
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def plan(shipped):
    """Three old stories of every fate, the outage, and everything on the desks of the named accounts."""
    fill.begin()
    ground.lay(NOW)
    seen, found = Counter(), []
    for story in fill.plan(NOW):
        fate = story[0].fate
        seen[fate] += 1
        if fate.startswith("open:") or story[0].burst or seen[fate] <= OF_EACH:
            found.append(story)
    return found


def tell(plan):
    return list(fill.tell_all(plan, NOW))


def test_stories_of_every_kind_come_to_their_ends(plan):
    tell(plan)

    outcomes = set(Case.objects.filter(state=State.CLEARED).values_list("outcome", flat=True))
    assert {story[0].fate for story in plan} == set(stories.STORIES) - {"merged"}
    assert outcomes == {"confirmed", "followed_up", "no_answer", "light"}
    assert set(Case.objects.values_list("state", flat=True)) == set(State.values)


def test_nothing_happens_in_the_future_and_everything_open_has_a_clock(plan):
    tell(plan)

    assert LogEntry.objects.filter(verb__startswith="cases.", at__gt=NOW).count() == 0
    assert Case.objects.filter(state__in=OPEN, next_mark_at=None).count() == 0
    assert Case.objects.filter(wake_at__lte=NOW).count() == 0


def test_the_ugly_ones_are_there(plan):
    tell(plan)

    merged = Counter(Case.objects.filter(state=State.MERGED).values_list("merged_into", flat=True))
    assert max(merged.values()) == arrivals.BURST_REPORTS - 1
    assert max(Counter(Return.objects.values_list("case", flat=True)).values()) == 3
    assert Case.objects.filter(reopen_no=1).exists()
    assert Case.objects.exclude(parked_at=None).exists()
    assert Rating.objects.filter(solved="no").exists()
    assert FollowUp.objects.filter(reached=False).exists()
    assert set(Card.objects.values_list("colour", flat=True)) == {"yellow", "red"}


@pytest.mark.parametrize(
    "username", ["desk", "street", "community", "grid", "worker", "micro", "member", "chengguan", "hotline"]
)
def test_every_desk_is_alive(plan, username):
    tell([story for story in plan if story[0].fate.startswith("open:")])

    user = User.objects.get(username=username)
    mine = Case.objects.visible_to(user).open()
    due_today = mine.due_by(NOW.replace(hour=23, minute=59, second=59)).exclude(next_mark_at__lt=NOW)
    assert mine.count() >= 4
    assert username == "hotline" or mine.overdue(NOW).exists()
    assert username in ("hotline", "street") or due_today.exists()


def test_telling_again_changes_nothing(plan):
    few = plan[:12]
    tell(few)
    before = LogEntry.objects.count()

    tell(few)

    assert LogEntry.objects.count() == before
    assert fill.left(few) == []


def test_an_interrupted_story_leaves_nothing_and_is_told_next_time(plan, monkeypatch):
    arrival, words, again = next(story for story in plan if story[0].fate == "cleared" and not story[0].burst)
    monkeypatch.setitem(stories.STORIES, "cleared", (stories.accept, lambda story: 1 / 0))
    with pytest.raises(ZeroDivisionError):
        tell([(arrival, words, again)])
    assert Case.objects.count() == 0

    monkeypatch.undo()
    tell([(arrival, words, again)])

    assert Case.objects.get().serial == arrival.number


def test_numbers_rise_with_time_whatever_was_told_first(plan):
    tell(plan[:10][::-1])

    by_number = list(Case.objects.order_by("serial").values_list("reported_at", flat=True))
    assert by_number == sorted(by_number)


def test_live_reports_come_after_the_demo_numbers(plan):
    tell(plan[:3])
    with_live = Case.objects.create(
        **{
            field.attname: getattr(Case.objects.first(), field.attname)
            for field in Case._meta.concrete_fields
            if field.name not in ("id", "serial")
        }
    )
    with_live.refresh_from_db()

    assert with_live.serial > arrivals.COUNT


def test_notices_name_the_number_the_case_has(plan):
    tell([story for story in plan if story[0].fate.startswith("open:")][:8])

    for case in Case.objects.all():
        notices = Notice.objects.filter(subject_id=case.pk, user_id__isnull=False)
        assert all(case.number in notice.title for notice in notices)
        assert {notice.link for notice in notices} <= {case.get_absolute_url()}


def test_old_news_is_out_of_the_way(plan):
    tell(plan[:25])

    old = Notice.objects.filter(created_at__lt=NOW - timedelta(days=3))
    assert old.filter(delivery="waiting").count() == 0
    assert old.filter(audience="staff", read_at=None).count() == 0


def test_a_district_at_work_is_refused(shipped, plan):
    tell(plan[:1])
    User.objects.filter(username="station-005").update(username="somebody")

    with pytest.raises(Conflict):
        fill.begin()


def test_ground_is_laid_once(shipped):
    ground.lay(NOW)
    before = (Grid.objects.count(), QrToken.objects.count(), User.objects.count())

    ground.lay(NOW)

    assert before == (181, 360, 341)
    assert (Grid.objects.count(), QrToken.objects.count(), User.objects.count()) == before
