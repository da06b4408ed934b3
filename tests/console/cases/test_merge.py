"""Duplicates side by side; several into one."""

import pytest
from django.utils import timezone

from tests import factories
from yige.cases.models import Case
from yige.steps.verbs import VERBS


def two(here):
    return factories.reported(here, words="三号楼路灯不亮"), factories.reported(
        here, words="三号楼的路灯坏了不亮"
    )


def test_what_sounds_alike_nearby_stands_beside(client, here):
    one, other = two(here)
    far = factories.reported(here, words="三号楼路灯不亮", grid=here.neighbour_grid)
    client.force_login(here.desk)

    response = client.get(f"/console/cases/{one.number}/merge/")

    assert "三号楼的路灯坏了不亮" in response.text
    assert f"保留 {other.number}" in response.text
    assert f"保留 {one.number}" in response.text
    assert far.number not in response.text


def test_another_case_is_put_beside_by_its_number(client, here):
    one = factories.reported(here)
    other = factories.reported(here, words="水管漏水", place="9号楼")
    client.force_login(here.desk)

    assert "水管漏水" in client.get(f"/console/cases/{one.number}/merge/?with={other.number}").text


@pytest.mark.parametrize("typed", ["410106-9999999-9", "abc", "%00", "<b>"])
def test_an_unknown_number_is_said(client, here, typed):
    one = factories.reported(here)
    client.force_login(here.desk)

    response = client.get(f"/console/cases/{one.number}/merge/", {"with": typed})

    assert "没有找到这件事项" in response.text


def test_a_case_out_of_reach_is_not_put_beside(client, here):
    one = factories.reported(here)
    far = factories.reported(here, grid=here.neighbour_grid, words="邻格的事")
    client.force_login(here.community_head)
    assert "邻格的事" in client.get(f"/console/cases/{one.number}/merge/?with={far.number}").text
    client.force_login(here.grid_head)

    response = client.get(f"/console/cases/{one.number}/merge/?with={far.number}")

    assert "邻格的事" not in response.text


@pytest.mark.parametrize(
    ("name", "status"), [("desk", 200), ("neighbour_head", 404), ("worker", 404), ("auditor", 404)]
)
def test_insider_neighbour_and_others(client, here, name, status):
    one, _ = two(here)
    client.force_login(getattr(here, name))

    assert client.get(f"/console/cases/{one.number}/merge/").status_code == status


def test_merging_keeps_the_one_that_was_chosen(client, here):
    one, other = two(here)
    client.force_login(here.desk)

    response = client.post(f"/console/cases/{one.number}/merge/", {"into": other.number, "seen": one.version})

    assert response.status_code == 302
    one.refresh_from_db()
    assert (one.state, one.merged_into_id) == ("merged", other.pk)


def test_a_number_that_is_none_is_said_and_kept(client, here):
    one, _ = two(here)
    client.force_login(here.desk)

    response = client.post(f"/console/cases/{one.number}/merge/", {"into": "41010", "seen": one.version})

    assert response.status_code == 422
    assert "没有找到这件未结束的事项" in response.text
    assert 'value="41010"' in response.text


def test_several_go_into_one_and_each_says_what_became_of_it(client, here):
    one, other = two(here)
    third = factories.reported(here, words="路灯又坏了")
    done = factories.life(here, "cleared")
    cases = [one, other, third, done]
    said = {f"seen-{case.number}": Case.objects.get(pk=case.pk).version for case in cases}
    client.force_login(here.desk)
    page = client.get("/console/batch/merge/", {"case": [case.number for case in cases]})

    response = client.post(
        "/console/batch/merge/", {"case": [c.number for c in cases], "into": one.number, **said}
    )

    assert page.text.count('name="into"') == 4
    assert "办好 2 件，没有办成 1 件" in response.text
    assert "这件事现在是“已销号”" in response.text
    assert set(one.merged.all()) == {other, third}


def test_without_a_choice_it_asks_for_one(client, here):
    one, other = two(here)
    client.force_login(here.desk)

    response = client.post("/console/batch/merge/", {"case": [one.number, other.number]})

    assert response.status_code == 422
    assert "请选择保留哪一件。" in response.text


def test_a_merged_child_cannot_take_in_its_parent(client, here):
    one, other = two(here)
    VERBS["merge"](one, by=here.desk, at=timezone.now(), into=other)
    client.force_login(here.desk)

    response = client.post(
        f"/console/cases/{other.number}/merge/", {"into": one.number, "seen": other.version}
    )

    assert response.status_code == 422
    assert Case.objects.get(pk=other.pk).state == "reported"
