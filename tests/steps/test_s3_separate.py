"""A wrong “it is the same” is undone: the case stands by itself, on its own clock, and nothing that was said is lost."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, category, life, reported
from tests.portal.test_report import photo
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.cases.models import Case
from yige.cases.photos import keep_form_photos
from yige.cases.reports import Location, Problem
from yige.cases.timelines import reporter_lines
from yige.lib.refusals import Conflict, NotAllowed
from yige.notices.models import Notice
from yige.steps.s3_report.actions import report_same
from yige.steps.verbs import why_refused

LATER = MONDAY_NOON + timedelta(hours=3)
AT_LAST = MONDAY_NOON + timedelta(days=2)
PHONE = {"contact": {"name": "乙", "phone": "19900000019"}}
SPLIT = {"words": "这一盏在东门，那一盏在三号楼"}
RATED = {"contacted": True, "solved": "partly", "satisfied": "fair"}
# How the leading case can stand when somebody sees that it is another one, and whose case it can have been before.
LEADERS = (
    "reported",
    "accepted",
    "handling",
    "handled",
    "closed",
    "cleared",
    "rejected",
)  # what others were merged into is not taken back
TAKEN_FROM = ("reported", "accepted", "dispatched", "signed", "handling")


def merged_into(here, leader, until="reported"):
    case = life(here, until, **PHONE)
    return act("merge", case, by=here.desk, at=LATER, into=leader)


def again(case):
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("until", LEADERS)
def test_split_is_possible_however_the_leading_case_stands(here, until):
    other = reported(here)
    merged = merged_into(here, other)
    if until != "reported":
        life(here, until, case=other, at=LATER)

    apart = act("separate", again(merged), by=here.desk, at=AT_LAST, **SPLIT)

    assert (apart.state, apart.leader_id, apart.merged_into_id, apart.ended_at) == (
        "reported",
        None,
        None,
        None,
    )
    assert apart.next_mark_at is not None
    assert why_refused("accept", apart, here.grid_head, AT_LAST) == ""


@pytest.mark.parametrize("until", TAKEN_FROM)
def test_split_case_goes_on_where_it_was_accepted_on_the_clock_of_its_own_report(here, until):
    alone = life(here, "accepted" if until != "reported" else until)
    merged = merged_into(here, reported(here, at=LATER), until)

    apart = act("separate", merged, by=here.desk, at=AT_LAST, **SPLIT)

    assert (apart.state, apart.unit_id, apart.handler_id) == (alone.state, None, None)
    assert (apart.reported_at, apart.clock_from) == (alone.reported_at, alone.clock_from)
    if until != "handling":  # then the reporter was contacted before, and the first day was kept
        assert (apart.next_mark, apart.next_mark_at) == (alone.next_mark, alone.next_mark_at)


def test_reporter_is_told_and_reads_no_result_of_the_other_any_more(here):
    leader = reported(here)
    merged = merged_into(here, leader)
    life(here, "progressed", case=leader, at=LATER)

    apart = act("separate", merged, by=here.desk, at=AT_LAST, **SPLIT)

    line = apart.entries.last().public_words
    assert line.startswith(f"您这件和事项 {leader.number} 不是同一件事，已经分开，单独办理：{SPLIT['words']}")
    assert Notice.objects.filter(subject_id=apart.pk, audience="reporter", body=line).exists()
    assert "灯头坏了，明天换" not in [one.words for one in reporter_lines(apart)]
    assert Notice.objects.filter(user_id=here.grid_head.pk, title__startswith="和别的事项分开").exists()


def test_words_and_photos_that_the_reporter_added_come_along_and_the_lines_of_the_other_stay(
    here, cleaned_photo
):
    leader = life(here, "handling")
    merged = merged_into(here, leader)
    added = {"words": "我说的是东门那一盏", "photos": [cleaned_photo]}
    act("add", leader, by=LinkHolder(merged.pk), at=LATER + timedelta(hours=1), **added)
    before = leader.entries.count()

    apart = act("separate", merged, by=here.desk, at=AT_LAST, **SPLIT)

    own = [one for one in reporter_lines(apart) if one.entry.verb == "add"]
    assert [(one.who, one.words, len(one.photos)) for one in own] == [
        ("您", "补充说明：我说的是东门那一盏", 1)
    ]
    assert apart.photos.count() == 1
    assert leader.entries.count() == before


@scene
def cleaned_photo():
    return keep_form_photos("k" * 36, [photo().getvalue()], at=LATER)[0][0].photo


def test_what_was_joined_by_the_reporter_can_be_split_and_its_words_are_not_doubled(here):
    leader = reported(here)
    said = {"problem": Problem("路灯不亮", category()), "location": Location("东门")}
    merged = report_same(here.grid, into=leader, by=LinkHolder(leader.pk), at=LATER, **said)

    apart = act("separate", again(merged), by=here.community_head, at=AT_LAST, **SPLIT)

    assert list(apart.entries.values_list("verb", flat=True)) == ["report", "join", "separate"]


def test_those_that_followed_the_split_case_stay_with_it(here):
    first, middle, last = reported(here), reported(here), reported(here)
    act("merge", first, by=here.desk, at=LATER, into=middle)
    act("merge", middle, by=here.desk, at=LATER, into=last)
    assert again(first).leader_id == last.pk

    act("separate", again(middle), by=here.desk, at=AT_LAST, **SPLIT)

    assert (again(first).state, again(first).leader_id) == ("merged", middle.pk)


def test_what_was_said_of_the_other_does_not_count_for_the_split_case(here):
    leader = reported(here)
    merged = merged_into(here, leader)
    life(here, "closed", case=leader, at=LATER)
    act("rate", merged, by=LinkHolder(merged.pk), at=AT_LAST, **RATED)

    apart = act("separate", again(merged), by=here.street_head, at=AT_LAST, **SPLIT)
    closed = life(here, "closed", case=apart, at=AT_LAST)

    act("rate", closed, by=LinkHolder(closed.pk), at=AT_LAST + timedelta(hours=3), **RATED)
    assert sorted(closed.ratings.values_list("about__serial", flat=True)) == sorted(
        (leader.serial, closed.serial)
    )


def test_who_may_not_merge_may_not_split_and_there_must_be_something_to_split(here):
    merged = merged_into(here, reported(here))

    for by in (here.worker, here.grid_head, here.neighbour_head, LinkHolder(merged.pk)):
        with pytest.raises(NotAllowed):
            act("separate", merged, by=by, at=LATER, **SPLIT)
    with pytest.raises(Conflict, match="已并案"):
        act("separate", reported(here), by=here.desk, at=LATER, **SPLIT)
