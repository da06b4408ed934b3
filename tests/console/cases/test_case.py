"""The page of a case: who sees it, what it says, what it leaves out."""

import pytest
from django.utils import timezone

from tests import factories
from yige.cases.models import Card, Photo
from yige.cases.models.photos import PhotoKind
from yige.steps.verbs import VERBS

SCRIPT = "<script>alert('路灯')</script>{{ 7|add:7 }}"


def page(client, user, case, query=""):
    client.force_login(user)
    return client.get(f"/console/cases/{case.number}/{query}")


@pytest.mark.parametrize("name", ["desk", "street_head", "community_head", "grid_head", "worker"])
def test_those_over_the_place_and_the_handler_see_it(client, here, name):
    case = factories.life(here, "handling")

    response = page(client, getattr(here, name), case)

    assert response.status_code == 200
    assert "路灯不亮好几天了" in response.text
    assert case.number in response.text


@pytest.mark.parametrize(
    "name",
    [
        "neighbour_head",
        "neighbour_worker",
        "other_desk",
        "department",
        "micro",
        "intake",
        "auditor",
        "security",
        "system",
    ],
)
def test_neighbours_other_units_and_administrators_find_nothing(client, here, name):
    case = factories.life(here, "handling")

    response = page(client, getattr(here, name), case)

    assert response.status_code == 404
    assert "路灯" not in response.text


def test_a_former_head_is_told_that_there_is_no_post(client, here):
    case = factories.life(here, "handling")

    response = page(client, here.former, case)

    assert response.status_code == 403
    assert "没有在任的岗位" in response.text


def test_a_stranger_is_asked_to_log_in(client, here):
    case = factories.life(here, "handling")

    response = client.get(f"/console/cases/{case.number}/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/console/cases/")


def test_a_department_sees_only_what_was_handed_to_it(client, here):
    theirs = factories.life(here, "accepted")
    theirs = VERBS["dispatch"](
        theirs, by=here.desk, at=timezone.now(), unit=here.bureau_unit, person=None, words=""
    )
    others = factories.life(here, "handling")

    assert page(client, here.department, theirs).status_code == 200
    assert page(client, here.department, others).status_code == 404


def test_a_mistyped_number_is_no_page(client, here):
    case = factories.reported(here)
    wrong = case.number[:-1] + str((int(case.number[-1]) + 1) % 10)
    client.force_login(here.desk)

    assert client.get(f"/console/cases/{wrong}/").status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_the_statements_do_not_grow_with_the_timeline(client, here, lines, django_assert_max_num_queries):
    case = factories.life(here, "handling")
    for place in range(lines):
        VERBS["progress"](case, by=here.worker, at=timezone.now(), words=f"第{place}次进展")
    client.force_login(here.desk)
    client.get(f"/console/cases/{case.number}/")

    with django_assert_max_num_queries(12):
        response = client.get(f"/console/cases/{case.number}/")

    assert response.text.count("次进展") >= lines


def test_what_people_typed_stays_text(client, here):
    case = factories.reported(here, words=SCRIPT, place='"><img src=x onerror=alert(1)>')

    response = page(client, here.desk, case)

    assert "<script>alert(" not in response.text
    assert "&lt;script&gt;alert(" in response.text
    assert "{{ 7|add:7 }}" in response.text
    assert "<img src=x" not in response.text


def test_the_next_act_is_open_and_the_others_are_offered(client, here):
    case = factories.reported(here)

    response = page(client, here.desk, case)

    assert f'action="/console/cases/{case.number}/accept/"' in response.text
    assert "?do=reject" in response.text
    assert "?do=finish" not in response.text


def test_another_act_opens_by_its_link_and_alone_for_htmx(client, here):
    case = factories.reported(here)
    client.force_login(here.desk)

    whole = client.get(f"/console/cases/{case.number}/?do=reject")
    part = client.get(f"/console/cases/{case.number}/?do=reject", headers={"HX-Request": "true"})

    assert f'action="/console/cases/{case.number}/reject/"' in whole.text
    assert f'action="/console/cases/{case.number}/reject/"' in part.text
    assert "<html" not in part.text


def test_why_the_rest_is_not_allowed_is_told_on_demand(client, here):
    case = factories.reported(here)

    assert "“处置完成”要由承办人、承办单位的人来做。" in page(client, here.desk, case, "?why=1").text
    assert "要由承办人" not in page(client, here.desk, case).text


@pytest.mark.parametrize(
    "query", ["?do=nonsense", "?do=", "?why=", "?do=object", "?do=report", "?do=%3Cscript%3E"]
)
def test_nonsense_in_the_address_is_the_plain_page(client, here, query):
    case = factories.reported(here)

    assert page(client, here.desk, case, query).status_code == 200


