"""One person's file and what may be done to it: refusals at their field, what was typed kept, children apart."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import COMMAND, family, person
from tests.scenes import scene
from yige.archive.models import Label, Person
from yige.archive.people import actions, sealing
from yige.audit.models import LogEntry

NOW = timezone.now()


def file_of(someone):
    return f"/console/people/{someone.pk}/"


def lines(verb="archive.view"):
    return list(LogEntry.objects.filter(verb=verb).order_by("id").values_list("subject_id", "purpose"))


@scene
def made(here):
    return family(here)


@scene
def old(made):
    return made.contact


@scene
def child(here, old, made):
    mother = person(here, made, "周丽", birth_year=1990, phone="19900000003")
    return person(here, made, "王小宝", birth_year=NOW.year - 6, phone="", guardian=mother)


def test_person_is_shown_masked_with_where_each_field_comes_from(client, here, old):
    actions.grant_label(old, by=here.micro, at=NOW, kind="living_alone")
    client.force_login(here.micro)

    text = client.get(file_of(old)).text

    for words in ("王*英", "199****0001", "1948", "独居", "出事有人知道", "本人同意", "走访时本人说的", "某micro", "向阳小院3号楼"):  # fmt: skip
        assert words in text, words
    assert "王小英" not in text and "19900000001" not in text
    assert lines() == [(str(old.pk), "")]


@pytest.mark.parametrize("who", ["neighbour_head", "neighbour_worker", "community_head", "member", "other_registrar", "street_head", "desk", "department", "auditor"])  # fmt: skip
def test_person_is_not_there_for_neighbours_and_strangers(client, here, old, who):
    label = actions.grant_label(old, by=COMMAND, at=NOW, kind="living_alone")
    client.force_login(getattr(here, who))

    assert client.get(file_of(old)).status_code == 404
    for address in ("describe/", "label/", "leave/", "reveal/"):
        said = {"field": "phone", "reason": "visit", "name": "李四"}
        assert client.post(f"{file_of(old)}{address}", said).status_code == 404
    assert client.post(f"/console/labels/{label.pk}/withdraw/").status_code == 404
    assert lines() == [] and Label.objects.get().withdrawn_at is None


def test_alias_leads_to_the_file_that_was_kept(client, here, made, old):
    alias = person(here, made, "王晓英", phone="")
    Person.objects.filter(pk=alias.pk).update(merged_into=old)
    client.force_login(here.micro)

    response = client.get(file_of(alias))

    assert (response.status_code, response["Location"]) == (302, file_of(old))
    assert client.post(f"{file_of(alias)}reveal/", {"field": "name", "reason": "visit"}).status_code == 404


def test_removed_person_and_one_who_left_have_no_page(client, here, made, old):
    actions.leave(old, by=here.micro, at=NOW)
    client.force_login(here.micro)

    assert client.get(file_of(old)).status_code == 404
    gone = Person.objects.of(made).get()
    Person.objects.filter(pk=gone.pk).update(
        removed_at=NOW, name_sealed=None, phone_sealed=None, identity_sealed=None, emergency_sealed=None
    )
    assert client.get(file_of(gone)).status_code == 404


def test_keeper_needs_the_purpose_of_the_household(client, here, made, old):
    client.force_login(here.registrar)

    assert "说明为什么看" in client.get(file_of(old)).text
    client.post(f"/console/households/{made.pk}/purpose/", {"reason": "request"})

    assert "王*英" in client.get(file_of(old)).text
    assert lines() == [(str(old.pk), "request")]


def test_child_is_only_told_to_be_there_and_whose(client, here, made, child):
    client.force_login(here.micro)

    text = client.get(f"/console/households/{made.pk}/").text

    assert "未满十四岁" in text and "监护人 周*" in text
    assert "王*宝" not in text and "王小宝" not in text and f"{NOW.year - 6}" not in text


def test_file_of_a_child_opens_for_a_few_purposes_and_shows_the_guardian(client, here, made, child):
    client.force_login(here.micro)
    address = f"/console/households/{made.pk}/purpose/"

    assert "看之前要说明为什么" in client.get(file_of(child)).text
    client.post(address, {"reason": "visit"})
    assert "只为本人要的服务" in client.get(file_of(child)).text
    back = client.post(address, {"reason": "care", "person": str(child.pk)})
    text = client.get(back["Location"]).text

    assert back["Location"] == file_of(child)
    assert "请找监护人" in text and "周*" in text and "王小宝" not in text
    assert lines() == [(str(child.pk), "care")]


def test_adding_a_person_keeps_what_was_typed_beside_each_fault(client, here, made):
    client.force_login(here.micro)
    address = f"/console/households/{made.pk}/add-person/"
    typed = {"name": "赵六", "birth_year": str(NOW.year - 3), "phone": "12", "relation": "child"}

    refused = client.post(address, typed)

    assert refused.status_code == 422
    for words in (
        "请先登记监护人",
        "不登记自己的电话",
        'value="赵六"',
        f'value="{NOW.year - 3}"',
        'value="12"',
    ):
        assert words in refused.text, words
    added = client.post(address, typed | {"birth_year": "1970", "phone": "19900000007"})
    assert added["Location"] == f"/console/households/{made.pk}/"
    assert Person.objects.of(made).count() == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"name": "赵六", "birth_year": "一九"}, "出生年写四位数"),
        ({"name": "赵六", "relation": "boss"}, "请从列表里选"),
        ({"name": "赵" * 90}, "最多 80 个字"),
        ({"name": "赵六", "since": "2199-01-01"}, "日期不能在今天以后"),
        ({"name": "赵六", "guardian": "x"}, "请从列表里选"),
    ],
)
def test_each_fault_of_a_new_person_has_its_sentence(client, here, made, typed, sentence):
    client.force_login(here.micro)

    refused = client.post(f"/console/households/{made.pk}/add-person/", typed)

    assert (refused.status_code, Person.objects.of(made).count()) == (422, 2)
    assert sentence in refused.text


def test_describing_shows_no_number_and_leaves_what_is_empty(client, here, old):
    client.force_login(here.micro)
    address = f"{file_of(old)}describe/"

    form = client.get(address).text
    said = {
        "seen": "1",
        "relation": "head",
        "birth_year": "1950",
        "sex": "2",
        "emergency": "女儿 19900000008",
    }
    client.post(address, said)

    assert "199****0001" in form and "19900000001" not in form and "王小英" not in form
    after = Person.objects.get(pk=old.pk)
    assert (after.birth_year, after.relation, sealing.open_value(after, "phone")) == (
        1950,
        "head",
        "19900000001",
    )
    assert sealing.open_value(after, "emergency") == "女儿 19900000008"


def test_year_of_a_child_is_not_emptied(client, here, made, child):
    client.force_login(here.micro)
    client.post(f"/console/households/{made.pk}/purpose/", {"reason": "check"})
    said = {"seen": "1", "sex": "0", "birth_year": "", "guardian": ""}

    refused = client.post(f"{file_of(child)}describe/", said)
    client.post(f"{file_of(child)}describe/", said | {"guardian": str(child.guardian_id)})

    after = Person.objects.get(pk=child.pk)
    assert (refused.status_code, "请先登记监护人" in refused.text) == (422, True)
    assert (after.birth_year, after.guardian_id) == (NOW.year - 6, child.guardian_id)


def test_phone_can_be_taken_out_and_an_old_page_is_told(client, here, old):
    client.force_login(here.micro)
    address = f"{file_of(old)}describe/"

    both = client.post(address, {"seen": "1", "sex": "0", "phone": "19900000009", "no_phone": "on"})
    client.post(address, {"seen": "1", "sex": "0", "birth_year": "1948", "no_phone": "on"})
    late = client.post(address, {"seen": "1", "sex": "0", "birth_year": "1949"})

    assert (both.status_code, "不能两样都要" in both.text) == (422, True)
    assert (late.status_code, "已经有人改过" in late.text) == (409, True)
    after = Person.objects.get(pk=old.pk)
    assert (after.phone_sealed, after.birth_year) == (None, 1948)


def test_label_needs_consent_that_is_not_ticked_beforehand(client, here, old):
    client.force_login(here.micro)
    address, said = f"{file_of(old)}label/", {"kind": "living_alone", "granted_by": "person", "months": "12"}

    form, refused = client.get(address).text, client.post(address, said)

    assert "本人同意（个人信息保护法第十三条第一项）" in form and "checked" not in form
    assert (refused.status_code, "要先问过本人或监护人" in refused.text) == (422, True)
    assert client.post(address, said | {"kind": "key_person", "agreed": "on"}).status_code == 422
    client.post(address, said | {"agreed": "on"})
    assert [label.kind for label in old.labels.all()] == ["living_alone"]


def test_label_is_taken_back_in_one_step(client, here, old):
    label = actions.grant_label(old, by=here.micro, at=NOW - timedelta(minutes=1), kind="living_alone")
    client.force_login(here.micro)

    client.post(f"/console/labels/{label.pk}/withdraw/")

    assert Label.objects.get().withdrawn_at is not None
    assert client.post(f"/console/labels/{label.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_person_query_count(client, here, made, old, n, django_assert_num_queries):
    for kind in ("living_alone", "mobility_help", "veteran")[:n]:
        actions.grant_label(old, by=here.micro, at=NOW, kind=kind)
    client.force_login(here.micro)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(9):
        response = client.get(file_of(old))

    assert response.text.count("用来：") == n
