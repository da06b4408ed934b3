from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, category, life, reported
from yige.accounts.actors import COMMAND, LinkHolder
from yige.audit import log
from yige.audit.models import LogEntry
from yige.cases.models import Case, Reporter
from yige.cases.reporters import ReporterContact
from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import Channel, LocatedBy
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice
from yige.steps.s3_report.actions import report

LATER = MONDAY_NOON + timedelta(hours=3)
PHONE = "19900000017"


@pytest.mark.parametrize(
    ("words", "field"),
    [("", "words"), ("   \n ", "words"), ("水" * 2001, "words")],
    ids=["empty", "blank", "endless"],
)
def test_report_that_says_nothing_or_too_much_is_refused_beside_its_field(here, words, field):
    with pytest.raises(NotSaid) as refused:
        reported(here, words=words)

    assert list(refused.value.fields) == [field]
    assert Case.objects.count() == 0


def test_report_takes_urgency_and_nature_from_its_category(here):
    gas = reported(here, category=category("safety.gas-smell"))

    assert (gas.urgency, gas.next_mark) == ("emergency", "hour2")


def test_same_key_with_other_words_is_refused_and_nothing_is_doubled(here):
    reported(here, key="k" * 24, words="路灯不亮")

    with pytest.raises(Conflict):
        reported(here, key="k" * 24, words="路灯全不亮")

    assert Case.objects.count() == 1


def test_same_key_in_another_grid_is_refused(here):
    reported(here, key="k" * 24)

    with pytest.raises(Conflict):
        reported(here, key="k" * 24, grid=here.neighbour_grid)


def test_same_key_on_another_case_is_refused(here):
    first, second = reported(here), reported(here)
    said = {"category": category(), "urgency": "normal", "nature": "public"}
    act("accept", first, by=here.desk, at=LATER, key="k" * 24, **said)

    with pytest.raises(Conflict):
        act("accept", second, by=here.desk, at=LATER, key="k" * 24, **said)

    assert Case.objects.get(pk=second.pk).state == "reported"


def test_contact_is_sealed_and_an_anonymous_report_keeps_none(here):
    named = reported(here, contact={"name": "赵先生", "phone": PHONE})
    anonymous = reported(here)

    assert PHONE.encode() not in bytes(Reporter.objects.get(case=named).phone_sealed)
    assert not Reporter.objects.filter(case=anonymous).exists()


def test_desk_and_grid_head_are_told_of_a_report_and_the_neighbour_is_not(here):
    reported(here)

    told = set(Notice.objects.filter(audience="staff").values_list("user_id", flat=True))
    assert told == {here.desk.pk, here.grid_head.pk}


@pytest.mark.parametrize("reason", ["", "because", None])
def test_rejection_needs_a_reason_of_the_list(here, reason):
    case = reported(here)

    with pytest.raises(NotSaid) as refused:
        act("reject", case, by=here.desk, at=LATER, reason=reason, words="请找别人")

    assert list(refused.value.fields) == ["reason"]


def test_rejection_says_why_and_may_be_objected_to_once(here):
    case = life(here, until="rejected")
    reporter = LinkHolder(case.pk)

    assert case.entries.last().public_words == "不予受理：不在本辖区。请联系邻街道"
    case = act("object", case, by=reporter, at=LATER, words="就在你们街道")
    assert (case.state, case.ended_at) == ("reported", None)
    case = act("reject", case, by=here.desk, at=LATER, reason="outside", words="核过了")
    with pytest.raises(Conflict, match="异议已经提过一次"):
        act("object", case, by=reporter, at=LATER, words="再说一次")


def test_merged_reporters_hear_what_becomes_of_it_even_by_way_of_another_case(here):
    first, second, third = (reported(here, contact={"phone": f"1990000002{n}"}) for n in range(3))
    act("merge", first, by=here.desk, at=LATER, into=second)
    act("merge", second, by=here.desk, at=LATER, into=third)

    life(here, until="closed", case=third, at=LATER)

    for case in (first, second, third):
        told = Notice.objects.filter(audience="reporter", subject_id=case.pk, body__startswith="经核查已办结")
        assert told.count() == 1


def test_merge_into_what_is_closed_or_itself_is_refused(here):
    case, closed = reported(here), life(here, until="closed")

    for target in (closed, case):
        with pytest.raises(Conflict):
            act("merge", case, by=here.desk, at=LATER, into=target)


def test_reporter_cannot_take_back_what_others_wait_for(here):
    case, other = reported(here), reported(here)
    act("merge", other, by=here.desk, at=LATER, into=case)

    with pytest.raises(Conflict, match="还有别人"):
        act("withdraw", case, by=LinkHolder(case.pk), at=LATER, words="不用了")


def test_urging_counts_once_for_each_mark(here):
    case = life(here, until="signed")
    reporter = LinkHolder(case.pk)

    act("urge", case, by=reporter, at=LATER)
    with pytest.raises(Conflict, match="已经催办过"):
        act("urge", case, by=reporter, at=LATER)

    assert case.urges.count() == 1


def test_link_of_another_case_opens_nothing(here):
    case, other = reported(here), reported(here)

    with pytest.raises(NotAllowed):
        act("add", case, by=LinkHolder(other.pk), at=LATER, words="我的不是这件")


@pytest.mark.parametrize("seen", [0, 99, "abc", "", "1; DROP"])
def test_page_that_is_older_or_makes_no_sense_is_stale(here, seen):
    case = life(here, until="dispatched")

    with pytest.raises(Conflict, match="有了变化"):
        act("sign", case, by=here.worker, at=LATER, seen=seen)


def test_page_that_is_up_to_date_passes(here):
    case = life(here, until="dispatched")

    assert act("sign", case, by=here.worker, at=LATER, seen=str(case.version)).state == "signed"


@pytest.mark.parametrize("words", ["", "  ", "　\n", None])
def test_blank_words_are_not_words(here, words):
    case = life(here, until="handling")

    with pytest.raises(NotSaid) as refused:
        act("progress", case, by=here.worker, at=LATER, words=words)

    assert list(refused.value.fields) == ["words"]


def test_endless_words_are_refused_with_their_length(here):
    case = life(here, until="handling")

    with pytest.raises(NotSaid) as refused:
        act("progress", case, by=here.worker, at=LATER, words="水" * 20_000)

    assert refused.value.fields == {"words": "最多写 2000 个字，现在是 20000 个。"}


def test_a_list_that_is_imported_again_says_the_same_as_before_values_travelled_together(here):
    words = {"words": "井盖坏了", "category": category(), "place": "3号楼", "channel": "ledger"}
    where = {"located_by": "address", "lon": None, "lat": None}
    contact = {"name": "赵先生", "phone": PHONE}
    flat = {**words, **where, "contact": contact}

    report(
        here.grid,
        by=COMMAND,
        at=MONDAY_NOON,
        problem=Problem("井盖坏了", category()),
        location=Location("3号楼", LocatedBy.ADDRESS),
        origin=Origin(Channel.LEDGER),
        contact=ReporterContact("赵先生", PHONE),
    )

    line = LogEntry.objects.get(verb="cases.report")
    assert line.fingerprint == log.fingerprint(flat, about=here.grid)
    assert line.fields == sorted(flat)
