"""Ledgers that chance writes, as the gate and the clock would have left them, and a slow, obvious recount of them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tests import factories
from yige.assessment.indicators import INDICATOR_BY_NAME, INDICATORS
from yige.assessment.periods import month_of, months_until
from yige.cases.models import Card, Case, Closing, FollowUp, Rating
from yige.cases.words import Colour
from yige.contact.models import Promise
from yige.lib.local_time import local_day

OCTOBER = month_of(date(2026, 10, 5))
AUTUMN = months_until(month_of(date(2026, 12, 1)), 5)
# Moments from September to November, and those on both sides of the ends of October in Shanghai.
EDGES = [datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC), datetime(2026, 9, 30, 16, tzinfo=UTC),
         datetime(2026, 10, 31, 15, 59, 59, 999_999, tzinfo=UTC), datetime(2026, 10, 31, 16, tzinfo=UTC)]  # fmt: skip
MINUTES = st.integers(-30 * 24 * 60, 60 * 24 * 60)
MOMENTS = st.sampled_from(EDGES) | MINUTES.map(lambda minutes: EDGES[0] + timedelta(minutes=minutes))
MAYBE = st.none() | MOMENTS
HOURS = st.sampled_from([0, 23, 24, 25, 300])
ROUND = st.fixed_dictionaries({
    "unit": st.integers(0, 2), "path": st.integers(0, 1), "closed": MAYBE, "contact": st.none() | HOURS,
    "own": st.sampled_from([False, False, False, True]), "copy": st.sampled_from([False, False, True]), "reopened": st.booleans(), "parked": st.booleans(), "again": st.booleans(),
    "cards": st.lists(st.tuples(st.integers(0, 2), MOMENTS, st.booleans()), max_size=3),
    "said": st.lists(st.tuples(st.sampled_from(["yes", "partly", "no"]), st.sampled_from(["yes", "fair", "no"]), st.booleans()), max_size=2),
    "ended": MAYBE, "moved_on": st.booleans(), "progress": MAYBE,
})  # fmt: skip
PROMISE = st.fixed_dictionaries({
    "unit": st.integers(0, 2), "path": st.integers(0, 1), "due": st.dates(date(2026, 9, 20), date(2026, 11, 10)),
    "kept": MAYBE, "released": st.sampled_from([False, False, True]),
})  # fmt: skip
MARKS = ("day1", "day3", "day7")


def ground():
    """Three units, two places, and as many cases as a ledger needs, which chance then fills."""
    here = factories.town()
    here.units = [
        here.team_unit,
        here.street_unit,
        factories.unit("third", "grid_team", "/zz/js/9/", "第三队"),
    ]
    here.paths = ["/zz/js/9/", "/zz/js/8/"]
    here.family = factories.family(here)
    here.cases = [factories.reported(here) for _ in range(8)]
    here.fellow = factories.reported(here)  # whose reporter also speaks about the others
    return here


def write(here, rounds, promises):
    """Write a ledger as the gate and the clock would have left it."""
    for case, story in zip(here.cases, rounds, strict=False):
        unit, path = here.units[story["unit"]], here.paths[story["path"]]
        now_with = None if story["moved_on"] else unit
        Case.objects.filter(pk=case.pk).update(
            unit=now_with, grid_path=path, ended_at=story["ended"], progress_at=story["progress"]
        )
        for (with_unit, at, lifted), mark in zip(story["cards"], MARKS, strict=False):
            Card.objects.create(
                case=case, unit=here.units[with_unit], at=at, mark=mark, colour=Colour.YELLOW, reason="过了",
                lifted_at=at if lifted else None,
            )  # fmt: skip
        if story["closed"]:
            write_closing(here, case, story, unit, path)
    for told in promises:
        Promise.objects.create(
            household=here.family, grid_path=here.paths[told["path"]], words="修灯", due_on=told["due"],
            first_due_on=told["due"], made_at=factories.MONDAY_NOON, by=here.micro, unit=here.units[told["unit"]],
            kept_at=told["kept"], released_at=factories.MONDAY_NOON if told["released"] else None,
        )  # fmt: skip


def write_closing(here, case, story, unit, path):
    sent = story["closed"] - timedelta(days=20)
    contacted = None if story["contact"] is None else sent + timedelta(hours=story["contact"])
    Closing.objects.create(
        case=case, at=story["closed"], unit=unit, grid_path=path, tier=case.tier, category=case.category,
        channel=case.channel, nature=case.nature, urgency=case.urgency, own=story["own"], copy=story.get("copy", False), started_at=sent,
        dispatched_at=sent, contacted_at=contacted, handled_at=story["closed"],
        parked_at=sent if story["parked"] else None,
        reopened_at=story["closed"] + timedelta(days=1) if story["reopened"] else None,
        came_again_at=story["closed"] + timedelta(days=9) if story.get("again") else None,
    )  # fmt: skip
    for who, (solved, satisfied, asked_again) in zip((case, here.fellow), story["said"], strict=False):
        said = {"case": who, "about": case, "at": story["closed"]}
        Rating.objects.create(**said, contacted=True, solved=solved, satisfied=satisfied)
        if solved == "partly" and asked_again:
            FollowUp.objects.create(**said, by=here.intake, reached=True, solved="yes")


def recount(here, rounds, promises, period, unit):
    """Count again, row by row, as an auditor would with a pencil."""
    found = {each.name: [0, 0] for each in INDICATORS}

    def add(name, met, copy=False):
        each = INDICATOR_BY_NAME[name]
        wrong = bool(met) == (each.better == "down") and (each.weight or each.better == "down")
        if copy and not wrong:
            return
        found[name][0] += bool(met)
        found[name][1] += 1

    for _, story in zip(here.cases, rounds, strict=False):
        missed = [at for with_unit, at, lifted in story["cards"] if with_unit == unit and not lifted]
        closed = story["closed"]
        if closed and not story["own"] and story["unit"] == unit and period.begin <= closed < period.end:
            copy = story.get("copy", False)
            add("contact", story["contact"] is not None and story["contact"] <= 24, copy)
            add("kept", not missed and not story["reopened"], copy)
            add("reopened", story["reopened"], copy)
            add("parked", story["parked"], copy)
            add("again", story.get("again"), copy)
            add("asked", story["said"], copy)
            if story["said"]:
                solved = all(s == "yes" or (s == "partly" and again) for s, _, again in story["said"])
                add("solved", solved, copy)
                add("satisfied", all(happy != "no" for _, happy, _ in story["said"]), copy)
        unmet = [
            mark
            for (with_unit, at, lifted), mark in zip(story["cards"], MARKS, strict=False)
            if with_unit == unit
            and not lifted
            and at < period.end
            and not (mark == "day3" and story["progress"] and story["progress"] < period.end)
        ]
        still_open = closed is None or closed >= period.end
        ended = story["ended"] is not None and story["ended"] < period.end
        hers_now = story["unit"] == unit and not story["moved_on"]
        closed_by_her = closed is not None and closed >= period.end and story["unit"] == unit
        if still_open and not ended and unmet and (hers_now or closed_by_her):
            add("kept", False)
    for told in promises:
        if told["unit"] == unit and not told["released"] and period.first <= told["due"] < period.after:
            add("promised", told["kept"] and local_day(told["kept"]) <= told["due"])
    return {name: tuple(pair) for name, pair in found.items()}


def plain(found):
    return {name: (figure.met, figure.of) for name, figure in found.items()}
