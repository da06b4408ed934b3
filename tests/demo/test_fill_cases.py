import pytest

from tests.demo.conftest import NOW
from yige.accounts.models import User
from yige.audit.models import LogEntry
from yige.cases.models import Case
from yige.demo import arrivals, fill_cases, grids_and_accounts, staff, stories
from yige.grids.models import Grid, QrToken
from yige.lib.refusals import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(demo_ground):
    return fill_cases.plan(NOW, count=400)


def tell(plan):
    return list(fill_cases.tell_all(plan, NOW))


def test_telling_again_changes_nothing(plan):
    few = plan[:6]
    tell(few)
    before = LogEntry.objects.count()

    tell(few)

    assert LogEntry.objects.count() == before
    assert fill_cases.untold_stories(few) == []


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
    tell(plan[:5][::-1])

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


def test_a_district_at_work_is_refused(plan):
    tell(plan[:1])
    User.objects.filter(username=staff.invented_staff()[-1].username).update(username="somebody")

    with pytest.raises(Conflict):
        fill_cases.begin()


def test_ground_is_laid_once(demo_ground):
    before = (Grid.objects.count(), QrToken.objects.count(), User.objects.count())

    grids_and_accounts.lay(NOW)

    assert before == (181, 360, 355)
    assert (Grid.objects.count(), QrToken.objects.count(), User.objects.count()) == before
