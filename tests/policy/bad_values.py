"""What no honest browser sends: by seed, every address, method and parameter with values that mean nothing.

Parameters are not listed by hand: while the requests go, what the pages ask of their query, their form and their files
is written down, with the choices that their fields offer, and the next requests send these names.
"""

import random
import uuid
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

from tests.policy.places import named
from tests.policy.test_routes import POLICY

# Bytes as they stand in an address or a form, before anybody has read them.
NASTY = tuple(
    text if isinstance(text, bytes) else text.encode()
    for text in (
        "", " ", "\x00", "a\x00b", b"\xed\xa0\x80", b"\xc0\x80", b"\xff\xfe", "\u202e123\u2066", "\ufeff", "\u2028",
        "0", "-1", "1", "2", "1e999", "nan", "NaN", "inf", "-inf", "1_000", "0x10", "+5", "１２", "١٢", "²", "1.5", "1,5",
        "9" * 9, "9" * 12, "2147483648", "-2147483649", "9223372036854775808", "-9223372036854775809", "9" * 40, "9" * 5000,
        "x", "on", "true", "null", "undefined", "None", "[]", "{}", "[1,2]", '{"a":1}', '{"type":"Polygon","coordinates":[]}',
        '{"type":"Polygon","coordinates":[[[1e999,0],[0,1],[1,1],[1e999,0]]]}', "[" * 3000,
        "9999-12-31", "0001-01-01", "1899-12-31", "2026-02-30", "2026-13-01", "2026-W53-7", "20261231", "10000-01-01",
        "9999-12-31T23:59", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00", "2026-11-22T25:00", "24:00", "23:59", "-0:1",
        "9999-12", "0001-01", "2026-00", "2026-W00", "9999-W52", "2026-W54",
        "2026-03-02", "2026-03", "2026-W10", "2026", "0000", "9999", "2026-03-02T10:00", "10:00",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "0" * 32, "{" + "0" * 32 + "}",
        "urn:uuid:" + "0" * 32, "0" * 31 + "g", "/", "/zz", "/zz/", "/zz/js/9/", "/zz/%/", "//", "../../etc/passwd", "\\",
        "%", "_", "'", '"', "' OR 1=1 --", "<script>", "{{7*7}}", "=cmd()", "a" * 300, "长" * 2001, "a" * 70000, "\r\n", "\t",
        "👩‍👩‍👧" * 50, "é" * 100, "180.0001", "-90.5", "113.6", "34.7", "1e400", "5e-324", "0.1" + "0" * 400,
        "all", "asc", "-pk", "pk__in", "id", "csv", "late", "done", "19900000001", "110101199003070000",
    )
)  # fmt: skip
DIRTY = (b"\x00", b"\xed", b"\xc0", b"\xff")
CLEAN = tuple(one for one in NASTY if not any(sign in one for sign in DIRTY)) + NASTY[2:3]
DATES = tuple(one for one in NASTY if b"-" in one and one[:4].isdigit())
NUMBERS = (b"113.62", b"34.75", *(one for one in NASTY if one[-1:].isdigit() or one.strip(b"-").isalpha()))
FITTING = (
    (("since", "until", "day", "first", "after", "month", "week", "_at", "year", "from"), DATES),
    (("lon", "lat", "accuracy", "count", "page", "amount", "minutes", "seen", "number", "order"), NUMBERS),
)
PARTS = ("0", "x", "progress", "9" * 40, "-1", "%00", "%ED%A0%80", "%E2%80%AE", "nan", "9999-12-31", "0001-01-01", "a" * 300,
         "000000-0000000-0", "410106-9999999999-9", "410106-999999999999-0", "%2e%2e", "%2F", "１２", "00000000-0000-0000-0000-000000000000",
         "vec", "9" * 12, "9" * 19)  # fmt: skip
