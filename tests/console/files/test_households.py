"""The list of households and one household's file: who sees which, masked, each opening a line in the log."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import COMMAND, family, household, linked_household, person, reported
from tests.markup import one_line
from yige.archive.models import Household
from yige.archive.people import actions
from yige.audit.models import LogEntry
from yige.console.files import opening
from yige.contact.models import Need, Promise, Visit

NOW = timezone.now()
OPENERS = ("grid_head", "worker", "micro")
CLOSED = ("street_head", "desk", "department", "intake", "auditor", "security", "system")


def file_of(made):
    return f"/console/households/{made.pk}/"


def lines(verb="archive.view"):
    return list(LogEntry.objects.filter(verb=verb).order_by("id").values_list("subject_id", "purpose"))


def label(here, of, kind="living_alone"):
    return actions.grant_label(of, by=COMMAND, at=NOW - timedelta(days=1), kind=kind)


@pytest.mark.parametrize("who", OPENERS)
def test_who_works_in_the_grid_sees_its_households_masked(client, here, who):
    family(here)
    family(here, path="/zz/js/9x/", name="9号楼", room="901")
    client.force_login(getattr(here, who))

    text = client.get("/console/households/").text

    assert "王*英" in text and "2单元501" in text
    assert "王小英" not in text and "19900000001" not in text
    assert "9号楼" not in text


@pytest.mark.parametrize("who", CLOSED)
def test_offices_and_heads_without_files_have_no_list_and_no_file(client, here, who):
    made = family(here)
    client.force_login(getattr(here, who))

    assert client.get("/console/households/").status_code == 404
    assert client.get(file_of(made)).status_code == 404
    assert client.post("/console/households/search/", {"how": "name", "q": "王小英"}).status_code == 404
    assert lines() == []


def test_a_party_member_sees_the_linked_households_alone(client, here):
    linked, other = linked_household(here), household(here, room="502")
    client.force_login(here.member)

    text = client.get("/console/households/").text

    assert file_of(linked) in text and file_of(other) not in text
    assert client.get(file_of(linked)).status_code == 200
    assert client.get(file_of(other)).status_code == 404


@pytest.mark.parametrize(
    "who", ["neighbour_head", "neighbour_worker", "community_head", "member", "other_registrar"]
)
def test_file_is_not_there_for_neighbours_and_strangers(client, here, who):
    made = family(here)
    client.force_login(getattr(here, who))

    for address in ("", "print/", "add-person/", "move/"):
        assert client.get(f"{file_of(made)}{address}").status_code == 404
        assert client.post(f"{file_of(made)}{address}", {"reason": "visit", "name": "张三"}).status_code in (
            404,
            405,
        )
    assert client.post(f"{file_of(made)}purpose/", {"reason": "check"}).status_code == 404
    assert lines() == [] and lines("archive.print") == []


def test_file_shows_on_one_screen_what_holds_of_the_household(client, here):
    made = family(here)
    visit = Visit.objects.create(household=made, grid_path=made.grid_path, by=here.micro, unit=here.team_unit, role_label="微网格员", mode="home", at=NOW)  # fmt: skip
    Promise.objects.create(household=made, grid_path=made.grid_path, visit=visit, words="周五送表格来", due_on=date(2020, 1, 1), first_due_on=date(2020, 1, 1), made_at=NOW, by=here.micro, unit=here.team_unit)  # fmt: skip
    Need.objects.create(household=made, grid_path=made.grid_path, visit=visit, kind="need", words="想要扶手", raised_at=NOW, by=here.micro)  # fmt: skip
    case = reported(here, household=made, by=here.micro)
    label(here, made.contact)
    client.force_login(here.micro)

    text = client.get(file_of(made)).text

    for words in ("王*英", "李*国", "199****0001", "入户", "周五送表格来", "过期没做到", "想要扶手", "欠答复", case.number, "独居", "走访时本人说的", "命令行"):  # fmt: skip
        assert words in text, words
    for secret in ("王小英", "李建国", "19900000001"):
        assert secret not in text
    assert lines() == [(str(made.pk), "")]


def test_former_homes_stay_on_the_file(client, here):
    from tests.factories import home

    made = family(here)
    actions.move_household(made, by=COMMAND, at=NOW, home=home(here, room="101", name="4号楼"), kind="rents")
    client.force_login(here.micro)

    text = client.get(file_of(made)).text

    assert "租住 向阳小院4号楼 2单元101" in text and "住在 向阳小院3号楼 2单元501" in text


def test_keeper_without_a_purpose_sees_a_stub_and_leaves_no_line(client, here):
    made = family(here)
    label(here, made.contact)
    client.force_login(here.registrar)

    stub, listed = client.get(file_of(made)).text, client.get("/console/households/").text

    assert "说明为什么看" in stub
    for words in ("王*英", "199****", "单元501", "独居"):
        assert words not in stub
    assert "独居" not in listed
    assert "说明为什么看" in client.get(f"{file_of(made)}contact/").text
    assert client.post(f"{file_of(made)}contact/", {"person": ""}).status_code == 422
    assert Household.objects.get(pk=made.pk).contact is not None
    assert lines() == []


def test_keeper_states_a_purpose_for_an_hour_of_this_household(client, here):
    made, other = family(here), family(here, room="502")
    client.force_login(here.registrar)

    refused = client.post(f"{file_of(made)}purpose/", {"reason": "curious"})
    assert (refused.status_code, "请先选查看的原因" in refused.text) == (422, True)
    client.post(f"{file_of(made)}purpose/", {"reason": "check"})

    assert "王*英" in client.get(file_of(made)).text
    assert "王*英" not in client.get(file_of(other)).text
    assert lines() == [(str(made.pk), "check")]


def test_purpose_runs_out_after_an_hour(client, here, rf):
    made = family(here)
    request = rf.get("/")
    request.session = {}
    opening.remember_purpose(request, made, "check", NOW)

    assert opening.purpose_for(request, made, NOW + timedelta(minutes=59)) == "check"
    assert opening.purpose_for(request, made, NOW + timedelta(minutes=61)) == ""


def test_many_purposes_do_not_fill_the_session(here, rf):
    request = rf.get("/")
    request.session = {}
    for place in range(60):
        opening.remember_purpose(request, Household(), "check", NOW + timedelta(seconds=place))

    assert len(request.session[opening.KEY]) == opening.MOST_PURPOSES


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"501", "502", "503"}),
        ({"label": "living_alone"}, {"501"}),
        ({"label": "key_person"}, {"501", "502", "503"}),
        ({"days": "30"}, {"501", "503"}),
        ({"willing": "1"}, {"501", "502"}),
        ({"building": "向阳小院３号楼"}, {"501", "502", "503"}),
        ({"building": "没有这栋"}, set()),
        ({"grid": "/zz/js/9/1/"}, {"501", "502", "503"}),
        ({"grid": "/zz/js/9x/"}, set()),
        ({"grid": "' OR 1", "days": "x", "page": "-1"}, {"501", "502", "503"}),
    ],
)
def test_filters_cut_the_list(client, here, query, shown):
    one, two, three = (family(here, room=room) for room in ("501", "502", "503"))
    label(here, one.contact)
    Household.objects.filter(pk=two.pk).update(met_at=NOW)
    Household.objects.filter(pk=three.pk).update(declines_until=NOW.date() + timedelta(days=30))
    client.force_login(here.grid_head)

    text = client.get("/console/households/", query).text

    assert {room for room in ("501", "502", "503") if f"2单元{room}" in text} == shown


def test_label_that_a_way_may_not_see_is_neither_shown_nor_searched(client, here):
    made = linked_household(here)
    old = person(here, made)
    label(here, old, "hardship_support")
    label(here, old, "living_alone")
    client.force_login(here.member)

    listed = client.get("/console/households/").text
    opened = client.get(file_of(made)).text

    assert "独居" in listed and "独居" in opened
    assert "困难帮扶" not in listed and "困难帮扶" not in opened
    client.force_login(here.micro)
    assert "困难帮扶" in client.get(file_of(made)).text


@pytest.mark.parametrize(("how", "q"), [("phone", "199 0000 0002"), ("name", "李建国"), ("door", "3号楼2单元501"), ("door", "2-501"), ("door", "５０１")])  # fmt: skip
def test_search_by_number_name_or_door_is_masked(client, here, how, q):
    made = family(here)
    family(here, room="502", path="/zz/js/9x/", name="9号楼")
    client.force_login(here.micro)

    page = one_line(client.post("/console/households/search/", {"how": how, "q": q}).text)

    assert file_of(made) in page and "找到 1 户" in page
    assert "199****" not in page and "9号楼" not in page
    assert lines("archive.search") == ([] if how == "door" else [("", "")])


def test_search_of_another_grid_finds_nothing_and_says_so(client, here):
    family(here)
    client.force_login(here.neighbour_worker)

    text = client.post("/console/households/search/", {"how": "name", "q": "王小英"}).text

    assert "在您能看的范围里没有找到" in text and "王*英" not in text


@pytest.mark.parametrize(("typed", "sentence"), [({"how": "name", "q": ""}, "请填写要找的内容"), ({"how": "x", "q": "王"}, "请选一种查法")])  # fmt: skip
def test_search_without_what_it_needs_says_so_at_its_field(client, here, typed, sentence):
    client.force_login(here.micro)

    response = client.post("/console/households/search/", typed)

    assert (response.status_code, sentence in response.text) == (422, True)


def test_search_too_often_has_to_wait(client, here):
    client.force_login(here.micro)

    got = [client.post("/console/households/search/", {"how": "name", "q": f"王{n}"}) for n in range(31)]

    assert [answer.status_code for answer in got] == [200] * 30 + [429]
    assert "每次查找都会记下来" in got[-1].text


def test_print_needs_a_reason_and_writes_its_line(client, here):
    made = family(here)
    client.force_login(here.micro)
    client.get(file_of(made))

    refused = client.post(f"{file_of(made)}print/", {"reason": ""})
    sheet = client.post(f"{file_of(made)}print/", {"reason": "visit"})

    assert (refused.status_code, "请先选打印的原因" in refused.text) == (422, True)
    assert "某micro" in sheet.text and "不得转发" in sheet.text and "王*英" in sheet.text
    assert "王小英" not in sheet.text and "19900000001" not in sheet.text
    assert lines("archive.print") == [(str(made.pk), "visit")]


def test_empty_list_says_so(client, here):
    client.force_login(here.micro)

    assert "还没有建档的户" in client.get("/console/households/").text


@pytest.mark.parametrize("n", [1, 3])
def test_list_query_count(client, here, n, django_assert_num_queries):
    for place in range(n):
        label(here, family(here, room=f"50{place}").contact)
    client.force_login(here.grid_head)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(5):
        response = client.get("/console/households/")

    assert response.text.count("王*英") == n


@pytest.mark.parametrize("n", [1, 3])
def test_file_query_count(client, here, n, django_assert_num_queries):
    made = family(here)
    for place in range(n):
        old = person(here, made, f"赵{place}花", phone="")
        label(here, old)
        reported(here, household=made, by=here.micro, words=f"漏水{place}")
        Need.objects.create(household=made, grid_path=made.grid_path, kind="need", words="想要扶手", raised_at=NOW, by=here.micro)  # fmt: skip
        Visit.objects.create(household=made, grid_path=made.grid_path, by=here.micro, unit=here.team_unit, role_label="微网格员", mode="home", at=NOW)  # fmt: skip
    client.force_login(here.micro)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(12):
        response = client.get(file_of(made))

    assert response.text.count("想要扶手") == n
