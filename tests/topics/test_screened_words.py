"""What the words of a topic may not tell: who somebody is, who worked on it, what a reporter said."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, life
from tests.policy.topics import BROUGHT, RESULT, running, written
from yige.lib.local_time import local_day
from yige.lib.refusals import NotSaid
from yige.topics import actions

AT = MONDAY_NOON + timedelta(hours=5)
LATER = AT + timedelta(days=1)
NAMING = "是王大妈家自己的线"


@pytest.mark.parametrize(
    ("state", "verb", "said", "field"),
    [("running", "drop", {}, "why"), ("written", "return_result", {}, "why"), ("running", "take_out", {}, "reason"),
     ("running", "move_milestone", {}, "why"), ("running", "change", {}, "why")],
)  # fmt: skip
def test_a_reason_names_nobody_for_it_is_read_without_the_case(here, state, verb, said, field):
    topic = BROUGHT[state](here, AT)
    about = topic.milestones.get() if verb == "move_milestone" else topic
    more = {
        "take_out": {"case": topic.links.get().case},
        "move_milestone": {"due_on": local_day(LATER)},
        "change": {"title": topic.title, "words": topic.words, "owner": topic.owner},
    }.get(verb, {})

    with pytest.raises(NotSaid) as refused:
        getattr(actions, verb)(about, by=here.street_head, at=LATER, **more, **{field: NAMING})
    assert "王大妈" in refused.value.fields[field]


def test_what_is_published_names_nobody_who_worked_on_it_and_copies_no_case_that_was_taken_out(here):
    words = "路口的灯修了三次还是不亮谁来管管"
    case, other = life(here, "handling", words=words), life(here, "handling")
    topic = running(here, AT, cases=[case, other])
    actions.take_out(topic, by=here.desk, at=AT, case=case, reason="是另一条线")
    step = topic.milestones.get()

    for done in (f"有人说{words}", f"{here.street_head.name}带人换的", f"{here.desk.name}带人换的"):
        with pytest.raises(NotSaid) as refused:
            actions.finish_milestone(step, by=here.grid_head, at=AT, done=done)
        assert "done" in refused.value.fields


def test_the_button_says_what_may_not_be_published_and_where_it_stands(here):
    topic = written(here, AT)
    actions.put_in(topic, by=here.desk, at=AT, cases=[life(here, "accepted", words=f"他们说{RESULT}")])

    with pytest.raises(NotSaid, match=r"还不能公布。结果：.*用自己的话写。请退回去改。"):
        actions.publish(topic, by=here.street_head, at=LATER)
