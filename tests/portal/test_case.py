"""The reporter's page: who opens it, what it tells, and every verb the reporter has."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.portal.test_report import photo
from tests.scenes import scene
from yige.cases.models import Case
from yige.cases.photos import keep_form_photos
from yige.portal import links

pytestmark = pytest.mark.django_db


@scene
def here():
    factories.category()
    return factories.town()


def recent(here, until="reported", **said):
    return factories.life(here, until, at=timezone.now() - timedelta(hours=3), **said)


def form(case=None, **said):
    seen = {"seen": case.version} if case else {}
    return {"key": str(uuid.uuid4()), **seen, **said}


def test_reporter_reads_the_timeline_with_unit_names(client, here):
    case = recent(here, "progressed")

    text = client.get(links.address(case)).text

    assert "单位team" in text
    assert "办理进展：灯头坏了，明天换" in text
    assert "某worker" not in text
    assert text.index("办理进展") < text.index("已收到您反映的问题")


@pytest.mark.parametrize("wrong", ["00000000000000000000", "x", "%20", "😀", "A" * 400])
def test_guessed_secret_is_404(client, here, wrong):
    case = recent(here)

    assert client.get(f"/c/{case.number}/{wrong}/").status_code == 404


def test_every_guess_gets_the_same_answer(here):
    case = recent(here)
    real, other = f"/c/{case.number}/{'0' * 20}/", "/c/410106-9999999-3/00000000000000000000/"

    answers = {strip_id(Client().get(path)) for path in (real, other, f"{real}sent/", f"{real}slip/")}

    assert len(answers) == 1


def test_guessing_has_to_wait(client, here):
    case = recent(here)

    answers = [client.get(f"/c/{case.number}/{'0' * 20}/").status_code for _ in range(22)]

    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.get(links.address(case)).status_code == 200


def test_link_of_another_case_opens_nothing(client, here):
    mine, other = recent(here), recent(here, words="别的一件事")

    assert client.get(f"/c/{other.number}/{links.secret(mine)}/").status_code == 404


def test_secret_is_forgiven_how_it_was_copied(client, here):
    case = recent(here)

    assert client.get(f"/c/{case.number}/{links.secret(case).lower()}/").status_code == 200


def test_page_is_kept_nowhere(client, here):
    response = client.get(links.address(recent(here)))

    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex"' in response.text


def test_add_words_and_a_photo(client, here):
    case = recent(here, "handling")

    response = client.post(
        f"{links.address(case)}add/", {**form(words="又坏了一盏"), "photos": [photo()]}, follow=True
    )

    assert "补充说明：又坏了一盏" in response.text
    small = f"{links.address(case)}photo/{case.photos.get().pk}/small/"
    assert small in response.text
    picture = client.get(small)
    assert picture.getvalue().startswith(b"\xff\xd8\xff")
    assert (picture["Content-Type"], picture["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_photo_needs_the_link_of_its_own_case(client, here):
    case, other = recent(here, "handling"), recent(here, words="别的一件事")
    client.post(f"{links.address(case)}add/", {**form(), "photos": [photo()]})
    pk = case.photos.get().pk

    assert client.get(f"/c/{case.number}/{'0' * 20}/photo/{pk}/").status_code == 404
    assert client.get(f"{links.address(other)}photo/{pk}/").status_code == 404


def test_add_nothing_is_asked_back(client, here):
    response = client.post(f"{links.address(recent(here))}add/", form(words="  "))

    assert response.status_code == 422
    assert "请写几个字，或者选一张照片" in response.text


def test_add_too_much_is_kept(client, here):
    response = client.post(f"{links.address(recent(here))}add/", form(words="长" * 1001))

    assert response.status_code == 422
    assert "最多写 1000 个字" in response.text
    assert "长" * 1001 in response.text


def test_urge_once_for_each_mark(client, here):
    case = recent(here)

    first = client.post(f"{links.address(case)}urge/", form(), follow=True)
    second = client.post(f"{links.address(case)}urge/", form())

    assert "已经催办" in first.text
    assert "催一催" not in first.text
    assert second.status_code == 409
    assert "已经催办过了" in second.text


def test_withdraw_wants_a_reason(client, here):
    case = recent(here)

    assert client.post(f"{links.address(case)}withdraw/", form(case)).status_code == 422
    client.post(f"{links.address(case)}withdraw/", form(case, words="已经好了"))
    assert Case.objects.get(pk=case.pk).state == "withdrawn"


def test_rate_solved_clears(client, here):
    case = recent(here, "closed")

    page = client.get(links.address(case)).text
    client.post(f"{links.address(case)}rate/", form(case, contacted="yes", solved="yes", satisfied="fair"))

    assert "解决得怎么样？" in page
    assert Case.objects.get(pk=case.pk).state == "cleared"
    assert case.ratings.get().satisfied == "fair"


def test_rate_not_solved_reopens(client, here):
    case = recent(here, "closed")

    client.post(
        f"{links.address(case)}rate/",
        form(case, contacted="no", solved="no", satisfied="no", words="还是黑的"),
    )

    assert Case.objects.values_list("state", "reopen_no").get(pk=case.pk) == ("accepted", 1)


def test_rate_half_answered_keeps_the_answers(client, here):
    case = recent(here, "closed")

    response = client.post(f"{links.address(case)}rate/", form(case, contacted="yes", words="就差一点"))

    assert response.status_code == 422
    assert response.text.count("请选一个。") == 4  # at each field, and in the summary above
    assert "就差一点" in response.text


def test_reopen_after_clearing(client, here):
    case = recent(here, "cleared")

    client.post(f"{links.address(case)}reopen/", form(case, words="又不亮了"))

    assert Case.objects.get(pk=case.pk).state == "accepted"


def test_reopen_is_not_offered_when_it_is_too_late(client, here):
    case = factories.life(here, "cleared", at=timezone.now() - timedelta(days=40))

    assert "还没解决？" not in client.get(links.address(case)).text
    response = client.post(f"{links.address(case)}reopen/", form(case, words="又不亮了"))
    assert response.status_code == 409
    assert "请重新上报一件" in response.text


def test_object_to_a_rejection_once(client, here):
    case = recent(here, "rejected")

    client.post(f"{links.address(case)}object/", form(case, words="就在你们辖区"))

    assert Case.objects.get(pk=case.pk).state == "reported"


def test_stale_page_is_told_what_changed(client, here):
    case = recent(here)
    stale = form(case, words="不用了")
    factories.act(
        "accept",
        case,
        by=here.desk,
        at=timezone.now(),
        category=case.category,
        urgency="normal",
        nature="public",
    )

    response = client.post(f"{links.address(case)}withdraw/", stale)

    assert response.status_code == 409
    assert "已经有了变化" in response.text
    assert "不用了" in response.text
    assert Case.objects.get(pk=case.pk).state == "accepted"


@pytest.mark.parametrize("verb", ["accept", "close", "clear", "nothing"])
def test_reporter_has_no_other_verbs(client, here, verb):
    assert client.post(f"{links.address(recent(here))}{verb}/", form(words="x")).status_code == 404


def test_verb_not_allowed_in_this_state_says_why(client, here):
    case = recent(here)

    response = client.post(f"{links.address(case)}reopen/", form(case, words="没解决"))

    assert response.status_code == 409
    assert "现在是“待受理”" in response.text


def test_double_tap_adds_once(client, here):
    case, twice = recent(here), form(words="再补一句")

    for _ in range(2):
        assert client.post(f"{links.address(case)}add/", twice).status_code == 302
    assert case.entries.filter(verb="add").count() == 1


def test_without_a_key_nothing_happens(client, here):
    response = client.post(f"{links.address(recent(here))}add/", {"words": "再补一句"})

    assert response.status_code == 422


@pytest.mark.parametrize("lines", [1, 4])
def test_page_query_count(client, here, lines, django_assert_max_num_queries):
    case = recent(here, "handling")
    for number in range(lines):
        kept, _ = keep_form_photos(f"k{number}", [photo(size=(9, 9 + number)).read()], at=timezone.now())
        factories.act(
            "add", case, by=here.worker, at=timezone.now(), words=f"第{number}句", photos=[kept[0].photo]
        )

    with django_assert_max_num_queries(8):
        client.get(links.address(case))


def test_slip_has_number_secret_and_code(client, here):
    case = recent(here)

    text = client.get(links.address(case, "slip")).text

    assert links.secret(case)[:5] + " " + links.secret(case)[5:10] in text
    assert 'class="yg-code"' in text
    assert "style=" not in text


def strip_id(response):
    return response.status_code, response.text.split("请报这个编号")[0]