FILES = (
    ("", b""),
    ("a.csv", b"\xff\xfe\x00"),
    ("a.csv", "甲,乙\n\x00,\"".encode()),
    ("a.xlsx", b"PK\x03\x04" + b"\x00" * 60),
    ("a.geojson", b'{"features": 5}'),
    ("a.geojson", b'{"type":"FeatureCollection","features":[null, 7, {"properties": []}]}'),
    ("a.json", b"[" * 4000),
    ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40),
    ("\u202egpj.exe", b"<svg/>"),
    ("a" * 300 + ".xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600),
)  # fmt: skip
BODIES = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b'{"id": [1]}',
    b'{"lon": "x", "lat": {}}',
    b"[" * 3000,
    b"\xff",
    b'"\\ud800"',
    b"1e999",
)
HEADERS = ({}, {}, {}, {"HTTP_HX_REQUEST": "true"}, {"HTTP_X_YIGE_SEND": "1"}, {"HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 9999 23:59:59 GMT"},
           {"HTTP_IF_NONE_MATCH": "\udcff"}, {"HTTP_REFERER": "http://[::1"}, {"HTTP_ACCEPT_LANGUAGE": "x" * 400},
           {"HTTP_RANGE": "bytes=9-1"})  # fmt: skip
METHODS = ("GET", "GET", "GET", "POST", "POST", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS")


class Sent(NamedTuple):
    """One request as it went, so that it can be sent again."""

    who: str
    method: str
    route: str
    address: str
    query: str
    body: bytes
    kind: str


class Names:
    """What the pages of each route asked for: names of the query, the form and the files, and offered choices."""

    def __init__(self):
        self.asked, self.files, self.offered, self.route = {}, {}, {}, ""

    def hear(self, holder, name):
        if not isinstance(name, str) or name in ("csrfmiddlewaretoken", "next"):
            return
        heard = self.asked if isinstance(holder, QueryDict) else self.files
        heard.setdefault(self.route, {})[name] = None

    def hear_form(self, form):
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                offered = [str(field.prepare_value(row)) for row in field.queryset[:3]]
            else:
                offered = [str(value) for value, _ in flat(getattr(field, "choices", ()))][:40]
            offered = [text.encode() for text in offered if text]
            if offered:
                self.offered[self.route, form.add_prefix(name)] = offered


def flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from flat(label)
        else:
            yield value, label


@contextmanager
def listening(names):
    """Write down what is asked of queries, forms and files, for as long as this lasts."""
    item, several, full = MultiValueDict.__getitem__, MultiValueDict._getlist, forms.BaseForm.full_clean

    def __getitem__(self, name):
        names.hear(self, name)
        return item(self, name)

    def _getlist(self, name, *args, **kwargs):
        names.hear(self, name)
        return several(self, name, *args, **kwargs)

    def __contains__(self, name):
        names.hear(self, name)
        return dict.__contains__(self, name)

    def full_clean(self):
        names.hear_form(self)
        full(self)

    MultiValueDict.__getitem__, MultiValueDict._getlist, forms.BaseForm.full_clean = (
        __getitem__,
        _getlist,
        full_clean,
    )
    MultiValueDict.__contains__ = __contains__
    try:
        yield
    finally:
        MultiValueDict.__getitem__, MultiValueDict._getlist, forms.BaseForm.full_clean = item, several, full
        del MultiValueDict.__contains__


class Fuzz:
    """Sends requests that mean nothing, in an order that a seed tells."""

    def __init__(self, values, cookies, seed):
        self.values, self.cookies, self.chance, self.names = values, cookies, random.Random(seed), Names()
        self.pool = [
            str(one).encode() for parts in (values.common, *values.own.values()) for one in parts.values()
        ]
        self.failed, self.refused = {}, set()
        self.routes = sorted(route for route in POLICY)

    def run(self, count):
        """Send so many requests, each route in turn; return the failures, one a route and error."""
        with listening(self.names):
            for number in range(count):
                turn = number // len(self.routes)
                route = self.routes[number % len(self.routes)] if turn < 2 else self.busy_route()
                self.names.route = route
                self.send(self.compose(route, turn))
        return self.failed

    def busy_route(self):
        """Return a route, the more often the more it asks for; each has had a GET and a POST before."""
        weights = [1 + 2 * ("<" in route) + len(self.names.asked.get(route, ())) for route in self.routes]
        return self.chance.choices(self.routes, weights)[0]

    def compose(self, route, turn):
        allowed = sorted(named(POLICY[route]["who"]) & set(self.cookies)) or [""]
        if route.startswith("my/"):
            allowed = ["resident"]
        who = self.chance.choice(allowed if turn < 3 or self.chance.random() < 0.85 else sorted(self.cookies))
        method = ("GET", "POST")[turn] if turn < 2 else self.method(route)
        address = self.values.address(route)
        if turn > 2 and "<" in route and self.chance.random() < 0.2:
            address = self.spoil(route, address)
        if turn == 0:
            return Sent(who, method, route, address, "", b"", "")
        query = "" if method == "POST" and self.chance.random() < 0.7 else self.pairs(route)
        kind = (
            self.chance.choice(("form", "form", "form", "form", "parts", "json"))
            if method in ("POST", "PUT")
            else ""
        )
        body = b""
        if kind == "form":
            body = self.pairs(route, posted=True).encode()
        elif kind == "json":
            body = self.chance.choice(BODIES)
        return Sent(who, method, route, address, query, body, kind)

    def method(self, route):
        """Return a method, mostly one that this route answers."""
        some = [one for one in METHODS if (route, one) not in self.refused]
        return self.chance.choice(some if some and self.chance.random() < 0.95 else METHODS)

    def spoil(self, route, address):
        """Put something else into one part of an address."""
        fixed, real = route.split("/"), address.strip("/").split("/")
        open_parts = [place for place, part in enumerate(fixed) if "<" in part and place < len(real)]
        if not open_parts:
            return address
        some = [*PARTS, *(quote(one) for one in self.pool)]
        real[self.chance.choice(open_parts)] = self.chance.choice(some)
        return "/" + "/".join(real) + ("/" if address.endswith("/") else "")

    def pairs(self, route, *, posted=False):
        """Return names and values, some of them spoilt; most are clean in an address, where one dirty one ends it all."""
        names = list(self.names.asked.get(route, ()))
        spoilt = set(self.chance.sample(names, min(len(names), self.chance.choice((1, 1, 2, 3, 50)))))
        pairs = []
        for name in names:
            if name not in spoilt and self.chance.random() < 0.15:
                continue
            for _ in range(self.chance.choice((1, 1, 1, 1, 1, 2))):
                value = self.nasty(name, posted) if name in spoilt else self.likely(route, name)
                pairs.append(f"{quote(name)}={quote_from_bytes(value)}")
        if self.chance.random() < 0.1:
            pairs.append(
                self.chance.choice(
                    ("%00=1", "=", "&&&", "a%5B%5D=1", "%ED%A0%80=%ED%A0%80", "page=" + "9" * 40)
                )
            )
        return "&".join(pairs)

    def nasty(self, name, posted):
        fit = next((some for words, some in FITTING if any(word in name for word in words)), ())
        if fit and self.chance.random() < 0.6:
            return self.chance.choice(fit)
        return self.chance.choice(NASTY if posted else CLEAN)

    def likely(self, route, name):
        if name == "key":
            return str(uuid.UUID(int=self.chance.getrandbits(128), version=4)).encode()
        if offered := self.names.offered.get((route, name)):
            return self.chance.choice(offered)
        return self.chance.choice(
            (b"1", "看这里有什么".encode(), b"2026-03-02", b"", *self.chance.sample(self.pool, 3))
        )

    def send(self, sent):
        client = Client(raise_request_exception=False)
        client.cookies.load(self.cookies[sent.who])
        extra = self.chance.choice(HEADERS)
        address = f"{sent.address}?{sent.query}" if sent.query else sent.address
        with transaction.atomic():
            if sent.kind == "parts":
                answer = client.post(address, self.parts(sent.route), **extra)
            else:
                kind = "application/json" if sent.kind == "json" else "application/x-www-form-urlencoded"
                answer = client.generic(sent.method, address, sent.body, content_type=kind, **extra)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        if answer.status_code == 405:
            self.refused.add((sent.route, sent.method))
        if answer.status_code >= 500:
            fault = answer.exc_info[1] if getattr(answer, "exc_info", None) else answer.status_code
            self.failed.setdefault((sent.route, repr(fault)[:120]), (sent, fault))

    def parts(self, route):
        """Return a form with files."""
        said = {}
        for name in self.names.asked.get(route, ()):
            text = self.chance.choice((self.chance.choice(NASTY), self.likely(route, name)))
            said[name] = text.decode(errors="replace")
        for name in self.names.files.get(route, ()):
            title, blob = self.chance.choice(FILES)
            said[name] = SimpleUploadedFile(title or "x", blob)
        return said
