"""The one-time link of a called unit: what is asked, one answer; a dead one tells what a guessed one tells."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import life
from tests.scenes import scene
from tests.whistles.joint import asked, joint_town, sounded
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, CallLink, LinkAnswer

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=1)
SECRET = {
    "words": "302的老周家暖气管漏了",
    "place": "3号楼2单元302",
    "contact": {"name": "欧阳金丝雀", "phone": "19955554444"},
}


@scene
def here():
    return joint_town(factories.town())


@scene
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


FAR = f"{NOW + timedelta(days=400):%Y-%m-%d}"
CONTACT = {"verb": "contact", "person": "李师傅", "discussed": "值班室", "measure": "开门"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (CONTACT | {"until": "2020-01-01"}, "请写今天或以后的日子"),
        (CONTACT | {"until": FAR}, "最多写到一年以后"),
        ({"verb": "note_progress", "words": "开门", "until": "2020-01-01"}, "请写今天或以后的日子"),
        ({"verb": "sign", "person": f"开门{'长' * 99}"}, "最多写 100 个字"),
        ({"verb": "refuse_duty", "words": "开门", "basis": "长" * 201}, "最多写 200 个字"),
    ],
)
def test_what_the_unit_could_not_say_itself_is_refused_before_the_link_is_used(client, firm, said, sentence):
    answer = client.post(address(firm.link), said)

    assert (answer.status_code, sentence in answer.text, answer.text.count("开门") > 1) == (422, True, True)
    assert not LinkAnswer.objects.exists()
    assert client.get(address(firm.link)).status_code == 200


def test_what_the_call_is_not_open_to_is_neither_offered_nor_taken(client, here, firm):
    where, day = address(firm.link), NOW.date() + timedelta(days=1)
    plan.add_step(firm.whistle, by=here.desk, at=NOW, unit=here.property_unit, words="清坑", due_on=day)
    step = firm.whistle.steps.get()
    of_step = address(links.make_link(firm.call, by=here.desk, at=NOW, step=step))
    CALL_VERBS["sign"](firm.call, by=here.desk, at=NOW, person="李师傅")
    plan.finish_step(step, by=here.desk, at=NOW, words="清了")
    assert "?say=deliver" in client.get(where).text
    plan.redo_step(step, by=here.desk, at=NOW, words="没清完")
    early = client.post(where, {"verb": "deliver", "words": "门开了"})
    plan.finish_step(step, by=here.desk, at=NOW, words="清了")
    again = client.post(of_step, {"verb": "finish_step", "words": "又清了"})

    assert (early.status_code, "没做完的步骤" in early.text, "门开了" in early.text) == (422, True, True)
    assert (again.status_code, "已经说做完了" in again.text, "又清了" in again.text) == (422, True, True)
    assert not LinkAnswer.objects.exists()


def test_a_dead_link_gives_back_the_words_that_were_sent_and_no_others(client, here, firm):
    sent = {"verb": "arrive", "words": "<b>到了</b>，门锁着", "person": "别的一格"}
    used, lost = address(firm.link), Client()
    client.post(used, {"verb": "arrive", "words": "先到的那一部手机"})
    dead = [used, f"/j/{uuid4()}/{'A' * 20}/"]
    answers = [lost.post(where, sent) for where in dead]

    for answer in answers:
        assert answer.status_code == 404
        assert "没有送到街道" in answer.text and "&lt;b&gt;到了&lt;/b&gt;，门锁着" in answer.text
        assert "先到的" not in answer.text and "别的一格" not in answer.text and "<b>到了" not in answer.text
    assert "没有送到街道" not in lost.get(used).text
    assert LinkAnswer.objects.count() == 1


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
    read = [client.get(where) for where in dead]
    sent = [client.post(where, {"verb": "sign", "person": "x"}) for where in dead]

    def plain(answer):
        return answer.content.split(b"<main")[1].split(b"</main")[0]

    for answers in (read, sent):
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
