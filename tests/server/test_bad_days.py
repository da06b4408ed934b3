"""Database away, no room on the disk, a row that somebody holds: a calm page, one line, nothing lost."""

import errno
import logging
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, InternalError, OperationalError, connection, transaction
from django.test import Client, RequestFactory

from config import health
from tests.audit.sealed_log import add_line
from yige.web import bad_days


def caused(outer, inner):
    outer.__cause__ = inner
    return outer


@pytest.fixture(autouse=True)
def unquiet():
    bad_days._quiet_until.clear()
    bad_days._unsaid.clear()


# fmt: off
ERRORS = [
    (OperationalError("connection refused"),                                 "database"),
    (caused(OperationalError("x"), psycopg.errors.LockNotAvailable("x")),    "lock"),
    (caused(OperationalError("x"), psycopg.errors.QueryCanceled("x")),       "lock"),
    (caused(OperationalError("x"), psycopg.errors.DiskFull("x")),            "disk"),
    (caused(InternalError("x"), psycopg.errors.ReadOnlySqlTransaction("x")), "disk"),
    (OSError(errno.ENOSPC, "no space"),                                      "disk"),
    (caused(ValueError("x"), OSError(errno.EROFS, "read only")),             "disk"),
    (FileNotFoundError(errno.ENOENT, "gone"),                                ""),
    (IntegrityError("x"),                                                    ""),
    (KeyError("x"),                                                          ""),
]
# fmt: on


@pytest.mark.parametrize(("error", "part"), ERRORS)
def test_what_fails_is_told_by_the_error(error, part):
    assert bad_days.failing_part(error) == part


def answer(error, request):
    try:
        raise error
    except type(error):
        return bad_days.server_error(request)


def post(**headers):
    typed = {"words": "路灯不亮", "key": "k-1", "csrfmiddlewaretoken": "t", "grid": ["1", "2"]}
    return RequestFactory().post("/report/?from=qr", typed, headers=headers)


def test_what_was_typed_is_sent_again_with_one_key():
    response = answer(OperationalError("gone"), post(**{"Sec-Fetch-Site": "same-origin"}))

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "路灯不亮" in response.text
    assert 'action="/report/?from=qr"' in response.text
    assert 'name="key" value="k-1"' in response.text
    assert response.text.count('name="grid"') == 2


def test_a_form_of_another_site_is_not_sent_again():
    assert "再送一次" not in answer(OperationalError("gone"), post(**{"Sec-Fetch-Site": "cross-site"})).text


def test_a_password_is_neither_shown_nor_kept():
    request = RequestFactory().post(
        "/accounts/login/", {"login": "desk", "password": "geheim"}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    text = answer(OperationalError("gone"), request).text

    assert "geheim" not in text
    assert "再送一次" not in text


def test_a_program_is_answered_in_json():
    response = answer(
        OSError(errno.ENOSPC, "full"), RequestFactory().get("/x/", headers={"Accept": "application/json"})
    )

    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/json")
    assert b'"part": "disk"' in response.content


def test_an_error_of_ours_stays_an_error():
    assert answer(KeyError("x"), RequestFactory().get("/x/")).status_code == 500


def test_many_requests_leave_one_line_without_a_trace_and_without_words_of_the_error(caplog):
    for _ in range(200):
        answer(OperationalError("host 10.0.0.7 user yige"), RequestFactory().get("/x/"))

    lines = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [(line.getMessage(), line.exc_info) for line in lines] == [
        ("database fails: OperationalError, 1 requests", None)
    ]


@pytest.mark.django_db
def test_through_the_whole_door_a_page_without_database_is_calm(caplog, monkeypatch):
    def away(*_, **__):
        raise OperationalError("connection refused")

    client = Client(raise_request_exception=False)
    monkeypatch.setattr(connection, "cursor", away)
    got = [client.get("/ledger/") for _ in range(20)]

    assert {(one.status_code, one["Retry-After"]) for one in got} == {(503, "30")}
    assert "系统暂时用不了" in got[0].text
    assert len([line for line in caplog.records if line.levelno >= logging.ERROR]) == 1


@pytest.mark.django_db
def test_a_table_that_somebody_holds_is_a_calm_page_within_the_limit():
    said = connection.get_connection_params()
    with psycopg.connect(
        **{name: said[name] for name in ("host", "port", "dbname", "user", "password")}
    ) as other:
        other.execute("LOCK TABLE cases_case IN ACCESS EXCLUSIVE MODE")
        mark = transaction.savepoint_create()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")

        response = Client(raise_request_exception=False).get("/ledger/")

        transaction.savepoint_rollback(mark)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "这一步正有人在办" in response.text


@pytest.mark.django_db
def test_health_names_each_part(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.text == "ok\ndatabase: ok\ndisk: ok\nworker: none\nsealing: ok\n"


@pytest.mark.django_db
def test_health_says_that_the_worker_is_late(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')"
        )

    assert client.get("/healthz").text.endswith("worker: late\nsealing: ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "words"), [(5, "ok"), (15, "late"), (300, "stopped")])
def test_health_says_that_the_log_is_not_sealed(client, settings, tmp_path, minutes, words):
    settings.MEDIA_ROOT = tmp_path
    add_line(transaction=3, written_at=f"now() - interval '{minutes} minutes'")

    response = client.get("/healthz")

    assert (response.status_code, response.text.splitlines()[-1]) == (200, f"sealing: {words}")


@pytest.mark.django_db
def test_without_a_disk_health_is_503_and_says_only_which(client, settings):
    settings.MEDIA_ROOT = Path("/proc/nowhere")

    response = client.get("/healthz")

    assert (response.status_code, response.text.splitlines()[:3]) == (
        503, ["not serving", "database: ok", "disk: does not answer"],
    )  # fmt: skip


def test_without_a_database_health_is_503_and_says_only_which(client, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(connection, "cursor", lambda: 1 / 0)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert (
        response.text
        == "not serving\ndatabase: does not answer\ndisk: ok\nworker: does not answer\nsealing: does not answer\n"
    )
    assert health.OK not in response.text.splitlines()
