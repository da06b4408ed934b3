"""Why somebody opens a file: stated once, good for an hour of this session and for this household alone."""

import logging
from datetime import timedelta
from functools import wraps

from django.db import DatabaseError

from yige.archive.people import access
from yige.archive.words import Purpose
from yige.lib.local_time import clock_words
from yige.web import errors

log = logging.getLogger(__name__)
MINUTES = 60
MOST_PURPOSES = 40  # households with a purpose at once; the oldest goes first
KEY = "stated"
NOT_WRITTEN = "这一次没能记进日志，所以什么也没有显示，也没有改动。看档案必须先留下记录。请过几分钟再试；还是不行，请联系系统管理员。"


def remember_purpose(request, household, purpose, at):
    """Keep in the session why this household's file is opened."""
    kept = {pk: said for pk, said in request.session.get(KEY, {}).items() if said[1] > at.timestamp()}
    until = at + timedelta(minutes=MINUTES)
    kept[str(household.pk)] = [purpose, until.timestamp()]
    youngest = sorted(kept.items(), key=lambda pair: pair[1][1])[-MOST_PURPOSES:]
    request.session[KEY] = dict(youngest)


def purpose_for(request, household, at):
    """Return the purpose that stands for this household, or nothing."""
    purpose, until = request.session.get(KEY, {}).get(str(household.pk), ("", 0))
    return purpose if until > at.timestamp() and purpose in Purpose.values else ""


def reasons(subject, at):
    return [(purpose.value, purpose.label) for purpose in access.reasons(subject, at)]


def only_when_logged(view):
    """Show nothing of a file when the line that says so could not be written."""

    @wraps(view)
    def closed(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except DatabaseError:
            log.exception("nothing shown: the line was not written")
            return errors.page(request, 503, title="没有显示", sentence=NOT_WRITTEN)

    return closed


def until_words(at):
    """14:05, the moment a purpose stated now runs out."""
    return clock_words(at + timedelta(minutes=MINUTES))
