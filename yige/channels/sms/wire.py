"""Short messages by an HTTPS gateway: on when YIGE_SMS_URL is set. What a gateway has to understand: docs/operations.md."""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

WIRE_NAME = "sms"
SECONDS = 10


class NotTaken(Exception):
    """The gateway did not take a message; neither the number nor the words are quoted."""


def ready():
    return bool(settings.YIGE_SMS_URL)


def can_reach(recipient):
    return bool(recipient.phone)


def send_message(message, recipient):
    """Hand one message to the gateway; 2xx is taken, everything else, a redirect too, is a failure."""
    sign = settings.YIGE_SMS_SIGN
    said = {"id": message.id, "phone": recipient.phone, "text": f"【{sign}】{message.text}", "sign": sign}
    status = _post(settings.YIGE_SMS_URL, json.dumps(said).encode())
    if not 200 <= status < 300:
        raise NotTaken(f"the gateway answered {status}")


def _post(address, body):
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.hostname, parts.port, timeout=SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.YIGE_SMS_TOKEN}"}
    try:
        line.request("POST", path, body, headers)
        return line.getresponse().status
    except (OSError, HTTPException) as error:
        # Its own words may quote what was sent.
        raise NotTaken(f"the gateway could not be reached: {type(error).__name__}") from None
    finally:
        line.close()
