"""What a unit can do to look better than it is, by the verbs themselves: its figures and its score do not rise by it."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests import factories
from tests.factories import MONDAY_NOON, act, life, reported
from yige.accounts.actors import LinkHolder
from yige.assessment import chance
from yige.assessment.figures import figures, of_unit
from yige.assessment.periods import Period, month_of
from yige.assessment.scorecard import scorecard
from yige.cases import clockwork
from yige.cases.models import Closing
from yige.lib.local_time import local_day
from yige.lib.refusals import NotAllowed

pytestmark = pytest.mark.django_db
MARCH = month_of(local_day(MONDAY_NOON))
SPRING = Period(MARCH.first, month_of(MARCH.after).after)
DAY = timedelta(days=1)
YES = {"contacted": True, "solved": "yes", "satisfied": "yes"}
NO = {"contacted": True, "solved": "no", "satisfied": "no"}


@pytest.fixture
def here(monkeypatch):
    """A town where two cases are enough to speak of a share, so that a few cases show what many would."""
    monkeypatch.setattr(chance, "ENOUGH_CASES", 2)
    return factories.town()


def told(here, period=SPRING):
    """Return (met, of) of each indicator of the team, and the share of its points that it has."""
    found = figures(period, of_unit(here.team_unit))
    card = scorecard(found)
    return {name: figure[1:] for name, figure in found.items()}, (card.points or 0) / (card.out_of or 1)


def score_of(here, *works):
    """Return the score after these works, and undo them."""
    with transaction.atomic():
        for work in works:
            work(here)
        score = told(here)
        transaction.set_rollback(True)
    return score


def honest(here):
    """Two matters well done at two places, one badly."""
    for number in (1, 2):
        life(here, "cleared", place=f"{number}号楼", contact={"phone": "19900000024"})
    bad = life(here, "closed", place="3号楼", contact={"phone": "19900000024"})
    act("rate", bad, by=LinkHolder(bad.pk), at=bad.closed_at + DAY, words="还是不亮", **NO)


def make_matters_for_oneself(here):
    for number in range(4):
        found = reported(here, by=here.worker, channel="patrol", place=f"{number + 20}号楼")
        act("settle", found, by=here.worker, at=MONDAY_NOON + DAY, words="捡起来了")


def make_matters_for_a_colleague(here):
    for number in range(4):
        found = reported(here, by=here.micro, channel="patrol", place=f"{number + 20}号楼")
        life(here, "closed", case=found)


def copy_a_matter_that_went_well(here):
    """Tell the lamp of building 1 four times more, as a resident without a name, and close each."""
    for hours in range(1, 5):
        life(
            here,
            "cleared",
            at=MONDAY_NOON + timedelta(hours=hours),
            place="1号楼",
            words=f"路灯不亮，第{hours}盏",
        )


def split_one_matter(here):
    """One lamp becomes four reports, a day apart."""
    for days in range(1, 5):
        life(here, "cleared", at=MONDAY_NOON + days * DAY, place="2号楼 ", words=f"路灯的第{days}个零件坏了")


def close_the_bad_one_again(here):
    """What was taken up again is closed once more, quickly."""
    again(here, Closing.objects.exclude(reopened_at=None).get().case)


def again(here, case):
    """Take a reopened case through its second round."""
    for step, (verb, by, words) in enumerate(factories.path_to("closed", here, case)[1:], 1):
        act(verb, case, by=by, at=MONDAY_NOON + 3 * DAY + step * timedelta(hours=1), **words)


@pytest.mark.parametrize(
    "trick",
    [make_matters_for_oneself, make_matters_for_a_colleague, copy_a_matter_that_went_well, split_one_matter],
)
def test_more_matters_of_ones_own_change_no_figure(here, trick):
    """But that the same came again: more copies only make that worse, and no score."""
    (before, score), (after, tricked) = score_of(here, honest), score_of(here, honest, trick)

    assert (after | {"again": before["again"]}, tricked) == (before, score)
    assert after["again"] >= before["again"]


def test_copies_that_went_wrong_all_count(here):
    """Nothing is hidden behind a copy that went well."""

    def fail_a_copy(here):
        bad = life(here, "closed", place="1号楼", contact={"phone": "19900000024"})
        act("rate", bad, by=LinkHolder(bad.pk), at=bad.closed_at + DAY, words="还是不亮", **NO)

    (before, score), (after, lower) = score_of(here, honest), score_of(here, honest, fail_a_copy)

    assert (before["solved"], after["solved"]) == ((2, 3), (2, 4))
    assert lower < score


def test_other_places_categories_and_weeks_are_no_copies(here):
    honest(here)
    life(here, "closed", place="1号楼", category=factories.category("sanitation.old-heap"))
    life(here, "closed", place="7号楼")
    life(here, "closed", place="1号楼", at=MONDAY_NOON + 8 * DAY)
    life(here, "closed", place="1号楼", at=MONDAY_NOON + DAY)

    assert list(Closing.objects.order_by("started_at", "case__serial").values_list("copy", flat=True)) == [
        False, False, False, False, False, True, False,
    ]  # fmt: skip


def test_closing_before_the_mark_and_again_after_it_is_no_better_than_being_late(here):
    def be_late(here):
        case = life(here, "progressed", place="9号楼")
        clockwork.wake(MONDAY_NOON + 30 * DAY)
        case = act("finish", case, by=here.worker, at=MONDAY_NOON + 31 * DAY, words="换了灯头")
        act("close", case, by=here.desk, at=MONDAY_NOON + 32 * DAY, words="灯已亮")

    def close_early_and_again(here):
        case = life(here, "closed", place="9号楼")
        act("reopen", case, by=here.street_head, at=MONDAY_NOON + 2 * DAY, words="没有修")
        case.refresh_from_db()
        again(here, case)

    (_, honest_score), (figures_told, score) = (
        score_of(here, honest, be_late),
        score_of(here, honest, close_early_and_again),
    )

    assert score <= honest_score
    assert figures_told["reopened"][0] == 2 and figures_told["kept"] == (2, 4)
    assert score_of(here, honest, close_the_bad_one_again)[1] == score_of(here, honest)[1]


def test_a_unit_cannot_rate_itself_and_begging_the_happy_ones_waits_for_the_others(here):
    cases = [life(here, "closed", place=f"{n}号楼", contact={"phone": "19900000024"}) for n in range(1, 7)]
    for user in (here.worker, here.grid_head):
        with pytest.raises(NotAllowed):
            act("follow_up", cases[0], by=user, at=MONDAY_NOON + DAY, reached=True, words="说好", **YES)
    for case in cases[:2]:
        act("rate", case, by=LinkHolder(case.pk), at=MONDAY_NOON + DAY, **YES)

    found = figures(SPRING, of_unit(here.team_unit))
    points = {part.figure.indicator.name: part.points for part in scorecard(found).parts}
    assert (found["solved"][1:], found["asked"][1:]) == ((2, 2), (2, 6))
    assert (points["solved"], points["satisfied"]) == (None, None) and points["kept"] is not None

    for case in cases[2:]:
        act("follow_up", case, by=here.intake, at=MONDAY_NOON + 2 * DAY, reached=True, words="不行", **NO)
    assert figures(SPRING, of_unit(here.team_unit))["solved"][1:] == (2, 6)


def test_a_unit_can_park_nothing_by_itself(here):
    """Whoever only asks to park misses the mark like everybody else."""

    def be_late(here):
        case = life(here, "progressed", place="9号楼")
        clockwork.wake(MONDAY_NOON + 40 * DAY)
        return case

    def ask_to_park(here):
        case = life(here, "progressed", place="9号楼")
        with pytest.raises(NotAllowed):
            act(
                "park",
                case,
                by=here.grid_head,
                at=MONDAY_NOON + DAY,
                until=MONDAY_NOON + 20 * DAY,
                words="等材料",
            )
        act(
            "ask",
            case,
            by=here.worker,
            at=MONDAY_NOON + DAY,
            kind="parking",
            until=MONDAY_NOON + 20 * DAY,
            words="等材料",
        )
        clockwork.wake(MONDAY_NOON + 40 * DAY)

    assert score_of(here, honest, ask_to_park) == score_of(here, honest, be_late)
    assert score_of(here, honest, be_late)[0]["kept"] == (2, 4)
