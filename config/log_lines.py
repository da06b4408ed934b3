"""The last thing that happens to a line of any log, tracebacks too: what opens a door is struck out of it.

The framework writes the path of every 4xx and 5xx. For whoever reads the log, the path of a reporter's link is the link.
What stands behind our own prefixes goes, and in every other path each part that is no word, number or id: a link that was
mangled on its way (escaped, in capitals, under a wrong prefix) opens the same door once it is mended.
`tests/policy/test_log_secrets.py` drives every address that carries a secret into every refusal.
"""

import logging
import re

STRUCK = "…"
_REST = r"[^\s'\"<>\\]+"
# What stands in front of the secret in our own addresses; a slash too many or capitals make no difference.
_PATHS = re.compile(
    rf"(/+(?:c/+[^/\s]+|j/+[^/\s]+|g|accounts/+begin|report/+(?:alike|again|photo))/+){_REST}", re.IGNORECASE
)
_NAMED = re.compile(
    rf"(\b[\w-]*(?:token|secret|password|session|csrf|authorization)[\w-]*['\"]?\s*[=:]\s*['\"]?(?:bearer\s+)?){_REST}",
    re.IGNORECASE,
)
# PostgreSQL repeats the row that it refused.
_ROWS = re.compile(r"^(\s*DETAIL:).*$", re.MULTILINE)
# A part of any path, between slashes however they are escaped; where a traceback names a file, paths are ours.
_SLASH = r"(?:/|\\|%(?:25)*(?:2f|5c))"
_PARTS = re.compile(rf"({_SLASH}+)((?:(?!{_SLASH})[^\s'\"<>?#])+)", re.IGNORECASE)
_FILE = re.compile(r'^\s*File "')
_UUID = r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"
_WORD = r"(?:[a-z]{1,16}\d{0,2}|\d{1,6})"
_PLAIN = re.compile(rf"{_UUID}|{_WORD}(?:[._-]{_WORD})*")
SHORT = 8  # no secret is so short


def without_secrets(text: str) -> str:
    """Strike out of a text what opens a door: paths of secret links, named secrets, rows of refused statements."""
    for pattern in (_PATHS, _NAMED, _ROWS):
        text = pattern.sub(rf"\g<1>{STRUCK}", text)
    return "\n".join(
        line if _FILE.match(line) else _PARTS.sub(_plain_part, line) for line in text.split("\n")
    )


def _plain_part(found):
    part = found[2].rstrip(".,;:)]")
    return found[0] if len(part) < SHORT or _PLAIN.fullmatch(part) else found[1] + STRUCK


class SafeLine(logging.Formatter):
    """A line of the log, without secrets in message, traceback and stack."""

    def format(self, record) -> str:
        return without_secrets(super().format(record))
