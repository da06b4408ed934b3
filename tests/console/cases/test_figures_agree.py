"""Every page that tells a number of cases tells the same one to the same reader, and says from whose view it counts."""

import io
import re
from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone
from python_calamine import load_workbook

from tests.factories import act, life
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.cases.models import Case
from yige.cases.words import BEFORE_HANDLED, WITH_UNIT
from yige.portal.queries import ledger

NOW = timezone.now()
READERS = {
    "street_head": "网格zz全部",
    "desk": "网格zz全部",
    "community_head": "网格zz-js全部",
    "grid_head": "网格zz-js-9全部",
    "neighbour_head": "网格zz-js-9x全部",
    "worker": "派给单位team还没定人的",
    "department": "派给单位bureau的",
    "intake": "您登记的和网格zz等回访的",
    "other_desk": "网格zzz全部",
}
STATES = (
    "reported", "accepted", "dispatched", "signed", "handling", "progressed", "handled", "closed", "cleared", "rejected",
    "merged", "withdrawn",
)  # fmt: skip


def returned(here, at, times):
    case = life(here, "dispatched", at=at)
    for turn in range(times):
        case = act(
            "hand_back",
            case,
            by=here.worker,
            at=at + timedelta(hours=2 + turn),
            reason="wrong_place",
            words="不在这里",
        )
        if turn + 1 < times:
            case = act(
                "dispatch",
                case,
                by=here.street_head,
                at=at + timedelta(hours=2.5 + turn),
                unit=here.team_unit,
                person=here.worker,
            )
    return case


@scene
def town(here):
    """Cases in every state, old and young, in two units; some returned once and twice, one taken up anew."""
    for days in (9, 0.2):
        start = NOW - timedelta(days=days)
        for state in STATES:
            life(here, state, at=start)
        for words in ({"grid": here.neighbour_grid}, {}):
            case = life(here, "accepted", at=start, **words)
            act("dispatch", case, by=here.desk, at=start + timedelta(hours=1), unit=here.bureau_unit)
    for times in (1, 2):
        returned(here, NOW - timedelta(days=9), times)
    again = life(here, "closed", at=NOW - timedelta(days=9))
    act("reopen", again, by=LinkHolder(again.pk), at=NOW - timedelta(hours=1), words="又不亮了")
    return here


def seen_by(user):
    return list(Case.objects.visible_to(user, NOW).select_related("unit"))


def right(cases, slug):
    """Count by hand what the figures of one unit have to be."""
    own = [case for case in cases if case.unit_id and case.unit.slug == slug]
    hands = [case for case in own if case.state in WITH_UNIT]
    return {
        "open": len(hands),
        "late": sum(case.is_overdue(NOW) for case in hands),
        "check": sum(case.state == "handled" for case in own),
        "closed": sum(case.state in ("closed", "cleared") for case in own),
    }


@pytest.mark.parametrize("who", READERS)
def test_figures_of_units_agree_on_every_page(client, town, who):
    user = getattr(town, who)
    client.force_login(user)
    cases = seen_by(user)
    page = client.get("/console/units/")
    rows = {row["unit__slug"]: row for row in page.context["rows"]}

    assert READERS[who] in page.text
    for slug in ("team", "bureau", "street_z"):
        wanted, row = (
            right(cases, slug),
            rows.get(slug, dict.fromkeys(("open", "late", "check", "closed"), 0)),
        )
        assert {name: row[name] for name in wanted} == wanted
        if slug not in rows:
            continue
        for name, count in wanted.items():
            shown = client.get(f"/console/units/{slug}/?show={name}")
            assert (READERS[who] in shown.text, len(shown.context["page"])) == (True, count)
            assert shown.context["counts"][name] == count
        listed = client.get(f"/console/cases/?unit={slug}")
        still_open = wanted["open"] + wanted["check"] + sum(
            case.state == "closed" and case.unit.slug == slug for case in cases if case.unit_id
        )  # fmt: skip
        assert (READERS[who] in listed.text, listed.context["found"]) == (True, str(still_open))
        assert len(sheet_rows(client, f"unit={slug}")) == still_open


def sheet_rows(client, query):
    answer = client.post("/console/cases/export/", dict(pair.split("=") for pair in query.split("&")))
    return load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()[1:]


@pytest.mark.parametrize("who", ["street_head", "desk", "community_head", "grid_head"])
def test_desk_list_map_and_sheet_tell_the_same_overdue(client, town, who):
    user = getattr(town, who)
    client.force_login(user)
    late = sum(case.is_overdue(NOW) for case in seen_by(user))

    desk = client.get("/console/")
    heap = {each.name: each.count for each in desk.context["heaps"]}
    listed = client.get("/console/cases/?view=overdue")
    mapped = [row for row in client.get("/console/map/").context["rows"] if row.level == 3]

    assert heap["overdue"] == late
    assert listed.context["found"] == str(late)
    assert len(sheet_rows(client, "view=overdue")) == late
    assert sum(row.late for row in mapped) == late
    assert sum(row.count.count for row in desk.context.get("late", ())) == (late if who != "desk" else 0)
    for row in desk.context.get("late", ()):
        for figure in (row.count, *row.parts):
            assert client.get(figure.href).context["found"] == str(figure.count), figure


def test_returned_or_reopened_case_counts_on_nobody_but_who_dispatches(client, town):
    waiting = Case.objects.filter(Q(return_count__gt=0) | Q(reopen_no__gt=0), state="accepted")
    assert waiting.count() == 3
    waiting.update(unit=town.team_unit)  # as rows of earlier days may still say
    client.force_login(town.desk)

    unit, listed = client.get("/console/units/team/").text, client.get("/console/cases/?unit=team").text

    for case in waiting:
        assert case.number not in unit and case.number not in listed
        row = re.search(
            rf"<tr[^>]*>(?:(?!</tr>).)*{case.number}.*?</tr>", client.get("/console/cases/").text, re.S
        )[0]
        assert "单位team" not in row


def test_figures_of_the_open_ledger_are_those_of_its_rows(client, town):
    public = [case for case in Case.objects.public() if case.state != "merged"]
    page = client.get("/ledger/")

    assert page.context["figures"] == {
        "reported": len(public),
        "closed": sum(case.closed_at is not None for case in public),
        "cleared": sum(case.state == "cleared" for case in public),
        "late": sum(case.state in BEFORE_HANDLED and case.is_overdue(NOW) for case in public),
    }
    assert client.get("/").context["figures"] == page.context["figures"]
    for group, states in (("open", BEFORE_HANDLED), ("cleared", ("cleared",))):
        listed = ledger(group=group).count()
        assert listed == sum(case.state in states for case in public)
    assert "全部公共事项" in page.text and "责任时限" in page.text