def test_the_contact_is_masked_until_it_is_revealed_for_a_reason(client, here):
    case = factories.reported(here, contact={"name": "王小英", "phone": "19900001234"})
    client.force_login(here.desk)
    address = f"/console/cases/{case.number}/contact/reveal/"

    before = client.get(f"/console/cases/{case.number}/")
    refused = client.post(address, {"reason": "好奇"})
    shown = client.post(address, {"reason": "回访"}, headers={"HX-Request": "true"})

    assert "199****1234" in before.text
    assert "19900001234" not in before.text
    assert refused.status_code == 422
    assert "请选择查看的原因" in refused.text
    assert "19900001234" not in refused.text
    assert "19900001234" in shown.text
    assert 'data-yg-hide-after="300"' in shown.text
    assert "no-store" in shown["Cache-Control"]


def test_the_level_1_head_may_not_reveal(client, here):
    case = factories.reported(here, contact={"phone": "19900001234"})
    client.force_login(here.street_head)

    response = client.post(f"/console/cases/{case.number}/contact/reveal/", {"reason": "回访"})

    assert response.status_code == 422
    assert "19900001234" not in response.text


def test_a_neighbour_cannot_reveal(client, here):
    case = factories.reported(here, contact={"phone": "19900001234"})
    client.force_login(here.neighbour_head)

    response = client.post(f"/console/cases/{case.number}/contact/reveal/", {"reason": "回访"})

    assert response.status_code == 404


def card_on(case):
    return Card.objects.create(
        case=case, at=timezone.now(), unit=case.unit, mark="day1", colour="yellow", reason="当天没有做到"
    )


def test_a_card_is_appealed_once_and_answered(client, here):
    case = factories.life(here, "handling")
    card = card_on(case)
    address = f"/console/cases/{case.number}/cards/{card.pk}"
    client.force_login(here.worker)

    empty = client.post(f"{address}/appeal/", {"words": "  "})
    done = client.post(f"{address}/appeal/", {"words": "当天停电"})
    again = client.post(f"{address}/appeal/", {"words": "再说一次"})
    client.force_login(here.desk)
    lifted = client.post(f"{address}/answer/", {"words": "情况属实", "lift": "yes"})

    assert (empty.status_code, done.status_code, again.status_code, lifted.status_code) == (
        422,
        302,
        409,
        302,
    )
    assert "请写明理由。" in empty.text
    assert "再说一次" in again.text
    card.refresh_from_db()
    assert card.appeal == "当天停电"
    assert card.lifted_at is not None


def test_a_photo_is_for_those_who_see_the_case(client, here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = factories.life(here, "handling")
    name = "ab" + "x" * 30 + ".jpg"
    photo = Photo.objects.create(
        case=case, kind=PhotoKind.REPORT, file_name=name, width=4, height=3, kept_at=timezone.now()
    )
    (tmp_path / "photos/ab").mkdir(parents=True)
    (tmp_path / "photos/ab" / name).write_bytes(b"\xff\xd8\xffwhole")
    client.force_login(here.worker)
    seen = client.get(f"/console/photos/{photo.pk}/")
    lost = client.get(f"/console/photos/{photo.pk}/small/")
    client.force_login(here.neighbour_head)
    unseen = client.get(f"/console/photos/{photo.pk}/")

    assert b"".join(seen.streaming_content) == b"\xff\xd8\xffwhole"
    assert seen["Content-Type"] == "image/jpeg"
    assert seen["X-Content-Type-Options"] == "nosniff"
    assert "private" in seen["Cache-Control"]
    assert lost.status_code == 404
    assert unseen.status_code == 404


def test_merged_and_recurring_cases_are_named_in_both_directions(client, here):
    stays = factories.reported(here)
    goes = factories.reported(here, words="路灯坏了请修")
    VERBS["merge"](goes, by=here.desk, at=timezone.now(), into=stays)

    assert goes.number in page(client, here.desk, stays).text
    assert stays.number in page(client, here.desk, goes).text


def test_late_and_parked_are_said_in_words(client, here):
    late = factories.life(here, "handling")

    response = page(client, here.desk, late)

    assert "已超时" in response.text
    assert "责任时限，17点后收到的从次日算" in response.text and "还要做到：" in response.text


@pytest.mark.parametrize(
    ("who", "told"), [("micro", True), ("grid_head", True), ("department", False), ("desk", False)]
)
def test_household_of_a_case_is_only_told_to_who_may_open_its_file(client, here, who, told):
    made = factories.family(here)
    case = factories.reported(here, household=made, by=here.micro, grid=here.micro_grid)
    said = {"category": case.category, "urgency": "normal", "nature": "public"}
    factories.act("accept", case, by=here.desk, at=factories.MONDAY_NOON, **said)
    factories.act("dispatch", case, by=here.desk, at=factories.MONDAY_NOON, unit=here.bureau_unit)

    response = page(client, getattr(here, who), case)

    assert response.status_code == 200
    assert (f"/console/households/{made.pk}/" in response.text, str(made.pk) in response.text) == (told, told)
