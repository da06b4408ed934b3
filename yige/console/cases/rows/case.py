"""What the pages of the desk ask of cases, a fixed number of statements whatever the case holds."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef
from django.shortcuts import get_object_or_404
from django.utils import timezone

from yige.accounts.models import Unit
from yige.alliance.queries import help_for_case
from yige.archive.models import Household
from yige.cases.case_facts import mark_what_there_is
from yige.cases.models import Case, Category
from yige.console.cases.rows.case_topic import topic_fields
from yige.grids.models import Grid
from yige.lib.short_cache import ShortCache
from yige.lib.typed_text import shorten
from yige.notices.models import Audience, Delivery, Notice
from yige.whistles.models import Whistle, WhistleRequest

MOST_NOTICES = 80
_kept = ShortCache(seconds=20)


def get_case_to_act_on_or_404(user, serial, at):
    """Return a case within the user's reach with what the forms of the verbs ask for, or 404."""
    rows = Case.objects.visible_to(user, at).select_related("category", "unit").defer("grams", "search_text")
    return get_object_or_404(rows, serial=serial)


def get_case_or_404(user, serial, at):
    """Return a case within the user's reach with all that its page shows in one row, or 404.

    What most cases do not have is only marked as there or not, so that nobody asks for it in vain.
    """
    names = {
        "handler_name": F("handler__name"),
        "first_unit_name": F("first_unit__name"),
        "taken_in_by": F("reported_by__name"),
        "merged_serial": F("merged_into__serial"),
        "recurs_serial": F("recurs_from__serial"),
    }
    rows = (
        Case.objects.visible_to(user, at)
        .select_related("reporter")
        .annotate(**names, **whistles_of_case(), **topic_fields(), **help_for_case())
        .defer("grams", "search_text")
    )
    case = get_object_or_404(mark_what_there_is(rows), serial=serial)
    case.category = _kept.of(
        case.category_id, lambda: Category.objects.select_related("parent").get(pk=case.category_id)
    )
    case.unit = _kept.of(case.unit_id, lambda: Unit.objects.get(pk=case.unit_id)) if case.unit_id else None
    return case


def whistles_of_case():
    """Return what says in the row of a case whether joint work runs, ended, or is asked for."""
    whistles = Whistle.objects.filter(case=OuterRef("pk")).order_by("-sounded_at", "-pk")
    asked = WhistleRequest.objects.filter(case=OuterRef("pk"), answered_at=None)
    return {
        "last_whistle": whistles.values("pk")[:1],
        "whistle_ended_at": whistles.values("ended_at")[:1],
        "whistle_asked": Exists(asked),
    }


def whistle_request_of(case):
    """Return the request for a whistle that waits, or None; asked only where the row of the case says that there is one."""
    if not case.whistle_asked:
        return None
    return WhistleRequest.objects.filter(case=case, answered_at=None).select_related("by").first()


def grids_of(case):
    """Return the names of the place from the top, and the outlines of the grid and what lies below."""
    found = _kept.of(case.grid_path, lambda: grids_above(case.grid_path))
    if not found:
        return [Grid.objects.get(pk=case.grid_id).name], []
    return [row[1] for row in found], [row[3] for row in found if row[2] >= 3]


def grids_above(path):
    """Return (path, name, level, outline) of a grid and all above it, from the top."""
    parts = path.strip("/").split("/")
    above = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
    rows = Grid.objects.filter(path__in=above, valid_until=None, outlines__valid_until=None)
    return sorted(rows.values_list("path", "name", "level", "outlines__shape"))


def household_file_of(user, case, at):
    """Return the household that raised a case, for somebody who may open its file; nobody else learns that there is one."""
    if not case.household_id:
        return None
    return Household.objects.visible_to(user, at).filter(pk=case.household_id).first()


def in_area(user, case):
    """Say whether a case lies in the area of one of the user's posts that see an area: no need to ask the database."""
    posts = user.posts_at(timezone.now())
    return any(post.rule.sees == "area" and post.covers(case.grid_path) for post in posts)


class MessageSummary(NamedTuple):
    """One message about the case: its words, to how many, how it travelled or who has read it."""

    words: str
    at: datetime
    count: int
    how: str
    failed: str
    to_reporter: bool


def message_summaries(case):
    """Return the messages about a case, the newest first; those to many people as one line."""
    rows = (
        Notice.objects.filter(subject_id=case.pk)
        .order_by("-id")
        .values_list("audience", "title", "body", "created_at", "read_at", "delivery", "error")[:MOST_NOTICES]
    )
    groups = {}
    for audience, title, body, at, read_at, delivery, error in rows:
        words = title.removesuffix(case.number).strip()
        key = (audience, words, body if audience == Audience.REPORTER else "", at)
        groups.setdefault(key, []).append((read_at, delivery, error))
    return [_summary(key, found) for key, found in groups.items()]


def _summary(key, found):
    audience, title, body, at = key
    to_reporter = audience == Audience.REPORTER
    failed = next((error for _, delivery, error in found if delivery == Delivery.FAILED), "")
    read = sum(read_at is not None for read_at, _, _ in found)
    how = Delivery(found[0][1]).label if to_reporter else f"{read} 人已读" if read else "还没有人读"
    return MessageSummary(
        shorten(body, 60) if to_reporter else title, at, len(found), how, failed, to_reporter
    )
