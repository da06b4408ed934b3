"""What the moves and the pages ask of cases, read-only."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from yige.accounts.models import Post
from yige.accounts.roles import GRID_HEADS, having
from yige.audit import log
from yige.audit.models import LogEntry
from yige.cases import dangers, levels, rules, workflow
from yige.cases.deadlines import Clock
from yige.cases.models import CalendarDay, Case, Category, Photo, Reporter
from yige.cases.models.tables import DayKind
from yige.cases.nearness import Description, may_be_same, nearness
from yige.cases.standings import standings_of_post
from yige.cases.words import OPEN, Tier
from yige.cases.work_calendar import WorkCalendar
from yige.lib import numbers
from yige.lib.local_time import local_day
from yige.lib.short_cache import ShortCache

HEAD_OF = {
    Tier.STREET: GRID_HEADS[1],
    Tier.COMMUNITY: GRID_HEADS[2],
    Tier.GRID: GRID_HEADS[3],
    **dict.fromkeys(levels.ABOVE_STREET, *levels.SEAT),
}

_kept = ShortCache(rules.REREAD_SECONDS)


def work_calendar() -> WorkCalendar:
    """Return the calendar's exceptions, read again every twenty seconds."""
    return _kept.of("days", read_calendar)


def read_calendar() -> WorkCalendar:
    rows = list(CalendarDay.objects.values_list("day", "kind"))
    return WorkCalendar(
        off=frozenset(day for day, kind in rows if kind == DayKind.OFF),
        make_up=frozenset(day for day, kind in rows if kind == DayKind.WORK),
    )


def reread_tables() -> None:
    """Read the calendar and the categories anew; called where one was just changed."""
    _kept.forget()


def duty_clock() -> Clock:
    """Return the clock that gives cards: with the cut-off and the marks in working days."""
    values = rules.values()
    working = frozenset(
        name.partition(".")[2] for name in values if name.startswith("working.") and values[name]
    )
    return Clock(work_calendar(), values["cut_off_hour"], working)


def acting_post(by, case, at) -> Post | None:
    """Return the post from which somebody acts on this case, or None for a reporter or the clock."""
    if by.actor_kind != "staff":
        return None
    posts = by.posts_at(at)
    return next((post for post in posts if standings_of_post(post, by, case)), posts[0] if posts else None)


def cases_merged_into(case) -> list[Case]:
    """Return every case that was merged into this one, also by way of another."""
    found = list(Case.objects.filter(merged_into=case))
    return found + [deeper for one in found for deeper in cases_merged_into(one)]


def leading_case(case) -> Case:
    """Return the case that a merged one is handled with in the end, or the case itself."""
    if case.leader_id is None:
        return case
    return Case.objects.select_related("category", "grid", "unit").get(pk=case.leader_id)


def last_line_words(case) -> str:
    """Return the last line of the timeline in a few words, for somebody whose page is old."""
    entry = case.entries.order_by("-at", "-id").first()
    return f"{entry.unit_label}“{workflow.BY_VERB[entry.verb].label}”" if entry else "有新的进展"


def photos_of_draft(photos) -> QuerySet:
    """Return the rows of these photos that still belong to a draft."""
    return Photo.objects.filter(pk__in=[photo.pk for photo in photos], draft__isnull=False)


def desk_and_heads(case, at, *roles) -> list[UUID]:
    """Return the ids of the holders of these roles over the case's place; somebody appointed is told soon."""
    day = local_day(at)
    held = Post.objects.held_on(day).filter(role__in=roles).over(case.grid_path)
    return _kept.of((case.grid_path, roles, day), lambda: list(held.values_list("user_id", flat=True)))


def people_of_unit(unit, at) -> list[UUID]:
    """Return the ids of the users who handle cases in a unit."""
    held = Post.objects.held_on(local_day(at)).filter(unit=unit)
    return list(held.filter(role__in=having("handle")).values_list("user_id", flat=True))


