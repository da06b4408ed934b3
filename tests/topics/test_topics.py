"""A topic from its cases to its published result, by its verbs: who may, what is refused, what reporters read."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, category, life, reported
from tests.policy.topics import BROUGHT, RESULT, proposed, published, running, written
from yige.cases.models import Case, Entry
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice
from yige.topics import actions, telling
from yige.topics.models import Topic, TopicCase, TopicLine
from yige.topics.queries import late_topics

AT = MONDAY_NOON + timedelta(hours=5)
LATER = AT + timedelta(days=1)
PHONE = {"contact": {"name": "", "phone": "13800000001"}}


def lines_of(case):
    return list(
        Entry.objects.filter(case=case, verb="tell_topic")
        .order_by("at", "id")
        .values_list("public_words", flat=True)
    )


def told(case):
    found = Notice.objects.filter(audience="reporter", subject_id=case.pk, body__contains="专题")
    return list(found.order_by("created_at", "id").values_list("body", flat=True))


def facts(case):
    return Case.objects.filter(pk=case.pk).values().get()


def test_a_topic_from_its_cases_to_its_result(here):
    case = life(here, "handling", **PHONE)
    before = facts(case)

    topic = proposed(here, AT, cases=[case])
    assert (topic.state, lines_of(case)) == ("proposed", [])
    actions.set_milestone(topic, by=here.grid_head, at=AT, step="换电缆", due_on=local_day(LATER))
    topic = actions.agree(topic, by=here.community_head, at=AT)
    step = topic.milestones.get()
    step = actions.move_milestone(
        step, by=here.grid_head, at=AT, due_on=local_day(AT) + timedelta(9), why="等材料"
    )
    actions.finish_milestone(step, by=here.grid_head, at=LATER, done="全部换好")
    topic = actions.write_result(topic, by=here.grid_head, at=LATER, result=RESULT)
    topic = actions.publish(topic, by=here.street_head, at=LATER)

    step.refresh_from_db()
    assert (topic.state, step.first_due_on, step.due_on) == (
        "published",
        local_day(LATER),
        local_day(AT) + timedelta(9),
    )
    assert [line.split("“")[0] for line in lines_of(case)] == ["和这件同样的问题已列为专题", "专题"]
    assert told(case) == lines_of(case) and RESULT in told(case)[1]
    assert facts(case) == before
    assert list(TopicLine.objects.order_by("at", "id").values_list("verb", flat=True)) == [
        "propose", "set_milestone", "agree", "move_milestone", "finish_milestone", "write_result", "publish",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "may"),
    [("desk", True), ("street_head", True), ("community_head", True), ("grid_head", False), ("worker", False),
     ("department", False), ("neighbour_head", False), ("other_desk", False), ("auditor", False), ("idle", False)],
)  # fmt: skip
def test_who_proposes(here, name, may):
    case = life(here, "handling")
    with nullcontext() if may else pytest.raises(NotAllowed):
        proposed(here, AT, cases=[case], by=getattr(here, name))

    assert Topic.objects.exists() is may


VERBS = {
    "agree": ("proposed", {}, "street_head community_head"),
    "put_in": ("running", {}, "desk street_head community_head grid_head"),
    "write_result": ("written", {"result": RESULT}, "desk street_head community_head grid_head"),
    "publish": ("written", {}, "street_head community_head"),
    "return_result": ("written", {"why": "少一句"}, "street_head community_head"),
    "drop": ("running", {"why": "不办了"}, "street_head community_head"),
}
ALL = "desk street_head community_head grid_head worker department neighbour_head other_desk auditor idle"


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_do_what_to_a_topic(here, verb):
    state, said, who = VERBS[verb]
    topic = BROUGHT[state](here, AT)
    if verb == "put_in":
        said = {"cases": [life(here, "accepted")]}
    strangers = [name for name in ALL.split() if name not in who.split()]

    for name in strangers:
        with pytest.raises(NotAllowed):
            getattr(actions, verb)(topic, by=getattr(here, name), at=LATER, **said)
    if verb != "agree":
        getattr(actions, verb)(topic, by=getattr(here, who.split()[-1]), at=LATER, **said)


def test_the_people_of_the_unit_that_leads_it_work_on_it_and_no_longer_after_it_is_handed_over(here):
    topic = running(here, AT, owner=here.bureau_unit)
    said = {"step": "验收", "due_on": local_day(LATER)}
    actions.set_milestone(topic, by=here.department, at=AT, **said)
    known = {"title": topic.title, "words": topic.words}
    actions.change(topic, by=here.desk, at=AT, owner=here.team_unit, why="归网格管", **known)

    with pytest.raises(NotAllowed):
        actions.set_milestone(topic, by=here.department, at=AT, **said)
    assert "单位bureau改为单位team" in TopicLine.objects.get(verb="change").words


def test_who_wrote_the_result_does_not_publish_it(here):
    topic = running(here, AT)
    actions.finish_milestone(topic.milestones.get(), by=here.desk, at=AT, done="换好了")
    actions.write_result(topic, by=here.community_head, at=AT, result=RESULT)
    actions.write_result(topic, by=here.desk, at=AT, result=RESULT + "完。")

    with pytest.raises(NotAllowed):
        actions.publish(topic, by=here.community_head, at=LATER)
    assert actions.publish(topic, by=here.street_head, at=LATER).state == "published"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "王大妈家门口的灯"),
        ("words", "打 13812345678 说的"),
        ("words", "向阳小院3号楼2单元501室的灯"),
        ("title", ""),
    ],
)
def test_what_tells_a_person_is_refused_where_it_was_typed(here, field, text):
    with pytest.raises(NotSaid) as refused:
        proposed(here, AT, **{field: text})

    assert field in refused.value.fields and not Topic.objects.exists()


def test_the_words_of_a_reporter_are_not_copied_into_a_result(here):
    case = life(here, "handling", words="路口的灯修了三次还是不亮谁来管管")
    topic = running(here, AT, cases=[case])
    actions.finish_milestone(topic.milestones.get(), by=here.desk, at=AT, done="换好了")

    with pytest.raises(NotSaid) as refused:
        actions.write_result(
            topic, by=here.desk, at=AT, result="有人说路口的灯修了三次还是不亮谁来管，换好了。"
        )
    assert "result" in refused.value.fields


@pytest.mark.parametrize(
    "said", [{"nature": "personal"}, {"category": "disputes.site-noise"}, {"grid": "neighbour_grid"}], ids=str
)
def test_what_is_no_matter_of_the_place_is_not_put_in(here, said):
    topic = running(here, AT)
    if "category" in said:
        said = {"category": category(said["category"])}
    if "grid" in said:
        said = {"grid": here.neighbour_grid}

    with pytest.raises(NotSaid):
        actions.put_in(topic, by=here.desk, at=AT, cases=[reported(here, **said)])


def test_a_case_belongs_to_one_topic_until_it_is_taken_out_with_a_reason(here):
    case = life(here, "handling", **PHONE)
    topic = running(here, AT, cases=[case])
    with pytest.raises(Conflict, match="已经列在专题“路灯反复不亮”里"):
        proposed(here, AT, cases=[case])
    with pytest.raises(NotSaid):
        actions.take_out(topic, by=here.desk, at=AT, case=case, reason="")

    actions.take_out(topic, by=here.desk, at=AT, case=case, reason="是另一条线")

    assert proposed(here, AT, cases=[case], title="另一条线").links.count() == 1
    assert lines_of(case)[-1] == "这件不再列在专题“路灯反复不亮”里，照常办。"
    assert TopicCase.objects.get(topic=topic).reason == "是另一条线"


def test_a_dropped_topic_frees_its_cases_and_says_so_to_their_reporters_alone_when_they_knew(here):
    quiet, known = life(here, "handling"), life(here, "handling")
    actions.drop(proposed(here, AT, cases=[quiet]), by=here.street_head, at=AT, why="是一件事")
    actions.drop(running(here, AT, cases=[known]), by=here.street_head, at=AT, why="是一件事")

    assert (lines_of(quiet), lines_of(known)[-1]) == ([], "专题“路灯反复不亮”不再一起办了。您这件照常办。")
    assert proposed(here, AT, cases=[quiet, known]).links.count() == 2


def test_no_topic_begins_without_a_step_or_a_case_and_no_result_before_its_steps_are_done(here):
    case = life(here, "handling")
    topic = proposed(here, AT, cases=[case])
    with pytest.raises(NotSaid, match="第一步"):
        actions.agree(topic, by=here.street_head, at=AT)
    actions.set_milestone(topic, by=here.desk, at=AT, step="换电缆", due_on=local_day(AT))
    actions.take_out(topic, by=here.desk, at=AT, case=case, reason="不是")
    with pytest.raises(NotSaid, match="一件事项也没有"):
        actions.agree(topic, by=here.street_head, at=AT)
    actions.put_in(topic, by=here.desk, at=AT, cases=[case])
    actions.agree(topic, by=here.street_head, at=AT)

    with pytest.raises(NotSaid) as refused:
        actions.write_result(topic, by=here.desk, at=AT, result=RESULT)
    assert "换电缆" in refused.value.fields["result"]


@pytest.mark.parametrize("days", [-1, 400])
def test_a_step_is_set_on_a_day_that_comes_within_a_year(here, days):
    topic = proposed(here, AT)

    with pytest.raises(NotSaid) as refused:
        actions.set_milestone(
            topic, by=here.desk, at=AT, step="换电缆", due_on=local_day(AT) + timedelta(days=days)
        )
    assert "due_on" in refused.value.fields


def test_a_published_topic_is_reopened_by_a_later_case_alone_and_tells_anew(here):
    old = life(here, "handling", **PHONE)
    topic = published(here, AT, cases=[old])
    early = life(here, "accepted")
    with pytest.raises(NotSaid):
        actions.reopen(topic, by=here.street_head, at=LATER, case=early, why="又灭了")

    new = reported(here, at=LATER, **PHONE)
    topic = actions.reopen(topic, by=here.street_head, at=LATER, case=new, why="又灭了")

    assert (topic.state, topic.links.count()) == ("running", 2)
    assert lines_of(new) == ["专题“路灯反复不亮”的问题又出现了，由单位team牵头重新办。"] == lines_of(old)[-1:]
    with pytest.raises(Conflict):
        actions.publish(topic, by=here.street_head, at=LATER)


def test_a_merged_report_reads_the_line_once(here):
    leader = life(here, "accepted", **PHONE)
    copy = act(
        "merge",
        reported(here, contact={"name": "", "phone": "13800000002"}),
        by=here.desk,
        at=AT,
        into=leader,
    )
    running(here, AT, cases=[leader, copy])

    assert (len(lines_of(leader)), lines_of(copy)) == (1, [])
    assert (len(told(leader)), len(told(copy))) == (1, 1)


def test_a_late_step_is_told_once_a_day_that_it_was_given(here):
    topic = running(here, AT, days=2, owner=here.bureau_unit)
    late = AT + timedelta(days=3)
    readers = {here.department.pk, here.street_head.pk, here.community_head.pk}

    assert telling.tell_late_steps(AT + timedelta(days=2)) == {}
    assert telling.tell_late_steps(late)["steps"] == 1
    assert telling.tell_late_steps(late + timedelta(days=1)) == {}
    assert set(Notice.objects.filter(kind="topic").values_list("user_id", flat=True)) == readers
    actions.move_milestone(
        topic.milestones.get(), by=here.department, at=late, due_on=local_day(late), why="等材料"
    )
    assert telling.tell_late_steps(late + timedelta(days=1))["steps"] == 1


def test_the_late_line_of_a_desk_counts_the_own_area_and_what_the_own_unit_leads(here):
    running(here, AT, days=1, owner=here.bureau_unit)
    published(here, AT)
    late = AT + timedelta(days=2)
    counts = {name: late_topics(getattr(here, name), late).count() for name in ALL.split()}

    wanted = {"desk", "street_head", "community_head", "grid_head", "department"}
    assert {name for name, count in counts.items() if count == 1} == wanted
    assert sum(counts.values()) == len(wanted)
    assert late_topics(here.desk, AT).count() == 0


def test_no_topic_holds_a_figure_of_a_person_or_changes_a_mark(here):
    written(here, AT)
    fields = {field.name for model in (Topic, TopicCase, TopicLine) for field in model._meta.get_fields()}

    assert not fields & {"score", "rank", "points", "count"}


def test_a_published_problem_that_came_back_is_told_once_and_only_when_it_is_the_same(here):
    topic = published(here, AT)
    reported(here, at=LATER, words="井盖响得睡不着", place="9号楼", category=category("facilities.manhole"))
    assert telling.tell_topics(LATER) == {}

    new = reported(here, at=LATER)
    assert [telling.tell_topics(LATER + timedelta(hours=n))["came_back"] for n in (1, 2)] == [1, 0]
    notice = Notice.objects.filter(kind="topic", user_id=here.grid_head.pk).get()
    assert new.number in notice.body and Topic.objects.get(pk=topic.pk).came_back_at
