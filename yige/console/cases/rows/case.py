"""What the pages of the desk ask of cases, a fixed number of statements whatever the case holds."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html

from yige.accounts.models import Unit
from yige.archive.models import Household
from yige.cases import queries as cases
from yige.cases.models import Card, Case, Category, Photo
from yige.cases.words import Nature, Outcome, State
from yige.grids.models import Grid
from yige.lib.local_time import moment_words
from yige.lib.numbers import parse
from yige.lib.short_cache import ShortCache
from yige.lib.typed_text import bigrams, shorten
from yige.notices.models import Audience, Delivery, Notice

MOST_NOTICES = 80
_kept = ShortCache(seconds=20)
MOST_LINKED = 30
MOST_ALIKE = 8


def case_to_act_on(user, serial, at):
    """Return a case within the user's reach with what the forms of the verbs ask for, or 404."""
    rows = Case.objects.visible_to(user, at).select_related("category", "unit").defer("grams")
    return get_object_or_404(rows, serial=serial)


def case_of(user, serial, at):
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
    mine = OuterRef("pk")
    marks = {
        "has_cards": Exists(Card.objects.filter(case=mine)),
        "has_photos": Exists(Photo.objects.filter(case=mine)),
        "has_linked": Exists(Case.objects.filter(Q(merged_into=mine) | Q(recurs_from=mine))),
    }
    rows = (
        Case.objects.visible_to(user, at).select_related("reporter").annotate(**names, **marks).defer("grams")
    )
    case = get_object_or_404(rows, serial=serial)
    case.category = _kept.of(
        case.category_id, lambda: Category.objects.select_related("parent").get(pk=case.category_id)
    )
    case.unit = _kept.of(case.unit_id, lambda: Unit.objects.get(pk=case.unit_id)) if case.unit_id else None
    return case


def open_ask(case):
    """Return the request that waits for an answer; only what is being handled can have one to answer."""
    if case.state != State.HANDLING:
        return None
    return case.asks.filter(decided_at=None).select_related("by").first()


def look_backs(case):
    """Return the look-backs of a case; only major and self-handled ones have any."""
    if case.nature != Nature.MAJOR and case.outcome != Outcome.LIGHT:
        return []
    return list(case.lookbacks.order_by("due_on"))


def cards(case):
    return list(case.cards.select_related("unit")) if case.has_cards else []


def photos(case):
    return list(case.photos.all()) if case.has_photos else []


def linked(case):
    """Return the cases merged into this one, and those that say it came back."""
    if not case.has_linked:
        return [], []
    rows = Case.objects.filter(Q(merged_into=case) | Q(recurs_from=case))
    found = list(rows.order_by("serial")[:MOST_LINKED])
    return (
        [row for row in found if row.merged_into_id == case.pk],
        [row for row in found if row.recurs_from_id == case.pk],
    )


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


def file_of(user, case, at):
    """Return the household that raised a case, for somebody who may open its file; nobody else learns that there is one."""
    if not case.household_id:
        return None
    return Household.objects.visible_to(user, at).filter(pk=case.household_id).first()


def in_area(user, case):
    """Say whether a case lies in the area of one of the user's posts that see an area: no need to ask the database."""
    posts = user.posts_at(timezone.now())
    return any(post.rule.sees == "area" and post.covers(case.grid_path) for post in posts)


ITEM = (
    '<li><span class="yg-tag" data-tone="{}">{}</span> {} <span class="yg-soft yg-under">{}　{}</span>{}</li>'
)
FAILED = '<span class="yg-tag" data-tone="bad">没有送到：{}</span>'


class Told(NamedTuple):
    """One message about the case: to whom, how many, how many have read it, how it travelled."""

    title: str
    body: str
    at: object
    count: int
    read: int
    delivery: str
    failed: str
    to_reporter: bool

    def drawn(self):
        """Draw the message as one item of a list."""
        tone, whom = ("accent", "反映人") if self.to_reporter else ("", f"工作人员 {self.count} 人")
        words = shorten(self.body, 60) if self.to_reporter else self.title
        read = f"{self.read} 人已读" if self.read else "还没有人读"
        how = self.delivery if self.to_reporter else read
        failed = format_html(FAILED, self.failed) if self.failed else ""
        when = moment_words(self.at, timezone.now())
        return format_html(ITEM, tone, whom, words, when, "" if self.failed else how, failed)


def told(case):
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
    return [_told(key, found) for key, found in groups.items()]


def _told(key, found):
    audience, words, body, at = key
    failed = next((error for _, delivery, error in found if delivery == Delivery.FAILED), "")
    read = sum(read_at is not None for read_at, _, _ in found)
    delivery = Delivery(found[0][1]).label
    return Told(words, body, at, len(found), read, delivery, failed, audience == Audience.REPORTER)


def serials(numbers):
    """Return the serials of case numbers, leaving out what is none."""
    found = (parse(number, settings.YIGE_DISTRICT_CODE) for number in numbers)
    return [serial for serial in found if serial is not None]


def alike(case, user, at):
    """Return open cases nearby that sound like this one and that the user may see, the most alike first."""
    near = cases.similar_nearby(
        case.grid_path, case.category, bigrams(f"{case.words}\n{case.place}"), MOST_ALIKE + 1
    )
    pks = [row.pk for row in near if row.pk != case.pk]
    rows = (
        Case.objects.visible_to(user, at)
        .select_related("category", "unit")
        .annotate(grid_name=F("grid__name"))
        .in_bulk(pks)
    )
    return [rows[pk] for pk in pks if pk in rows]
