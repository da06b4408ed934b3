"""The one-time link of a called unit: what is asked, one answer; a dead one tells what a guessed one tells."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import life
from tests.whistles.joint import asked, joint_town, sounded
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, CallLink, LinkAnswer

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=1)
SECRET = {
    "words": "302的老周家暖气管漏了",
    "place": "3号楼2单元302",
    "contact": {"name": "欧阳金丝雀", "phone": "19955554444"},
}


@pytest.fixture
def here(db):
    return joint_town(factories.town())


@pytest.fixture
def firm(here):
    case = life(here, "progressed", at=NOW - timedelta(hours=5), **SECRET)
    calls = asked(here, CallAsked(here.property_unit, "assist", "开门", "李师傅"))
    joint = sounded(here, case=case, at=AGO, calls=calls, matter="三号楼暖气主管漏水")
    joint.call = joint.calls["property"]
    joint.link = links.make_link(joint.call, by=here.desk, at=AGO)
    return joint


def address(link):
    return f"/j/{link.pk}/{links.link_secret(link)}/"


def test_who_opens_it_reads_what_is_asked_and_nothing_of_the_reporter(client, firm):
    text = client.get(address(firm.link)).text

    assert "开门" in text
    assert "三号楼暖气主管漏水" in text
    for hidden in ("老周", "302", "欧阳", "19955554444", firm.case.number, "李师傅", "物业修不了"):
        assert hidden not in text


def test_it_is_answered_once_and_waits(client, firm):
    where = address(firm.link)
    assert "谁来办" in client.get(f"{where}?say=sign").text
    assert client.post(where, {"verb": "sign", "person": ""}).status_code == 422
    sent = client.post(where, {"verb": "sign", "person": "李师傅"})

    assert "收到了" in sent.text
    assert LinkAnswer.objects.values_list("verb", "said").get() == ("sign", {"person": "李师傅"})
    assert Call.objects.get(pk=firm.call.pk).state == "called"
    assert client.get(where).status_code == 404


def test_a_day_is_kept_as_a_day(client, firm):
    day = f"{NOW + timedelta(days=2):%Y-%m-%d}"
    said = {"verb": "contact", "person": "李师傅", "discussed": "值班室", "measure": "开门", "until": day}
    client.post(address(firm.link), said)

    assert LinkAnswer.objects.get().said["until"] == day


def test_used_ended_revoked_and_guessed_answer_alike(client, here, firm):
    used, ended, revoked = (links.make_link(firm.call, by=here.desk, at=AGO) for _ in range(3))
    client.post(address(used), {"verb": "arrive", "words": "到了"})
    CallLink.objects.filter(pk=ended.pk).update(ends_at=AGO)
    links.revoke_link(revoked, by=here.desk, at=NOW)
    dead = [
        address(used),
        address(ended),
        address(revoked),
        f"/j/{uuid4()}/{'A' * 20}/",
        f"/j/{firm.link.pk}/{'A' * 20}/",
    ]
    answers = [client.get(where) for where in dead] + [
        client.post(where, {"verb": "sign", "person": "x"}) for where in dead
    ]

    def plain(answer):
        return answer.content.split(b"<main")[1].split(b"</main")[0]

    assert {answer.status_code for answer in answers} == {404}
    assert len({plain(answer) for answer in answers}) == 1
    assert links.DEAD in answers[0].text


def test_whoever_guesses_on_has_to_wait(client, firm):
    statuses = {client.get(f"/j/{firm.link.pk}/{number:020d}/").status_code for number in range(25)}

    assert statuses == {404, 429}


@pytest.mark.parametrize(
    "said", [{}, {"verb": "confirm"}, {"verb": "assess", "passed": "yes", "words": "好"}, {"verb": "x" * 300}]
)
def test_what_it_cannot_say_is_no_answer(client, firm, said):
    assert client.post(address(firm.link), said).status_code == 422
    assert not LinkAnswer.objects.exists()


def test_a_link_to_a_step_says_that_the_step_is_done(client, here, firm):
    plan.add_step(
        firm.whistle,
        by=here.desk,
        at=NOW,
        unit=here.property_unit,
        words="清走三轮车",
        due_on=NOW.date() + timedelta(days=1),
    )
    step = firm.whistle.steps.get()
    link = links.make_link(firm.call, by=here.desk, at=NOW, step=step)
    assert "清走三轮车" in client.get(address(link)).text
    assert "收到了" in client.post(address(link), {"verb": "finish_step", "words": "清走了"}).text
    links.take_over(LinkAnswer.objects.get(), by=here.desk, at=NOW)
    step.refresh_from_db()

    assert step.done_words == "清走了"
