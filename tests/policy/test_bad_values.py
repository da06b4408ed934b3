"""No address, whatever is sent to it by whomever, is answered by a failure of the server."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import PEOPLE
from tests.policy import places, residents
from tests.policy.bad_values import Fuzz
from tests.scenes import scene
from yige.portal.resident import COOKIE
from yige.steps.typed_fields import FAR_OFF

QUICK, LONG = 2_000, 30_000


@scene
def fuzzed(here):
    """One of everything, and the cookies of everybody: a log-in, a resident's, and none."""
    values = places.make(here)
    cookies = {"": {}}
    for name in (*PEOPLE, "former", "idle"):
        client = Client()
        client.force_login(getattr(here, name))
        cookies[name] = {key: morsel.value for key, morsel in client.cookies.items()}
    cookies["resident"] = {COOKIE: residents.signed_in(here, timezone.now())[1]}
    return values, cookies


def told(failed):
    return "\n".join(f"{fault} · {sent}"[:900] for sent, fault in failed.values())


def test_no_nonsense_makes_the_server_fail(fuzzed):
    assert (
        told(
            Fuzz(*fuzzed, seed=int(__import__("os").environ.get("FUZZ_SEED", 1))).run(
                int(__import__("os").environ.get("FUZZ_N", QUICK))
            )
        )
        == ""
    )


NAMED = (
    #  who       method  address                      half a pair, an id that is none, the last day of time
    ("",        "post", "/report/",                   {"words": "路灯不亮", "lon": "113.6"}),
    ("",        "post", "/report/",                   {"words": "路灯不亮", "lat": "34.7", "grid": "x"}),
    ("worker",  "post", "/work/patrol/start/",        {"grid": "x"}),
    ("worker",  "post", "/work/patrol/start/",        {"route": "x"}),
    ("auditor", "get",  "/console/audit/",            {"until": "9999-12-31"}),
    ("auditor", "get",  "/console/audit/export/",     {"until": "9999-12-31"}),
    ("desk",    "get",  "/console/cases/",            {"until": "9999-12-31", "since": "0001-01-01"}),
    ("system",  "get",  "/console/calendar/9999-12-31/forget/", {}),
    ("worker",  "get",  "/console/buildings/new/",    {"lon": "113.6"}),
    ("registrar", "post", "/console/buildings/new/",  {"estate": "院", "name": "1号楼", "kind": "housing", "lon": "1"}),
    ("system", "post", "/console/grids/zz-js-9/outline/", {"file-clear": "on", "crs": "wgs84"}),
    ("registrar", "get", "/console/requests/new/",    {"person": "-" * 36}),
)  # fmt: skip


@pytest.mark.parametrize(("who", "method", "address", "said"), NAMED)
def test_what_once_made_it_fail_is_answered_calmly(here, client, who, method, address, said):
    client.raise_request_exception = False
    if who:
        client.force_login(getattr(here, who))

    assert getattr(client, method)(address, said, follow=True).status_code in (200, 404, 405, 422)


@pytest.mark.parametrize(
    ("who", "address", "said", "sentence"),
    [
        ("auditor", "/console/audit/", {"until": "9999-12-31"}, FAR_OFF),
        ("auditor", "/console/audit/", {"number": "x"}, "没有这个编号"),
    ],
)
def test_what_a_person_typed_is_answered_where_it_was_typed(here, client, who, address, said, sentence):
    client.force_login(getattr(here, who))

    page = client.get(address, said)

    assert page.status_code == 422
    assert sentence in page.text
    assert next(iter(said.values())) in page.text


def test_half_a_pair_asks_for_the_other_half_beside_it(here, client):
    client.force_login(here.registrar)

    page = client.post(
        "/console/buildings/new/", {"estate": "院", "name": "1号楼", "kind": "housing", "lon": "113.6"}
    )

    assert page.status_code == 422
    assert "经度和纬度要一起填，或都不填。" in page.text


@pytest.mark.slow
def test_no_nonsense_makes_the_server_fail_however_long_it_is_tried(fuzzed):
    assert told(Fuzz(*fuzzed, seed=2).run(LONG)) == ""
