"""Files that look alike on the desk: masked side by side, written into the log, settled by two keepers."""

import pytest

from tests.factories import MONDAY_NOON, household, person
from tests.scenes import scene
from yige.archive.models import Likeness, Merge, Person
from yige.archive.people import likenesses, sealing
from yige.audit.models import LogEntry


@scene
def pair(here):
    first = person(here, household(here, room="501"), "王小英", phone="19900000001")
    second = person(here, household(here, room="601"), "王小英", phone="", emergency="女儿 19900000008")
    likenesses.look_for_alike(MONDAY_NOON)
    return first, second


@pytest.fixture
def keeper(client, here):
    client.force_login(here.registrar)
    return client


def test_two_files_are_shown_masked_and_the_looking_is_logged(keeper, here, pair):
    page = keeper.get(f"/console/alike/{Likeness.objects.get().pk}/").text

    assert [word for word in ("王小英", "19900000001", "19900000008") if word in page] == []
    assert page.count("王*英") == 4
    assert "199****0001" in page
    lines = LogEntry.objects.filter(verb="archive.view").values_list("subject_id", "purpose", "actor_id")
    assert set(lines) == {(str(one.pk), "check", here.registrar.pk) for one in pair}


def test_one_asks_and_another_agrees(client, keeper, here, pair):
    first, _second = pair
    likeness = Likeness.objects.get()
    said = {"kept": str(first.pk), "take": ["emergency", "phone"]}

    keeper.post(f"/console/alike/{likeness.pk}/ask/", said)
    merge = Merge.objects.get()
    own = keeper.post(f"/console/merges/{merge.pk}/grant/")
    assert (own.status_code, "另一位档案管理员" in own.text, Person.objects.current().count()) == (
        422,
        True,
        2,
    )

    client.force_login(here.second_registrar)
    assert "等您看" in client.get("/console/merges/").text
    client.post(f"/console/merges/{merge.pk}/grant/")

    kept = Person.objects.current().get()
    assert (kept, sealing.open_value(kept, "emergency"), sealing.open_value(kept, "phone")) == (
        first, "女儿 19900000008", "19900000001",
    )  # fmt: skip
    client.post(f"/console/merges/{merge.pk}/undo/")
    assert Person.objects.current().count() == 2
    assert "已拆开" in client.get("/console/merges/").text


def test_two_persons_are_not_listed_again(keeper, pair):
    likeness = Likeness.objects.get()

    keeper.post(f"/console/alike/{likeness.pk}/dismiss/")

    assert "没有等您看的相像档案" in keeper.get("/console/alike/").text
    again = keeper.post(f"/console/alike/{likeness.pk}/dismiss/")
    assert (again.status_code, "已经有人处理过" in again.text) == (409, True)


@pytest.mark.parametrize("name", ["other_registrar", "grid_head", "desk", "micro", "auditor"])
def test_pair_is_nobody_elses_to_see(client, here, pair, name):
    client.force_login(getattr(here, name))
    likeness = Likeness.objects.get()

    got = [
        client.get(f"/console/alike/{likeness.pk}/"),
        client.post(f"/console/alike/{likeness.pk}/dismiss/"),
    ]

    assert [answer.status_code for answer in got] == [404, 404]
    assert LogEntry.objects.filter(verb="archive.view").count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_for_one_and_for_three(keeper, here, count, django_assert_num_queries):
    for number in range(count):
        name = f"钱示{'甲乙丙'[number]}"
        for room in ("1", "2"):
            person(here, household(here, room=f"{number + 3}0{room}"), name, phone="")
    likenesses.look_for_alike(MONDAY_NOON)

    keeper.get("/console/merges/")  # the first page of a log-in asks more

    with django_assert_num_queries(4):
        page = keeper.get("/console/alike/").text

    assert page.count("姓名读音和出生年相同") == count


def test_empty_lists_say_so(keeper):
    assert "没有等您看的相像档案" in keeper.get("/console/alike/").text
    assert "没有等批准的申请" in keeper.get("/console/merges/").text