def drop_open_ask(case, *, by, at, answer) -> None:
    """Answer the open request with no, because there is nothing left to ask for."""
    case.asks.filter(decided_at=None).update(decided_at=at, decided_by=by, answer=answer)


def has_phone(case) -> bool:
    """Say whether the reporter left a number that a call-back can use."""
    return Reporter.objects.filter(case=case, removed_at=None, phone_sealed__isnull=False).exists()


def similar_nearby(report, path, *, limit=3, elsewhere=False) -> list[Case]:
    """Return public open cases that may be the same problem, the nearest first: building, spot, metres, words.

    They are looked for in the grid of `path`, among what was put down for the whole community or subdistrict, and
    around the point, whichever grid it fell into. What is known to be `elsewhere` is left out, unless it is asked for.
    """
    scored = []
    for pk, *facts in open_nearby(report, path):
        other = Description(*facts)
        near = nearness(report, other)
        if may_be_same(report, other, near) and (elsewhere or not near.is_elsewhere):
            scored.append((near, pk))
    best = [pk for _, pk in sorted(scored)[:limit]]
    found = Case.objects.select_related("category", "grid").in_bulk(best) if best else {}
    return [found[pk] for pk in best]


def open_nearby(report, path) -> list[tuple]:
    """Return (id, words, category, place, lon, lat) of the newest public open cases around a place."""
    parts = path.strip("/").split("/")[:3]
    above = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts))]
    rows = Case.objects.public().filter(state__in=OPEN, handled_at=None).order_by("-serial")
    rows = rows.values_list("pk", "words", "category_id", "place", "lon", "lat")
    grid = "/" + "/".join(parts) + "/"
    found = list(rows.below(grid)[:60]) + list(rows.filter(grid_path__in=above)[:20])
    if report.lon is not None and above:
        box = {"lon__range": around(report.lon, 0.004), "lat__range": around(report.lat, 0.003)}
        found += rows.below(above[-1]).exclude(grid_path__startswith=grid).filter(**box)[:60]
    return list(dict.fromkeys(found))


def around(degree, reach) -> tuple[float, float]:
    return degree - reach, degree + reach


def sent_before(verb, by, key) -> bool:
    """Say whether this actor's key was used already, so that a double tap is not asked questions."""
    return LogEntry.objects.filter(key=log.stored_key(verb, by, key)).exists()


def category_in_use(slug) -> Category | None:
    """Return the category in use with this slug, or None; a changed one is seen within twenty seconds."""
    return _kept.of(("category", slug), lambda: Category.objects.filter(slug=slug, active=True).first())


def proposed_category(case, danger) -> Category:
    """Return the category to put before the person who accepts: the usual one of a danger where none was chosen."""
    chosen = case.category
    return category_in_use(dangers.proposed_code(danger, chosen.slug)) or chosen


def category_groups() -> list[tuple[str, list]]:
    """Return the categories in use as choices: [(class, [(id, label), …]), …], in one query."""
    rows = Category.objects.leaves().order_by("parent__order", "order", "slug")
    groups = {}
    for group, pk, label in rows.values_list("parent__label", "pk", "label"):
        groups.setdefault(group, []).append((str(pk), label))
    return list(groups.items())


def held_count(user) -> int:
    """Return how many open cases wait in somebody's hands; a number for whoever ends his or her post."""
    return Case.objects.open().filter(handler=user).count()


def numbers_of(ids) -> dict:
    """Return the numbers of these cases by id as text; for the log, which shows nothing else of them."""
    return {str(case.pk): case.number for case in Case.objects.filter(pk__in=ids).only("serial")}


def ids_of_number(text) -> list:
    """Return the id of the case with this number as a list; for the log, which shows nothing of the case."""
    serial = numbers.parse(text)
    return list(Case.objects.filter(serial=serial).values_list("pk", flat=True)) if serial else []


def serials_of(typed) -> list:
    """Return the serials of these case numbers, leaving out what is none."""
    found = (numbers.parse(number, settings.YIGE_DISTRICT_CODE) for number in typed)
    return [serial for serial in found if serial is not None]
