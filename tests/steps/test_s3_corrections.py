"""Facts of a case put right: who may, what stays, what the reporter is told, whose it is afterwards."""

from datetime import timedelta

import pytest

from tests.factories import category, life, reported
from tests.steps.correcting import AT, PHONE, WRONG, changes, clock, correct, heard, move_grid, slip, told
from yige.audit.models import LogEntry
from yige.cases import reporters, retention
from yige.cases.contact_hashes import contact_indexes
from yige.cases.models import Case, Correction, Entry, Reporter
from yige.cases.reporters import ReporterContact
from yige.lib.crypto import open_sealed
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice

MANHOLE = "facilities.manhole"


def test_place_is_put_right_with_history_search_and_a_word_to_the_reporter(here):
    case = life(here, "handling", contact={"name": "王阿姨", "phone": PHONE})
    before = clock(case)

    case = correct(case, here.desk, place="5号楼")

    assert (case.place, case.state, clock(case)) == ("5号楼", "handling", before)
    assert changes(case) == [("place", "3号楼", "5号楼", here.desk)]
    assert [Case.objects.matching(words).count() for words in ("五号楼", "3号楼")] == [1, 0]
    assert told(case)[-1] == "更正了地点，照常办理，时限不变。不对的，请您补充说明。"
    assert "更正了地点或类别" in heard(case, here.worker)


def test_category_is_put_right_and_the_reporter_reads_what_it_is_now(here):
    case = life(here, "handling", contact={"name": "王阿姨", "phone": PHONE})
    other = category(MANHOLE)

    case = correct(case, here.grid_head, category=other, urgency="urgent", nature="public")

    assert case.category == other
    assert f"› {other.label}”）" in told(case)[-1] and "紧急程度（现在是“急”）" in told(case)[-1]
    assert {fact for fact, *_ in changes(case)} == {"category", "urgency"}


def test_a_case_that_is_late_is_not_made_less_urgent(here):
    case = life(here, "accepted", urgency="emergency")
    Case.objects.filter(pk=case.pk).update(next_mark_at=AT - timedelta(minutes=1))

    with pytest.raises(NotSaid, match="超过时限"):
        correct(case, here.desk, urgency="normal")


def test_without_a_word_a_category_makes_a_case_more_urgent_and_never_less(here):
    more = category()
    more.urgency, more.nature = "emergency", "personal"
    case = reported(here, by=here.intake, channel="hotline", urgency="urgent")

    case = correct(case, here.intake, category=more, place="5号楼")

    assert (case.urgency, case.nature) == ("emergency", "personal")


def test_nothing_changed_is_no_correction(here):
    case = life(here, "accepted")

    with pytest.raises(NotSaid, match="没有改动"):
        correct(case, here.desk, place="3号楼")
    assert not Entry.objects.filter(verb="correct").exists() and not Correction.objects.exists()


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("desk", True), ("street_head", True), ("community_head", True), ("grid_head", True), ("intake", True),
        ("worker", False), ("micro", False), ("neighbour_head", False), ("other_desk", False), ("department", False),
    ],
)  # fmt: skip
def test_a_slip_is_put_right_by_who_made_it_and_by_dispatchers(here, name, allowed):
    case = reported(here, by=here.intake, channel="hotline")
    by = getattr(here, name)

    if allowed:
        assert correct(case, by, place="5号楼").place == "5号楼"
        assert move_grid(case, by, here.neighbour_grid).grid == here.neighbour_grid
        return
    with pytest.raises(NotAllowed):
        correct(case, by, place="5号楼")
    with pytest.raises(NotAllowed):
        move_grid(case, by, here.neighbour_grid)


def test_a_call_back_puts_nothing_right_of_what_another_took_in(here):
    case = life(here, "closed")

    with pytest.raises(NotAllowed):
        correct(case, here.intake, place="5号楼")


def test_words_are_put_right_where_the_office_wrote_them(here):
    case = reported(here, by=here.intake, channel="hotline", words="路登不亮")

    case = slip(case, here.intake, report="路灯不亮")

    assert (case.words, changes(case)) == ("路灯不亮", [("words", "路登不亮", "路灯不亮", here.intake)])
    assert Case.objects.matching("路灯").count() == 1
    assert told(case) == []
    line = Entry.objects.get(verb="correct_slip")
    assert line.public_words == "登记时写错的地方已改正。"


def test_nobody_rewrites_what_the_reporter_wrote(here):
    with pytest.raises(Conflict, match="自己写的话不能改"):
        slip(reported(here), here.desk, report="没有问题")


def test_a_wrong_number_is_put_right_sealed_and_found_by_the_new_one(here):
    case = reported(here, by=here.intake, channel="hotline", contact={"name": "王阿姨", "phone": WRONG})

    slip(case, here.intake, contact=ReporterContact("", PHONE))

    row = Reporter.objects.get(phone_index__in=contact_indexes("phone", PHONE))
    assert reporters.open_contact(row) == {"name": "王阿姨", "phone": PHONE, "email": ""}
    assert not Reporter.objects.filter(phone_index__in=contact_indexes("phone", WRONG)).exists()
    change = Correction.objects.get()
    assert (change.before, change.after) == ("199****0009", "199****0001")
    assert open_sealed(change.before_sealed, where=f"cases_correction.before:{change.pk}") == WRONG
    written = (
        str(list(LogEntry.objects.values()))
        + str(list(Entry.objects.values()))
        + str(list(Notice.objects.values()))
    )
    assert PHONE not in written and WRONG not in written
    shown = reporters.reveal(case, by=here.desk, at=AT, reason="核实情况")
    assert (shown["phone"], shown["earlier"]) == (PHONE, [WRONG])


def test_a_number_left_out_at_intake_is_put_in(here):
    case = reported(here, by=here.intake, channel="hotline")

    slip(case, here.intake, contact=ReporterContact("王阿姨", PHONE))

    assert reporters.open_contact(Reporter.objects.get(case=case))["phone"] == PHONE


def test_anonymous_stays_anonymous(here):
    with pytest.raises(Conflict, match="匿名"):
        slip(reported(here), here.desk, contact=ReporterContact("王阿姨", PHONE))
    assert not Reporter.objects.exists()


def test_the_streets_head_who_sees_no_contact_puts_none_right(here):
    case = reported(here, by=here.intake, channel="hotline", contact={"name": "", "phone": WRONG})

    with pytest.raises(NotAllowed):
        slip(case, here.street_head, contact=ReporterContact("", PHONE))


def test_a_number_of_somebody_else_ends_the_link_that_went_there(here):
    case = reported(here, by=here.intake, channel="hotline", contact={"name": "", "phone": WRONG})
    secret = reporters.link_secret_of(case, b"k" * 32)

    case = slip(case, here.intake, contact=ReporterContact("", PHONE), renew=True)

    assert not reporters.opens_link(case, secret, b"k" * 32)


def test_what_was_put_right_of_a_contact_goes_with_the_contact(here):
    case = life(here, "cleared", by=here.intake, channel="hotline", contact={"name": "", "phone": WRONG})
    Correction.objects.create(
        case=case,
        at=AT,
        by=here.desk,
        fact="phone",
        before="199****0009",
        after="199****0001",
        before_sealed=b"x",
    )

    retention.remove_reporters(AT + timedelta(days=400))

    row = Correction.objects.get()
    assert (row.before, row.after, row.before_sealed) == ("", "", None)
