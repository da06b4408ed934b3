"""A deliberation from its raising to the feedback, by its verbs: who may, what is refused, who is told what, what it waits for."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from tests import factories
from tests.factories import MONDAY_NOON, life, reported
from tests.policy.deliberation import (
    BROUGHT,
    COUNT,
    DECIDED,
    DONE,
    LISTED,
    MEETING,
    NOTICE,
    ORIGIN,
    OVER,
    RAISED_WORDS,
    TALKED,
    answered,
    at_work,
    listed,
    met,
    noticed,
    raised,
    shown,
)
from yige.accounts.actors import Resident
from yige.archive.models import Person
from yige.deliberation import actions, carrying_out, queries, telling
from yige.deliberation.models import Decision, Deliberation, DeliberationLine
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, TooOften
from yige.notices.models import Notice

OTHERS = "desk grid_head worker department neighbour_head other_desk auditor idle"
AT = MONDAY_NOON + timedelta(hours=5)


def told(row, audience):
    found = Notice.objects.filter(audience=audience, subject_id=row.pk).order_by("created_at", "id")
    return list(found.values_list("body", flat=True))


def neighbour(here):
    person = factories.family(here).contact
    return person, Resident(person.pk, person.household_id)


def test_a_deliberation_from_its_raising_to_the_feedback(here):
    row = answered(here, AT, matter="owners_7", by=here.desk)
    decision = row.decisions.get()

    assert (row.stage, decision.verdict, row.due_on) == ("answered", "carried", None)
    assert list(DeliberationLine.objects.order_by("at", "id").values_list("verb", flat=True)) == [
        "raise", "list", "give_notice", "record_meeting", "record_count", "settle", "set_step", "finish_step", "feed_back",
    ]  # fmt: skip
    assert [words[:7] for words in told(row, "area")] == ["议事：3号楼要", "“3号楼要不要", "“3号楼要不要"]
    assert any("列入议题了" in words for words in told(row, "staff"))
    assert RAISED_WORDS not in "".join(told(row, "area"))


def test_a_resident_raises_and_is_told_by_the_own_phone(here):
    person, by = neighbour(here)
    row = raised(here, AT, by=by, person=person, area=here.community, raised_from="resident")
    actions.list_matter(row, by=here.community_head, at=AT, **LISTED)
    notice = Notice.objects.get(audience="resident", subject_id=row.pk)

    assert telling.phone_to_tell(notice) == "19900000001"
    assert (row.raised_by, row.person, row.area) == (None, person, here.community.name)
    assert here.community_head.pk in Notice.objects.filter(title__contains="要商量的事").values_list(
        "user_id", flat=True
    )
    with pytest.raises(NotAllowed):
        raised(here, AT, by=by, person=Person.objects.exclude(pk=person.pk).first(), raised_from="resident")
    for _ in range(2):
        raised(here, AT, by=by, person=person, raised_from="resident")
    with pytest.raises(TooOften):
        raised(here, AT, by=by, person=person, raised_from="resident")


def test_a_decision_that_was_not_valid_is_shown_and_answered_without_a_step(here):
    few = COUNT | {"yes_heads": 149, "no_heads": 40, "abstained_heads": 8, "invalid_heads": 2}
    row = shown(here, AT, matter="owners_7", counts=few)
    row = carrying_out.end_publicity(row, by=here.community_head, at=AT + OVER)
    row = carrying_out.feed_back(row, by=here.community_head, at=AT + OVER, words="参与的不够，明年再议。")

    assert (Decision.objects.get().verdict, row.stage) == ("no_quorum", "answered")
    assert "再有 1 户参与才有效" in DeliberationLine.objects.get(verb="record_count").words


@pytest.mark.parametrize(("name", "may"), [("desk", True), ("street_head", True), ("community_head", True), ("grid_head", False), ("worker", False), ("department", False), ("neighbour_head", False), ("other_desk", False), ("auditor", False), ("idle", False)])  # fmt: skip
def test_who_raises_for_a_community(here, name, may):
    with nullcontext() if may else pytest.raises(NotAllowed):
        actions.raise_matter(
            here.community, by=getattr(here, name), at=AT, words="停车怎么管", raised_from="hall"
        )

    assert Deliberation.objects.exists() is may


VERBS = {
    "list_matter": ("raised", LISTED),
    "give_notice": ("listed", NOTICE | {"matter": "opinion", "meeting_at": AT + TALKED}),
    "record_opinion": ("met", {"agreed": True, "words": "都同意"}),
    "end_publicity": ("shown", {}),
    "feed_back": ("settled", {"words": "办好了"}),
}


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_heads_of_its_place_lead_it(here, verb):
    stage, said = VERBS[verb]
    row = BROUGHT[stage](here, AT)
    call = getattr(actions, verb, None) or getattr(carrying_out, verb)

    for name in OTHERS.split():
        with pytest.raises(NotAllowed):
            call(row, by=getattr(here, name), at=AT + OVER, **said)


@pytest.mark.parametrize(("days", "may"), [(0, False), (2, False), (3, True), (90, True), (91, False)])
def test_a_notice_comes_three_days_ahead_and_no_season(here, days, may):
    row = listed(here, AT)
    said = NOTICE | {"matter": "opinion", "meeting_at": AT + timedelta(days=days)}
    with nullcontext() if may else pytest.raises(NotSaid) as refused:
        actions.give_notice(row, by=here.community_head, at=AT, **said)

    assert may or "meeting_at" in refused.value.fields


def test_no_meeting_is_written_before_it_was_held(here):
    row = noticed(here, AT)

    with pytest.raises(NotSaid):
        actions.record_meeting(row, by=here.grid_head, at=AT + TALKED - timedelta(seconds=1), **MEETING)
    assert actions.record_meeting(row, by=here.grid_head, at=AT + TALKED, **MEETING).stage == "met"


def test_the_forms_of_decision_are_not_mixed(here):
    opinion, counted = met(here, AT), met(here, AT, matter="representatives")
    how = {"by": here.community_head, "at": AT + DECIDED}

    with pytest.raises(Conflict):
        actions.record_count(opinion, words="通过", **COUNT, **how)
    with pytest.raises(Conflict):
        actions.record_opinion(counted, agreed=True, words="同意", **how)


@pytest.mark.parametrize(("wrong", "field"), [
    ({"yes_heads": 260}, "all_heads"), ({"yes_area": 2_400_000}, "all_area"), ({"no_area": 0}, "no_area"), ({"source": ""}, "source"),
    ({"source_number": ""}, "source_number"), ({"source_on": None}, "source_on"), ({"source_on": local_day(AT + OVER)}, "source_on"),
    ({"words": "打 13812345678 问"}, "words"),
])  # fmt: skip
def test_a_result_that_does_not_add_up_or_says_no_origin_is_refused_at_its_field(here, wrong, field):
    row = met(here, AT, matter="owners_4")
    said = COUNT | ORIGIN | {"source_on": local_day(AT), "words": "照办"} | wrong

    with pytest.raises(NotSaid) as refused:
        actions.record_count(row, by=here.community_head, at=AT + DECIDED, **said)
    assert field in refused.value.fields and not Decision.objects.exists()


def test_a_result_is_settled_after_seven_whole_days_and_when_every_objection_is_answered(here):
    row = shown(here, AT)
    person, by = neighbour(here)
    made = carrying_out.object_to(row, by=by, at=AT + DECIDED, person=person, words="一层会暗，不同意")
    last = row.shown_until

    assert local_day(last) == local_day(AT + DECIDED) + timedelta(days=7)
    with pytest.raises(NotSaid):
        carrying_out.end_publicity(row, by=here.community_head, at=last)
    with pytest.raises(NotSaid):
        carrying_out.end_publicity(row, by=here.community_head, at=last + timedelta(seconds=1))
    with pytest.raises(Conflict):
        carrying_out.object_to(row, by=here.desk, at=last + timedelta(seconds=1), words="晚了")
    carrying_out.answer_objection(
        made, by=here.community_head, at=AT + OVER, gist="采光受影响", answer="请设计单位算过，不影响。"
    )
    assert carrying_out.end_publicity(row, by=here.community_head, at=AT + OVER).stage == "settled"

    notice = Notice.objects.get(audience="resident", subject_id=made.pk)
    assert telling.phone_to_tell(notice) == "19900000001"
    read = queries.public_deliberation(Deliberation.objects.get())
    assert [each.gist for each in read.objections] == ["采光受影响"]
    assert not DeliberationLine.objects.filter(words__contains="一层会暗").exists()


def test_an_answer_does_not_copy_what_a_resident_wrote(here):
    made = carrying_out.object_to(
        shown(here, AT), by=here.desk, at=AT + DECIDED, words="我家一层装了电梯就没有光线了"
    )

    with pytest.raises(NotSaid) as refused:
        carrying_out.answer_objection(
            made, by=here.community_head, at=AT + DECIDED, gist="装了电梯就没有光线了", answer="看过了。"
        )
    assert "gist" in refused.value.fields


def test_what_is_taken_back_is_deliberated_anew_and_the_first_decision_stays(here):
    row = carrying_out.take_back(
        shown(here, AT), by=here.community_head, at=AT + DECIDED, why="少通知了一层的业主"
    )
    later = AT + OVER
    row = actions.give_notice(
        row, by=here.community_head, at=later, matter="opinion", meeting_at=later + TALKED, **NOTICE
    )
    row = actions.record_meeting(row, by=here.desk, at=later + DECIDED, **MEETING)
    row = actions.record_opinion(
        row, by=here.community_head, at=later + DECIDED, agreed=False, words="没有谈拢"
    )

    assert (row.decisions.count(), row.meetings.count()) == (2, 2)
    assert row.decisions.first().verdict == "not_agreed"


def test_what_was_declined_says_why_and_may_be_listed_later(here):
    row = actions.decline(
        raised(here, AT, by=here.desk), by=here.community_head, at=AT, why="正在办加装电梯的政策"
    )

    assert (row.stage, row.due_on, row.why_ended) == ("declined", None, "正在办加装电梯的政策")
    assert actions.list_matter(row, by=here.community_head, at=AT, **LISTED).why_ended == ""


def test_steps_are_done_by_their_unit_moved_with_a_reason_and_all_done_before_the_feedback(here):
    row = at_work(here, AT)
    step = row.steps.get()

    with pytest.raises(NotSaid):
        carrying_out.feed_back(row, by=here.community_head, at=AT + OVER, words="好了")
    carrying_out.move_step(
        step, by=here.department, at=AT + OVER, due_on=step.due_on + timedelta(9), why="等材料"
    )
    row.refresh_from_db()
    assert row.due_on == step.first_due_on + timedelta(9)
    with pytest.raises(NotAllowed):
        carrying_out.finish_step(step, by=here.worker, at=AT + DONE, done="好了")
    carrying_out.finish_step(step, by=here.department, at=AT + DONE, done="设计好了")
    with pytest.raises(Conflict):
        carrying_out.finish_step(step, by=here.desk, at=AT + DONE, done="又好了")
    assert (
        carrying_out.feed_back(row, by=here.community_head, at=AT + DONE, words="装好了").stage == "answered"
    )


def test_a_carried_decision_is_not_answered_before_anything_was_done(here):
    row = carrying_out.end_publicity(shown(here, AT), by=here.community_head, at=AT + OVER)

    with pytest.raises(NotSaid):
        carrying_out.feed_back(row, by=here.community_head, at=AT + OVER, words="好了")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "王大妈家的电梯"),
        ("words", "打 13812345678 问"),
        ("affected", "3号楼2单元501室：怕吵"),
        ("affected", "大家"),
        ("title", ""),
    ],
)
def test_what_tells_a_person_or_says_too_little_is_refused_where_it_was_typed(here, field, text):
    row = raised(here, AT)

    with pytest.raises(NotSaid) as refused:
        actions.list_matter(row, by=here.community_head, at=AT, **(LISTED | {field: text}))
    assert field in refused.value.fields


def test_a_source_is_named_and_lies_in_the_place(here):
    case = life(here, "handling")
    row = actions.raise_matter(
        here.community, by=here.desk, at=AT, words="灯", raised_from="cases", case=case
    )
    assert row.case == case
    outside = reported(here, grid=here.neighbour_grid)
    for wrong in ({"raised_from": "cases"}, {"raised_from": "topic"}):
        with pytest.raises(NotSaid):
            actions.raise_matter(here.community, by=here.desk, at=AT, words="灯", **wrong)
    with pytest.raises(NotSaid):
        actions.raise_matter(here.grid, by=here.desk, at=AT, words="灯", raised_from="cases", case=outside)


def test_an_old_page_settles_nothing(here):
    row = shown(here, AT)

    with pytest.raises(Conflict):
        carrying_out.end_publicity(row, by=here.community_head, at=AT + OVER, seen=row.version - 1)
