"""Clients that keep their connection, and the figures of what they did."""

import http.client
import ipaddress
import re
import statistics
import threading
import time
import uuid
from urllib.parse import urlencode, urlsplit

from bench import cpu


def measure(pids, work, *, clients=8, seconds=8.0):
    """Let so many clients do `work(client, n)` for a while; return CPU-ms and wall ms a request.

    `work` returns the status that counts; anything but 200 and 302 is an error and reported.
    """
    for warm in range(20):
        work(None, -warm - 1)
    waits, errors, until = [], [], time.perf_counter() + seconds
    before, began = [cpu.milliseconds([pid]) for pid in pids], time.perf_counter()
    threads = [threading.Thread(target=run, args=(work, n, until, waits, errors)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - began
    web, database = (cpu.milliseconds([pid]) - start for pid, start in zip(pids, before, strict=True))
    return {
        "requests": len(waits),
        "errors": len(errors),
        "first_error": errors[0] if errors else None,
        "per_second": round(len(waits) / wall, 1),
        "cpu_ms": round((web + database) / max(1, len(waits)), 2),
        "of_it_database": round(database / max(1, len(waits)), 2),
        "p50_ms": round(statistics.median(waits) * 1000, 1) if waits else None,
        "p99_ms": round(sorted(waits)[int(len(waits) * 0.99)] * 1000, 1) if waits else None,
    }


def run(work, client, until, waits, errors):
    count = 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        status = work(client, count)
        waits.append(time.perf_counter() - began)
        if status not in (200, 302):
            errors.append(status)
        count += 1


class Browser:
    """One kept connection with cookies, enough to fill in a form."""

    def __init__(self, url, **cookies):
        self.host = urlsplit(url).netloc
        self.cookies = cookies
        self.line = http.client.HTTPConnection(self.host, timeout=30)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, **said):
        body = urlencode(said)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": somewhere()}
        return self.ask("POST", path, body, headers)

    def ask(self, method, path, body=None, headers=None):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.line.request(method, path, body, {"Cookie": cookies, **(headers or {})})
        answer = self.line.getresponse()
        text = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text.decode("utf-8", "replace"), answer.headers.get("Location", "")


def hidden_inputs(text):
    """Return the hidden inputs of a page by name."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


def somewhere():
    """Return one of four billion addresses."""
    return str(ipaddress.IPv4Address(uuid.uuid4().int >> 96))


def key():
    return str(uuid.uuid4())
