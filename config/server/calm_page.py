"""The page for a bad moment: made at the start out of the house's colours, so that it needs nothing when the moment comes."""

import base64
import hashlib
import html
import json
import string
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from config.launcher.var import ROOT
from yige.web.context import CARE_COOKIE
from yige.web.errors import SAID

RETRY_SECONDS = 30
_TOKENS = (ROOT / "yige/web/static/web/tokens.css").read_text()
_PAGE = string.Template(Path(__file__).with_name("calm.html").read_text())
_STYLE = Path(__file__).with_name("calm.css").read_text()
_HASH = base64.b64encode(hashlib.sha256((_TOKENS + _STYLE).encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; frame-ancestors 'none'"


def calm_answer(status: int, header: Callable[[str], str | None]) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers and the body for a status; `header` looks up one header of the request."""
    title, sentence = SAID[status]
    headers = [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ]
    if status in (408, 503):
        headers.append(("retry-after", str(RETRY_SECONDS)))
    if "application/json" in (header("accept") or ""):
        body = json.dumps({"error": title, "sentence": sentence}, ensure_ascii=False)
        return [("content-type", "application/json; charset=utf-8"), *headers], body.encode()
    page = _PAGE.substitute(
        title=html.escape(title),
        sentence=html.escape(sentence),
        care=" data-yg-care" if _wants_care(header("cookie") or "") else "",
        style=_TOKENS + _STYLE,
    )
    kind = [("content-type", "text/html; charset=utf-8"), ("content-security-policy", _POLICY)]
    return [*kind, *headers], page.encode()


def _wants_care(cookies: str) -> bool:
    try:
        care = SimpleCookie(cookies).get(CARE_COOKIE)
    except CookieError:
        return False
    return care is not None and care.value == "1"
