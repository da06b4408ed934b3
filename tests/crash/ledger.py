"""Residents who do not give up: each sends a report until it is acknowledged, and writes down what happened."""

import http.client
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

GIVE_UP = 90


@dataclass
class Line:
    """One report in the ledger of a client: the word that marks it, its tries, and the acknowledgement."""

    mark: str
    tries: list = field(default_factory=list)
    number: str = ""


class Residents:
    """So many clients at once; `fresh_keys` is the negative control that sends every try under a new key."""

    def __init__(self, url, code, *, count=8, fresh_keys=False):
        self.host, self.code, self.fresh_keys = urlsplit(url).netloc, code, fresh_keys
        self.ledger, self.over = [], threading.Event()
        self.threads = [threading.Thread(target=self.live, args=(n,)) for n in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(GIVE_UP * 2)

    @property
    def acked(self):
        return [line for line in self.ledger if line.number]

    def live(self, number):
        form = None
        while not self.over.is_set():
            form = form or self.open_form()
            line = Line(f"标记{number}x{uuid.uuid4().hex}")
            self.ledger.append(line)
            self.send(line, form)

    def open_form(self):
        until = time.monotonic() + GIVE_UP
        while time.monotonic() < until:
            try:
                status, text, cookies = self.ask("GET", "/report/")
                if status == 200:
                    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1], cookies
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        raise AssertionError("no form for so long")

    def send(self, line, form):
        """Send until it is acknowledged: the same words, the same key, as a phone's outbox does."""
        token, cookies = form
        key, until = str(uuid.uuid4()), time.monotonic() + GIVE_UP
        while time.monotonic() < until:
            said = {
                "csrfmiddlewaretoken": token, "key": str(uuid.uuid4()) if self.fresh_keys else key, "code": self.code,
                "words": f"路灯不亮 {line.mark}", "place": "3号楼", "category": "facilities.street-lamp",
                "different": "on", "phone": "19900000001",
            }  # fmt: skip
            line.tries.append(time.time())
            try:
                status, _, answer = self.ask("POST", "/report/", urlencode(said), cookies)
            except (OSError, http.client.HTTPException):
                status, answer = 0, ""
            if status == 302:
                line.number = answer
                return
            time.sleep(0.05)

    def ask(self, method, path, body=None, cookies=""):
        """One request on a connection of its own; returns the status, the text, and cookies or the new address."""
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            address = ".".join(str(byte) for byte in uuid.uuid4().bytes[:4])
            headers = {"Cookie": cookies, "X-Forwarded-For": address}
            if body:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        if method == "POST":
            return answer.status, text, answer.headers.get("Location", "")
        pairs = [line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
        return answer.status, text, "; ".join(pair for pair in pairs if pair.startswith("csrf"))
