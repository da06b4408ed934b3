"""The wall: each figure is that of the ledger at every moment of a day, opens exactly its rows, and names nobody."""

import html
import random
import re
from datetime import timedelta

import pytest
import shapely
from django.utils import timezone

from tests.factories import MONDAY_NOON, act, life, path_to, reported
from tests.whistles.joint import joint_town, sounded
from yige.accounts.actors import COMMAND
from yige.cases.models import Case
from yige.cases.words import OPEN, State
from yige.grids.actions import redraw
from yige.lib.local_time import local_day

WALL = "/console/command/"
QUIET = {"X-Yg-Refresh": "1"}
LINK = re.compile(r'<a\s+href="([^"]+)"[^>]*>(?:(?!</a>).)*?<b\s*>(\d+)</b>', re.S)
EVENING = MONDAY_NOON + timedelta(hours=11)  # 23 o’clock: the day changes while they work
WORDS, NAME, PHONE = "王秀兰家门口的灯坏了", "王秀兰", "13800000017"


@pytest.fixture
def clock(monkeypatch):
    """Set what the server takes for now."""
    return lambda at: monkeypatch.setattr(timezone, "now", lambda: at)


def figures_of(page):
    """Return {address: number} of every figure that is a link."""
    return {html.unescape(address): int(count) for address, count in LINK.findall(page.text)}


def rows_behind(client, address):
    """Return how many rows the page behind a figure has."""
    page = client.get(address, headers={"HX-Request": "true"} if "/cases/" in address else {})
    return int(page.context["found"]) if "/cases/" in address else len(page.context["rows"])


def recounted(at):
    """Count by hand, row by row, what the wall of the whole street must say."""
    rows, day = list(Case.objects.all()), local_day(at)
    still = [case for case in rows if case.state in OPEN]
    found = {"/console/cases/?": len(still)}
    for state in OPEN:
        found[f"/console/cases/?state={state}"] = sum(case.state == state for case in still)
    late = [case for case in still if case.next_mark_at < at]
    found["/console/cases/?view=overdue"] = len(late)
    for mark in ("day1", "day3", "day7", "month1", "clear"):
        found[f"/console/cases/?mark={mark}"] = sum(case.next_mark == mark for case in still)
        found[f"/console/cases/?mark={mark}&late=yes"] = sum(case.next_mark == mark for case in late)
    found["/console/cases/?today=reported"] = sum(local_day(case.reported_at) == day for case in rows)
    ended = [case for case in rows if case.state in (State.CLOSED, State.CLEARED)]
    found["/console/cases/?today=closed"] = sum(local_day(case.closed_at) == day for case in ended)
    cleared = [case for case in rows if case.state == State.CLEARED]
    found["/console/cases/?today=cleared"] = sum(local_day(case.cleared_at) == day for case in cleared)
    return found


def day_of_work(here):
    """Give (moment, act) of some cases whose steps mix by lot, over midnight and over the ends of their marks."""
    lot, at = random.Random(13710), EVENING
    waiting = [reported(here, at=EVENING - timedelta(days=back), words=WORDS) for back in (0, 9)]
    waiting = [(case, list(path_to("cleared", here, case))) for case in waiting]
    rejected = reported(here, at=EVENING)
    waiting.append((rejected, path_to("rejected", here, rejected)))
    while waiting:
        at += timedelta(minutes=lot.choice((1, 7, 15)))
        case, steps = lot.choice(waiting)
        verb, by, said = steps.pop(0)
        yield (
            at,
            lambda case=case, verb=verb, by=by, at=at, said=said: act(
                verb, Case.objects.get(pk=case.pk), by=by, at=at, **said
            ),
        )
        waiting = [one for one in waiting if one[1]]


def test_wall_is_the_ledger_at_every_moment_of_a_day(client, here, clock):
    client.force_login(here.desk)
    days, before, opened = set(), {}, 0
    for step, (at, do) in enumerate(day_of_work(here)):
        clock(at)
        do()
        figures = figures_of(client.get(WALL, headers=QUIET))
        wanted = recounted(at)
        assert {address: figures[address] for address in wanted} == wanted
        days.add(local_day(at))
        if step % 4:
            continue
        for address in [one for one, count in figures.items() if before.get(one) != count]:
            assert (address, rows_behind(client, address)) == (address, figures[address])
            opened += 1
        before = figures

    assert (len(days), opened > 30, figures["/console/cases/?"]) == (2, True, 0)


