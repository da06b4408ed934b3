"""One-time links: one answer, for one call, until a moment; nothing happens until the desk takes it over."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.scenes import scene
from tests.whistles.joint import FOUR, HOUR, SAID, SOUNDED, asked, sounded
from yige.accounts.actors import STRANGER
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, CallLink, LinkAnswer

AT = SOUNDED + HOUR


@scene
def firm(here):
    """A call of a property firm where nobody has an account, with a link."""
    joint = sounded(here, calls=asked(here, CallAsked(here.property_unit, "assist", "开门", "李师傅")))
    joint.call = joint.calls["property"]
    joint.link = links.make_link(joint.call, by=here.desk, at=AT)
    return joint


def test_what_comes_by_a_link_is_nobodys_act_until_it_is_taken_over(here, firm):
    links.answer_by_link(firm.link, by=STRANGER, at=AT, verb="sign", said=SAID["sign"])
    assert Call.objects.get(pk=firm.call.pk).state == "called"
    call = links.take_over(LinkAnswer.objects.get(), by=here.desk, at=AT + HOUR)

    assert (call.state, call.person) == ("signed", SAID["sign"]["person"])
    with pytest.raises(Conflict, match="已经有人处理"):
        links.take_over(LinkAnswer.objects.get(), by=here.street_head, at=AT + HOUR)


def test_the_desk_names_the_day_of_a_contact(here, firm):
    links.answer_by_link(firm.link, by=STRANGER, at=AT, verb="contact", said=FOUR | {"until": "后天"})
    call = links.take_over(LinkAnswer.objects.get(), by=here.desk, at=AT, until=FOUR["until"])

    assert (call.state, call.until) == ("contacted", FOUR["until"])


def test_an_answer_is_sent_back_with_a_reason(here, firm):
    links.answer_by_link(firm.link, by=STRANGER, at=AT, verb="arrive", said=SAID["arrive"])
    answer = LinkAnswer.objects.get()
    with pytest.raises(NotSaid):
        links.send_answer_back(answer, by=here.desk, at=AT, words=" ")
    links.send_answer_back(answer, by=here.desk, at=AT, words="门还锁着")

    assert LinkAnswer.objects.values_list("taken_over", "words").get() == (False, "门还锁着")
    assert Call.objects.get(pk=firm.call.pk).state == "called"


def test_a_dead_link_opens_no_more_than_a_guessed_one(here, firm):
    secret = links.link_secret(firm.link)
    assert links.find_link(firm.link.pk, secret, AT) == firm.link
    other = links.make_link(firm.call, by=here.desk, at=AT)
    used = links.make_link(firm.call, by=here.desk, at=AT)
    links.revoke_link(other, by=here.desk, at=AT)
    links.answer_by_link(used, by=STRANGER, at=AT, verb="sign", said=SAID["sign"])

    assert [
        links.find_link(uuid4(), secret, AT),
        links.find_link("no id", secret, AT),
        links.find_link(firm.link.pk, secret[:-1], AT),
        links.find_link(firm.link.pk, secret, AT + timedelta(days=8)),
        links.find_link(other.pk, links.link_secret(other), AT),
        links.find_link(used.pk, links.link_secret(used), AT),
    ] == [None] * 6
    for link in (other, used):
        with pytest.raises(Conflict) as refusal:
            links.answer_by_link(link, by=STRANGER, at=AT, verb="sign", said=SAID["sign"])
        assert refusal.value.sentence == links.DEAD


def test_a_link_ends_with_its_call(here, firm):
    CALLS["release"](firm.call, by=here.desk, at=AT, reason="not_needed", words="不用了")

    assert links.find_link(firm.link.pk, links.link_secret(firm.link), AT) is None
    with pytest.raises(Conflict):
        links.make_link(firm.call, by=here.desk, at=AT)
    with pytest.raises(Conflict, match="不能用"):
        links.answer_by_link(firm.link, by=STRANGER, at=AT, verb="arrive", said=SAID["arrive"])


@pytest.mark.parametrize(
    ("verb", "said", "field"),
    [
        ("confirm", {}, "verb"),
        ("assess", {"passed": True, "words": "好"}, "verb"),
        ("sign", {}, "person"),
        ("arrive", {"words": " "}, "words"),
        ("arrive", {"words": "长" * 501}, "words"),
    ],
)
def test_what_a_link_cannot_say_is_refused_and_the_link_lives_on(here, firm, verb, said, field):
    with pytest.raises(NotSaid) as refusal:
        links.answer_by_link(firm.link, by=STRANGER, at=AT, verb=verb, said=said)

    assert field in refusal.value.fields
    assert CallLink.objects.get(pk=firm.link.pk).is_alive(AT)


@pytest.mark.parametrize("who", ["community_head", "grid_head", "department", "other_desk"])
def test_only_the_street_makes_and_revokes(here, firm, who):
    by = getattr(here, who)

    for act in (
        lambda: links.make_link(firm.call, by=by, at=AT),
        lambda: links.revoke_link(firm.link, by=by, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
