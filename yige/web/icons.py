"""Tabler's outlines, drawn into the page: no request, no font, and they take the colour of their word."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString

_SOURCE = Path(__file__).parent / "static/web/vendor/tabler-icons-3.49.0/outline.json"
_SVG = (
    '<svg class="yg-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>'
)
UNKNOWN = "point"


@cache
def outlines() -> dict[str, str]:
    return json.loads(_SOURCE.read_text(encoding="utf-8"))


@cache
def icon(name: str) -> SafeString:
    """Draw the icon; a name nobody has drawn becomes a point, because a missing picture must not break a page."""
    drawn = outlines()
    return format_html(_SVG, SafeString(drawn.get(name, drawn[UNKNOWN])))
