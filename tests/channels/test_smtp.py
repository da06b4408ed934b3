"""The one real wire speaks SMTP with a real server, here a small one of our own on this machine."""

import socketserver
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy

import pytest

from tests import factories
from tests.factories import life
from yige.clock import acts
from yige.notices.models import Delivery, Notice

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class Postman(socketserver.StreamRequestHandler):
    """As much of SMTP as one letter needs; refuses readers whom the server does not know."""

    def handle(self):
        self.say("220 here")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word == "DATA":
                self.say("354 go on")
                self.server.letters.append(self.letter())
                self.say("250 kept")
            elif word.startswith("RCPT") and "UNKNOWN" in word:
                self.say("550 no such reader")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def letter(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_string(b"".join(lines).decode(), policy=policy.default)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post_office(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        server.letters, server.daemon_threads = [], True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        host, port = server.server_address
        settings.YIGE_MAIL_ON = True
        options = {"host": host, "port": port, "timeout": 5}
        settings.MAILERS = {
            "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        }
        yield server
        server.shutdown()


def accepted(address):
    case = life(factories.town(), until="accepted", contact={"email": address})
    Notice.objects.filter(
        kind="receipt"
    ).delete()  # what a report is answered with: tests/portal/test_way_back.py
    return case


@pytest.mark.django_db
def test_a_letter_arrives_with_number_and_link(post_office):
    case = accepted("neighbour@example.org")

    acts.send_notices(NOON + timedelta(hours=1))

    [letter] = post_office.letters
    assert letter["To"] == "neighbour@example.org"
    assert letter["Message-ID"].startswith(f"<{Notice.objects.get(audience='reporter').pk}@")
    assert case.number in letter["Subject"] and f"/c/{case.number}/" in letter.get_content()


@pytest.mark.django_db
def test_a_refused_reader_is_a_failure_that_is_tried_again(post_office):
    accepted("unknown@example.org")

    acts.send_notices(NOON + timedelta(hours=1))

    notice = Notice.objects.get(audience="reporter")
    assert (notice.delivery, notice.attempts) == (Delivery.WAITING, 1)
    assert notice.error.startswith("SMTPRecipientsRefused") and "unknown@" not in notice.error
    assert post_office.letters == []
