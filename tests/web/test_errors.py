import pytest
from django.test import Client, RequestFactory

from yige.web import errors


@pytest.mark.parametrize("status", sorted(errors.SAID))
def test_error_page_speaks_and_shows_a_way_on(status):
    response = errors.page(RequestFactory().get("/x/"), status)

    assert response.status_code == status
    assert errors.SAID[status][0] in response.text
    assert 'href="/"' in response.text
    assert "tel:119" in response.text


def test_error_page_at_the_desk_leads_back_to_the_desk():
    assert 'href="/console/"' in errors.page(RequestFactory().get("/console/cases/"), 404).text


def test_unknown_address_is_a_calm_404():
    response = Client().get("/nothing/here/")

    assert response.status_code == 404
    assert "没有这个页面" in response.text


def failed(**headers):
    request = RequestFactory().post(
        "/report/",
        {"words": "路灯<b>不亮", "key": "abc", "password": "geheim", "csrfmiddlewaretoken": "old"},
        headers=headers,
    )
    return errors.csrf_failure(request)


def test_stale_form_of_a_resident_is_given_back_to_send_again():
    text = failed(**{"Sec-Fetch-Site": "same-origin"}).text

    assert "路灯&lt;b&gt;不亮" in text
    assert 'action="/report/"' in text
    assert "geheim" not in text.split("<form")[0]


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}]
)
def test_form_from_elsewhere_cannot_be_sent_again(headers):
    response = failed(**headers)

    assert response.status_code == 403
    assert "<form" not in response.text
    assert "路灯" in response.text
