"""The wire for short messages speaks to a gateway, here a small one of our own on this machine."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests import factories
from tests.factories import family, life
from yige.archive.rights import signing_in
from yige.channels import wires
from yige.channels.sms import wire
from yige.clock import acts
from yige.notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PHONE = "19900000001"


class Gateway(BaseHTTPRequestHandler):
    """Keeps what it was asked, and answers with the status it is told."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *said):
        """Nothing on the screen."""


@pytest.fixture
def gateway(settings):
    with HTTPServer(("127.0.0.1", 0), Gateway) as server:
        server.asked, server.status = [], 200
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.YIGE_SMS_URL = f"http://127.0.0.1:{server.server_address[1]}/send?app=yige"
        settings.YIGE_SMS_TOKEN, settings.YIGE_SMS_SIGN = "a-token-of-the-gateway", "一格"
        yield server
        server.shutdown()


def code_asked():
    family(factories.town())
    row = signing_in.ask_code(PHONE, at=NOON)
    return row, signing_in.to_send(row.pk, at=NOON)[1]


def test_code_arrives_with_its_signature_and_in_one_message(gateway):
    row, code = code_asked()

    acts.send_notices(NOON)

    [(path, headers, said)] = gateway.asked
    assert (path, headers["Authorization"]) == ("/send?app=yige", "Bearer a-token-of-the-gateway")
    text = f"【一格】验证码 {code}，10 分钟内有效。不是您本人操作，请不用理会。"
    assert said == {
        "id": str(Notice.objects.get(subject_id=row.pk).pk), "phone": PHONE, "text": text, "sign": "一格",
    }  # fmt: skip
    assert len(text) <= 70
    assert Notice.objects.get(subject_id=row.pk).wire == "sms"


def test_reporter_with_a_phone_gets_number_and_link(gateway):
    case = life(factories.town(), until="accepted", contact={"phone": PHONE})

    acts.send_notices(NOON + timedelta(hours=1))

    said = [said for _, _, said in gateway.asked if said["phone"] == PHONE]
    assert len(said) == 2 and all(f"/c/{case.number}/" in each["text"] for each in said)  # received, accepted


@pytest.mark.parametrize("status", [302, 400, 401, 429, 500])
def test_anything_but_taken_is_a_failure_without_the_number(gateway, status):
    row, code = code_asked()
    gateway.status = status

    acts.send_notices(NOON)

    notice = Notice.objects.get(subject_id=row.pk)
    assert (notice.delivery, notice.attempts, len(gateway.asked)) == (Delivery.WAITING, 1, 1)
    assert notice.error == f"NotTaken: the gateway answered {status}"
    assert signing_in.to_send(row.pk, at=NOON)[1] == code


def test_gateway_that_is_down_is_a_failure_without_the_number(gateway, settings):
    row, _ = code_asked()
    settings.YIGE_SMS_URL = "http://127.0.0.1:9/send"

    acts.send_notices(NOON)

    assert Notice.objects.get(subject_id=row.pk).error == (
        "NotTaken: the gateway could not be reached: ConnectionRefusedError"
    )


def test_code_that_is_over_is_not_sent_late(gateway):
    row, _ = code_asked()
    gateway.status = 500
    for minutes in (0, 1, 6, 21):
        acts.send_notices(NOON + timedelta(minutes=minutes))

    notice = Notice.objects.get(subject_id=row.pk)
    assert (notice.delivery, len(gateway.asked)) == (Delivery.KEPT, 3)


def test_wire_is_off_without_its_address(settings):
    settings.YIGE_SMS_URL = ""

    assert not wire.ready()
    assert [each.WIRE_NAME for each in wires.WIRES] == ["email", "sms", "file"]
