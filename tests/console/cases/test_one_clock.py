"""Every page that tells the next mark of a case tells the same one: staff by the duty clock, residents by their own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import act, life
from yige.cases import deadlines, queries
from yige.cases.models import Case
from yige.portal import links
from yige.web import strip

MORNING = timezone.now().replace(hour=1, minute=30, second=0, microsecond=0)  # 9:30 in Shanghai
EVENING = MORNING - timedelta(hours=12, minutes=30)  # 21:00 of the day before: the duty clock starts later
WORD = re.compile(r'yg-strip-row__word"[^>]*>([^<]*)<')


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MORNING)


def extended(here, start):
    case = life(here, "progressed", at=start)
    until = start + timedelta(days=20)
    return act("extend", case, by=here.desk, at=start + timedelta(hours=3), until=until, words="等配件")


def parked(here, start):
    case = life(here, "progressed", at=start)
    until = start + timedelta(days=20)
    return act("park", case, by=here.street_head, at=start + timedelta(hours=3), until=until, words="等天晴")


def in_state(state, **said):
    return lambda here, start: life(here, state, at=start, **said)


KINDS = {
    **{state: in_state(state) for state in (
        "reported", "accepted", "dispatched", "signed", "handling", "progressed", "handled", "closed", "cleared", "rejected",
        "merged", "withdrawn",
    )},
    "emergency": in_state("dispatched", urgency="emergency"), "urgent": in_state("handling", urgency="urgent"),
    "extended": extended, "parked": parked,
}  # fmt: skip
STARTS = {
    "a week ago": MORNING - timedelta(days=8),
    "last evening": EVENING,
    "just now": MORNING - timedelta(hours=4),
}


def words_of(text, number):
    """Return the sentences of the strips that stand in the rows of one case."""
    return {word for row in re.split("<tr|<li", text) if number in row for word in WORD.findall(row)}


@pytest.fixture(params=STARTS)
def cases(here, request):
    made = {name: make(here, STARTS[request.param]) for name, make in KINDS.items()}
    return {name: Case.objects.get(pk=case.pk) for name, case in made.items()}


def test_next_mark_is_the_same_on_every_page_of_staff(client, here, cases):
    client.force_login(here.desk)
    pages = {
        name: client.get(f"/console/{address}").text
        for name, address in (("list", "cases/?view=all"), ("desk", ""), ("map", "map/?path=/zz/js/9/"), ("unit", "units/team/"))
    }  # fmt: skip

    for kind, case in cases.items():
        outlook = deadlines.outlook(case, MORNING, queries.duty_clock())
        words = {strip.line_words(outlook, MORNING)[1]}
        page = client.get(f"/console/cases/{case.number}/").text
        missing = [note for _, note in strip.notes_for_staff(outlook, MORNING) if note not in page]
        shown = {name: words_of(text, case.number) for name, text in pages.items()}

        assert (kind, missing, shown["list"]) == (kind, [], words)
        assert shown["desk"] <= words
        assert shown["map"] == (words if case.is_open else set())
        assert shown["unit"] == (words if case.lies_with_unit else set())
        if case.is_open:
            assert (case.next_mark, case.next_mark_at) == (outlook.matters.name, outlook.matters.due)


def test_resident_reads_one_answer_on_the_own_clock(client, cases):
    ledger = client.get("/ledger/").text

    for kind, case in cases.items():
        for name in ("case", "sent", "slip"):
            outlook = deadlines.outlook(queries.leading_case(case), MORNING)  # a merged one is followed there
            notes = [note for _, note in strip.notes_for_reporter(outlook, MORNING)]
            page = client.get(links.address(case, name)).text
            assert (kind, [note for note in notes if note not in page]) == (kind, [])
            assert not (outlook.stopped and ("未到期" in page or "还剩" in page))
        shown = words_of(ledger, case.number)
        assert shown == (
            {strip.line_words(outlook, MORNING)[1]} if case.state not in ("merged", "withdrawn") else set()
        )
