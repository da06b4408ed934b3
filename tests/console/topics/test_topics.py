"""The room of topics: from a cluster to a result, who gets which page, what is refused where it was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life, reported
from tests.policy.topics import SAID, proposed, running, written
from yige.cases import clusters
from yige.lib.local_time import local_day
from yige.topics.models import Topic

NOW = timezone.now() - timedelta(hours=4)
PHONES = ("13800000001", "13800000002", "13800000003")
LIST = "/console/topics/"


@pytest.fixture
def together(here):
    rows = [reported(here, at=NOW, contact={"name": "", "phone": phone}) for phone in PHONES]
    clusters.keep_clusters(timezone.now())
    return rows


def address(topic, verb=""):
    return f"{LIST}{topic.pk}/" + (f"{verb}/" if verb else "")


def said(here, cases, **more):
    return (
        SAID
        | {"area": here.grid.pk, "owner": here.team_unit.pk, "cases": [case.number for case in cases]}
        | more
    )


def test_a_cluster_becomes_a_topic_once(client, here, together):
    client.force_login(here.desk)
    new = f"/console/topics/new/{together[0].number}/"
    page = client.get("/console/clusters/")
    form = client.get(new)
    sent = client.post(new, said(here, together))
    topic = Topic.objects.get()

    assert new in page.text and "3 个不同的人反映过" in form.text
    assert (sent.status_code, sent.headers["Location"], topic.links.count()) == (302, address(topic), 3)
    after = client.get("/console/clusters/").text
    assert address(topic) in after and "列为专题</a>" not in after
    assert "已经列在专题" in client.get(new).text
    again = client.post(new, said(here, together, title="又一个"))
    assert (again.status_code, Topic.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [({"title": ""}, "title", "请填写"), ({"words": "长" * 601}, "words", "600"), ({"owner": "x"}, "owner", "请选择"),
     ({"cases": []}, "cases", "请至少选一件"), ({"cases": ["1"]}, "cases", "请从列出的"), ({"title": "李大爷家的灯"}, "title", "名字")],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    client, here, together, wrong, field, sentence
):
    client.force_login(here.desk)
    page = client.post(f"{LIST}new/{together[0].number}/", said(here, together) | wrong)

    assert (page.status_code, Topic.objects.count()) == (422, 0)
    assert sentence in "".join(page.context["form"].errors[field])
    assert SAID["title" if field != "title" else "words"] in page.text


@pytest.mark.parametrize(
    ("name", "status"),
    [("desk", 200), ("street_head", 200), ("community_head", 200), ("grid_head", 200), ("department", 200),
     ("neighbour_head", 404), ("other_desk", 404), ("worker", 404), ("auditor", 404), ("security", 404)],
)  # fmt: skip
def test_who_opens_a_topic(client, here, name, status):
    topic = running(here, NOW, owner=here.bureau_unit)
    client.force_login(getattr(here, name))

    assert client.get(address(topic)).status_code == status
    assert client.post(address(topic, "drop"), {"why": "不办"}).status_code == {
        "street_head": 302, "community_head": 302,
    }.get(name, 422 if status == 200 else 404)  # fmt: skip


def test_a_reader_is_shown_the_own_cases_alone_and_told_how_many_there_are(client, here):
    hidden = life(here, "accepted", at=NOW, words="角上那一盏也不亮")
    topic = running(here, NOW, owner=here.bureau_unit, cases=[hidden])
    client.force_login(here.department)
    text = " ".join(client.get(address(topic)).text.split())

    assert "事项 1 件 <small>您看得到 0 件" in text and hidden.number not in text and "角上" not in text


def test_a_topic_is_worked_on_by_its_pages_to_its_result(client, here):
    topic = proposed(here, NOW)
    other = life(here, "accepted", at=NOW)
    today = local_day(timezone.now())
    client.force_login(here.grid_head)
    client.post(address(topic, "set_milestone"), {"step": "换电缆", "due_on": today})
    client.post(address(topic, "put_in"), {"number": other.number})
    client.force_login(here.street_head)
    client.post(address(topic, "agree"), {"seen": Topic.objects.get().version})
    step = topic.milestones.get()
    later = today + timedelta(days=3)
    client.post(f"{LIST}steps/{step.pk}/move_milestone/", {"due_on": later, "why": "等材料"})
    moved = " ".join(client.get(address(topic)).text.split())
    client.post(f"{LIST}steps/{step.pk}/finish_milestone/", {"done": "全部换好"})
    client.force_login(here.desk)
    client.post(address(topic, "write_result"), {"result": "换了全部电缆。"})
    client.force_login(here.street_head)
    old = client.post(address(topic, "publish"), {"seen": 1})
    client.post(address(topic, "publish"), {"seen": Topic.objects.get().version})

    assert (old.status_code, "有了变化" in old.text) == (409, True)
    assert f"最初定的是 {today.month}月{today.day}日" in moved and "等材料" in moved
    assert (Topic.objects.get().state, topic.links.count()) == ("published", 2)
    assert address(topic) in client.get(LIST + "ended/").text and address(topic) not in client.get(LIST).text


@pytest.mark.parametrize(
    ("verb", "typed", "field", "sentence"),
    [("put_in", {"number": "999"}, "number", "没有这个编号"), ("take_out", {"number": "", "reason": "另一个问题"}, "number", "请填写"),
     ("set_milestone", {"step": "换电缆", "due_on": "昨天"}, "due_on", "日期"), ("set_milestone", {"step": "", "due_on": "2026-01-01"}, "step", "请填写"),
     ("change", {"title": "新题目", "words": "长话", "owner": "", "why": "x"}, "owner", "请选择"), ("drop", {"why": " "}, "why", "请填写"),
     ("write_result", {"result": "电话 13812345678"}, "result", "还没有办完")],
)  # fmt: skip
def test_a_refused_form_stands_open_with_its_sentence_and_what_was_typed(
    client, here, verb, typed, field, sentence
):
    topic = running(here, NOW)
    client.force_login(here.street_head)
    page = client.post(address(topic, verb), typed)
    form = page.context["forms"][verb]

    assert page.status_code == 422
    assert sentence in "".join(form.errors[field])
    assert f'id="{verb}" open' in page.text.replace("\n", " ") and all(
        value.strip() in page.text for value in typed.values()
    )


def test_a_second_press_of_the_same_form_is_done_once(client, here):
    topic = running(here, NOW)
    client.force_login(here.desk)
    typed = {"step": "验收", "due_on": local_day(timezone.now()), "key": "k" * 24}
    answers = [client.post(address(topic, "set_milestone"), typed).status_code for _ in range(2)]

    assert (answers, topic.milestones.count()) == ([302, 302], 2)


def test_what_was_written_by_oneself_says_that_somebody_else_publishes_it(client, here):
    topic = written(here, NOW)
    Topic.objects.get().lines.filter(verb="write_result").update(by=here.street_head)
    client.force_login(here.street_head)

    assert "要由另一位网格长来公布" in client.get(address(topic)).text


def test_the_case_says_its_topic_and_offers_one_that_is_alike(client, here):
    first, second = life(here, "handling", at=NOW), life(here, "accepted", at=NOW)
    topic = running(here, NOW, cases=[first])
    client.force_login(here.desk)
    belongs = client.get(f"/console/cases/{first.number}/").text
    offered = client.get(f"/console/cases/{second.number}/").text
    client.post(address(topic, "put_in"), {"number": second.number})

    assert "这件事属于专题" in belongs and address(topic) in belongs
    assert "看起来是同一个问题" in offered and address(topic, "put_in") in offered
    assert topic.links.count() == 2


def test_the_ledger_shows_and_keeps_the_topic_and_the_map_its_points(client, here):
    first, second = (
        life(here, "handling", at=NOW, lon=113.6, lat=34.7),
        life(here, "accepted", at=NOW, lon=113.6, lat=34.7),
    )
    topic = running(here, NOW, cases=[first])
    client.force_login(here.desk)
    every, alone = client.get("/console/cases/").text, client.get(f"/console/cases/?topic={topic.pk}").text
    points = client.get(f"/console/map/points/?topic={topic.pk}")

    assert "专题：路灯反复不亮" in every and f'value="{topic.pk}"' in every
    assert first.number in alone and second.number not in alone
    assert f'?topic={topic.pk}"' in client.get("/console/map/").text
    if points.status_code == 200:
        assert [row[3] for row in points.json()["points"]] == [first.serial]
    assert client.get("/console/cases/?topic=nonsense").status_code == 200


def test_the_desk_leads_to_the_late_topics_and_the_list_has_exactly_those(client, here):
    running(here, timezone.now() - timedelta(days=9), days=2)
    running(here, NOW, title="还没到日子的")
    client.force_login(here.street_head)

    assert (
        f'href="{LIST}late/"' in client.get("/console/").text
        and "1 个专题有一步过了日子" in client.get("/console/").text
    )
    late = client.get(LIST + "late/").text
    assert "路灯反复不亮" in late and "还没到日子的" not in late


@pytest.mark.parametrize("n", [1, 3])
def test_query_count(client, here, n, django_assert_num_queries):
    for number in range(n):
        running(here, NOW, title=f"第{number}条街的灯")
    client.force_login(here.desk)
    client.get("/console/help/")

    with django_assert_num_queries(5):
        text = client.get(LIST).text
    assert text.count("条街的灯</a>") == n


OUTSIDERS = "neighbour_head neighbour_worker other_desk department worker auditor system registrar"


def test_nobody_who_does_not_see_a_topic_acts_on_it(client, here):
    topic = running(here, NOW)
    doors = [
        address(topic, verb) for verb in ("put_in", "take_out", "change", "write_result", "publish", "drop")
    ]
    steps = f"{LIST}steps/{topic.milestones.get().pk}/"
    doors += [f"{steps}move_milestone/", f"{steps}finish_milestone/"]
    typed = {
        "number": topic.links.get().case.number,
        "reason": "不是",
        "why": "不是",
        "done": "好了",
        "result": "好了",
    }

    for name in OUTSIDERS.split():
        client.force_login(getattr(here, name))
        assert {client.post(door, typed).status_code for door in doors} == {404}, name
    assert (Topic.objects.get().version, topic.lines.count()) == (topic.version, 3)


@pytest.mark.parametrize(
    ("verb", "typed"),
    [("put_in", {"number": "\x00"}), ("put_in", {"number": "9" * 400}), ("change", {"owner": "x", "title": "\x00"}),
     ("set_milestone", {"step": "验\x00收", "due_on": "9999-12-31"}), ("set_milestone", {"step": "验收", "due_on": "0001-01-01"}),
     ("drop", {"why": "是王大妈家的"}), ("reopen", {"number": "-1"})],
)  # fmt: skip
def test_odd_input_is_refused_and_changes_nothing(client, here, verb, typed):
    topic = running(here, NOW)
    client.force_login(here.street_head)

    assert client.post(address(topic, verb), typed).status_code in (409, 422)
    assert Topic.objects.get().version == topic.version
