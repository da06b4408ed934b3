"""The last thing that happens to a line of any log, tracebacks too: what opens a door is struck out of it.

The framework writes the path of every 4xx and 5xx. For whoever reads the log, the path of a reporter's link is the link.
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


def without_secrets(text: str) -> str:
    """Strike out of a text what opens a door: paths of secret links, named secrets, rows of refused statements."""
    for pattern in (_PATHS, _NAMED, _ROWS):
        text = pattern.sub(rf"\g<1>{STRUCK}", text)
    return text


class SafeLine(logging.Formatter):
    """A line of the log, without secrets in message, traceback and stack."""

    def format(self, record) -> str:
        return without_secrets(super().format(record))