def test_every_figure_opens_exactly_its_rows_within_the_own_reach(client, here, clock):
    town = joint_town(here)
    sounded(town)
    for until in ("reported", "accepted", "handled", "closed", "cleared"):
        life(town, until, at=MONDAY_NOON)
    clock(MONDAY_NOON + timedelta(days=3))
    seen = {}
    for who in ("street_head", "community_head", "grid_head", "neighbour_head"):
        client.force_login(getattr(town, who))
        seen[who] = figures_of(client.get(WALL))
        for address, count in seen[who].items():
            if count or who == "grid_head":
                assert (who, address, rows_behind(client, address)) == (who, address, count)

    assert seen["street_head"]["/console/whistles/"] == 1
    assert seen["street_head"]["/console/cases/?"] == seen["community_head"]["/console/cases/?"] == 5
    assert not any(seen["neighbour_head"].values())


def test_map_draws_each_part_of_the_own_area_with_what_is_open_in_it(client, here):
    for place, west in ((here.grid, 113.280), (here.neighbour_grid, 113.292)):
        shape = shapely.to_wkb(shapely.box(west, 34.80, west + 0.01, 34.81))
        redraw(place, by=COMMAND, at=MONDAY_NOON, shape=shape)
    reported(here)
    client.force_login(here.street_head)
    street = client.get(WALL)
    client.force_login(here.community_head)
    community = client.get(WALL)

    assert street.context["map"].drawing.count("<path") == 1, "a community is put together from its grids"
    assert community.context["map"].drawing.count("<path") == 2
    assert sorted(place.open for place in community.context["map"].places) == [0, 1]


def test_wall_names_nobody_and_tells_no_words(client, here):
    case = life(here, "cleared", words=WORDS, contact={"name": NAME, "phone": PHONE})
    reported(here, words=WORDS, contact={"name": NAME, "phone": PHONE})
    client.force_login(here.desk)
    page = client.get(WALL).text

    assert case.number in page
    assert [word for word in (WORDS, NAME, PHONE, "换了灯头", str(here.worker)) if word in page] == []


def test_wall_says_its_moment_also_when_nothing_is_new(client, here, clock):
    client.force_login(here.desk)
    clock(MONDAY_NOON)
    first = client.get(WALL, headers=QUIET)
    clock(MONDAY_NOON + timedelta(seconds=10))
    again = client.get(WALL, headers=QUIET | {"If-None-Match": first["ETag"]})
    reported(here)
    fresh = client.get(WALL, headers=QUIET | {"If-None-Match": first["ETag"]})

    assert (first["X-Yg-Moment"], again["X-Yg-Moment"]) == ("12:00:00", "12:00:10")
    assert (again.status_code, fresh.status_code) == (304, 200)
    assert fresh.text.count("<time data-yg-moment>12:00:10</time>") == fresh.text.count("data-yg-tile=") == 7


def test_a_class_is_called_more_than_usual_only_beyond_chance(client, here, clock):
    for back in range(7, 91, 7):
        for _ in range(2 if back == 14 else 1):
            reported(here, at=MONDAY_NOON - timedelta(days=back))
    clock(MONDAY_NOON)
    client.force_login(here.desk)
    reported(here, at=MONDAY_NOON)
    usual = client.get(WALL).context["hot"][0]
    for _ in range(6):
        reported(here, at=MONDAY_NOON)
    many = client.get(WALL).context["hot"][0]

    assert (usual.figure.count, usual.beyond) == (1, False)
    assert (many.figure.count, many.beyond, many.usual) == (7, True, usual.usual)


@pytest.mark.parametrize("who", ["worker", "department", "auditor", "registrar", "intake", "seat"])
def test_wall_is_not_there_for_others(client, here, who):
    client.force_login(getattr(here, who))

    assert client.get(WALL).status_code == 404
