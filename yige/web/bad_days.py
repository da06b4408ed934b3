"""What of the machine fails when a page fails: database, a row that somebody holds, disk. One calm page, one line in the log.

Whatever is no bad day is an error of ours and keeps its traceback.
"""

import errno
import logging
import sys
import time
from collections import Counter

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import JsonResponse

from yige.web import errors

RETRY_SECONDS = {"lock": 5}
RETRY_LATER = 30
QUIET_SECONDS = 10  # one line for each part in so long, however many ask
# fmt: off
SAID = {
    # part       title                     what happened and what to do
    "database": ("系统暂时用不了",           "不是您的错。刚才的内容如果没有看到编号，就是没有收下；过一两分钟再试。急事请直接打 12345。"),
    "lock":     ("这一步正有人在办",         "等得太久了，刚才的没有收下。请过几秒钟再试一次。"),
    "disk":     ("系统暂时存不下东西",       "不是您的错。刚才的内容没有收下，已经收下的都在；过一会儿再试。急事请直接打 12345。"),
}
# fmt: on
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
# SQLSTATE of PostgreSQL: the lock was not had in time, the statement took too long; no room, or nothing may be written.
_STATES = {"55P03": "lock", "57014": "lock", "53100": "disk", "25006": "disk", "58030": "disk"}
_quiet_until: dict[str, float] = {}
_unsaid: Counter[str] = Counter()


def server_error(request):
    """Answer for every page that failed."""
    error = sys.exc_info()[1]
    part = failing_part(error)
    return calm(request, part, error) if part else errors.page(request, 500)


def failing_part(error: BaseException | None) -> str:
    """Return which part of the machine this error speaks of, "" when it speaks of our program."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _DISK:
            return "disk"
        if isinstance(error, DatabaseError | InterfaceError):
            state = getattr(error.__cause__, "sqlstate", None)
            if state in _STATES:
                return _STATES[state]
            if isinstance(error, OperationalError | InterfaceError):
                return "database"
        error = error.__cause__ or error.__context__
    return ""


def calm(request, part, error):
    """Answer 503, with what was typed to send again, and leave at most one line."""
    note(part, error)
    if "application/json" in request.headers.get("Accept", ""):
        title, sentence = SAID[part]
        response = JsonResponse({"error": title, "sentence": sentence, "part": part}, status=503)
    else:
        response = _page(request, part)
    response.headers["Retry-After"] = str(RETRY_SECONDS.get(part, RETRY_LATER))
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # the framework would add a traceback for every request
    return response


def note(part: str, error: BaseException) -> None:
    """Write one line for this part, and how many it stands for; no words of the error, which may repeat a row."""
    now = time.monotonic()
    _unsaid[part] += 1
    if now < _quiet_until.get(part, 0):
        return
    _quiet_until[part] = now + QUIET_SECONDS
    kind, asked = type(error.__cause__ or error).__name__, _unsaid.pop(part)
    logging.getLogger("yige.bad_days").error("%s fails: %s, %d requests", part, kind, asked)


def _page(request, part):
    title, sentence = SAID[part]
    again = errors.sent_again(request) if request.method == "POST" else {}
    back = "" if again else request.get_full_path() if request.method == "GET" else ""
    return errors.page(
        request, 503, title=title, sentence=sentence, back=back, back_words="再试一次", **again
    )
