"""What a resident does on the own pages: take a label back, ask, decline visits, book an hour; only for oneself and wards."""

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import family, household
from tests.portal.residents import ago, child_of, resident, slot
from tests.scenes import scene
from yige.archive import labels
from yige.archive.models import (
    Household,
    Label,
    Person,
    RightsRequest,
)
from yige.archive.people import access, actions
from yige.archive.rights import requests
from yige.contact.models import Appointment

pytestmark = pytest.mark.django_db


@scene
def here():
    town = factories.town()
    town.family = family(town)
    town.old, town.spouse = Person.objects.of(town.family).order_by("made_at", "id")
    return town


def test_label_is_taken_back_by_its_owner_with_one_confirmation(here, client):
    label = actions.grant_label(here.old, by=here.micro, at=ago(days=1), kind="living_alone")
    others = actions.grant_label(here.spouse, by=here.micro, at=ago(days=1), kind="veteran")
    resident(client)

    file = client.get("/my/file/").text
    asked = client.get(f"/my/labels/{label.pk}/withdraw/")
    done = client.post(f"/my/labels/{label.pk}/withdraw/", follow=True)

    assert "撤回“独居”" in file and "退役军人" not in file
    assert labels.LABEL_BY_NAME["living_alone"].purpose in asked.text
    assert Label.objects.get(pk=label.pk).withdrawn_at
    assert "已经撤回" in done.text and "撤回“独居”" not in done.text
    assert client.post(f"/my/labels/{others.pk}/withdraw/").status_code == 404
    assert Label.objects.get(pk=others.pk).withdrawn_at is None


def test_guardian_reads_and_asks_for_the_child_and_nobody_else_does(here, client):
    child = child_of(here, here.old)
    access.view(child, by=here.micro, at=ago(hours=1), household=here.family, reason="care")
    resident(client)

    file, looks = client.get(f"/my/file/{child.pk}/").text, client.get(f"/my/looks/{child.pk}/").text
    asked = client.post(f"/my/requests/new/{child.pk}/", {"kind": "explain", "words": "为什么看孩子的"})
    client.cookies.clear()
    resident(client, "19900000002")

    assert "王小宝" in file and "您" in file
    assert "单位team · 微网格员" in looks
    assert (asked["Location"], RightsRequest.objects.get().person) == ("/my/requests/", child)
    for path in ("file", "looks", "requests/new"):
        assert client.get(f"/my/{path}/{child.pk}/").status_code == 404
        assert client.get(f"/my/{path}/{here.old.pk}/").status_code == 404


def test_request_is_asked_once_and_its_answer_is_read(here, client):
    resident(client)
    said = {"kind": "correct", "field": "who", "words": "应该是王小瑛", "key": "k" * 24}

    done = client.post("/my/requests/new/", said, follow=True)
    client.post("/my/requests/new/", said)
    row = RightsRequest.objects.get()
    requests.answer(row, by=here.registrar, at=timezone.now(), granted=True, words="改好了，谢谢您")

    assert "提好了" in done.text and "最迟" in done.text
    assert (row.field, row.words, row.taken_by) == ("who", "应该是王小瑛", None)
    assert "改好了，谢谢您" in client.get("/my/requests/").text


def test_refused_request_keeps_what_was_typed(here, client):
    resident(client)

    page = client.post("/my/requests/new/", {"kind": "", "field": "phone", "words": "别再打这个电话"})

    assert page.status_code == 422
    assert "请选一个" in page.text and "别再打这个电话" in page.text
    assert '<option value="phone" selected>' in page.text


def test_deletion_that_was_granted_says_that_a_second_person_looks(here, client):
    resident(client)
    client.post("/my/requests/new/", {"kind": "delete", "words": ""})
    row = RightsRequest.objects.get()
    requests.answer(row, by=here.registrar, at=timezone.now(), granted=True, words="同意")

    page = client.get("/my/requests/").text
    requests.agree_deletion(row, by=here.second_registrar, at=timezone.now())

    assert "等第二人复核" in page
    assert client.get("/my/requests/")["Location"] == "/my/sign-in/"


def test_no_visits_are_wished_for_some_months_and_that_is_taken_back(here, client):
    resident(client)

    done = client.post("/my/visits/decline/", {"months": "6"}, follow=True)
    until = Household.objects.get(pk=here.family.pk).declines_until
    wrong = client.post("/my/visits/decline/", {"months": "600"})
    back = client.post("/my/visits/decline/", {"back": "1"}, follow=True)

    assert 180 <= (until - timezone.localdate()).days <= 185
    assert "前不上门走访" in done.text and "没有任何影响" in done.text
    assert wrong.status_code == 422
    assert "走访照常" in back.text
    assert Household.objects.get(pk=here.family.pk).declines_until is None


def test_hour_of_the_own_area_is_booked_and_given_back(here, client):
    free = slot(here)
    slot(here, path="/zz/js/9x/", place="邻网格站")
    full = slot(here, place="坐满的站")
    neighbour = household(here, room="601")
    Appointment.objects.create(
        slot=full, household=neighbour, grid_path="/zz/js/9/1/", booked_at=timezone.now()
    )
    resident(client)

    offered = client.get("/my/visits/").text
    booked = client.post(f"/my/slots/{free.pk}/book/", {"words": "想说加装电梯"}, follow=True).text
    row = Appointment.objects.get(slot=free)
    gone = client.post(f"/my/appointments/{row.pk}/cancel/", follow=True).text

    assert "网格站" in offered and "邻网格站" not in offered and "坐满的站" not in offered
    assert "约好了" in booked
    assert (row.household, row.person, row.words) == (here.family, here.old, "想说加装电梯")
    assert "已经取消" in gone
    assert client.post(f"/my/slots/{full.pk}/book/", {"words": ""}).status_code == 404
    assert client.post(f"/my/appointments/{Appointment.objects.get(slot=full).pk}/cancel/").status_code == 404
