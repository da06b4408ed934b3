"""The queue's filters: what an address asks for, as conditions; nonsense in an address filters nothing."""

import re
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, Value
from django.utils.html import format_html_join

from yige.accounts.models import Unit
from yige.cases import deadlines, heaps
from yige.cases.models import Case, Category
from yige.cases.words import OPEN, Channel, Nature, State, Urgency
from yige.grids.models import Grid
from yige.lib.moments import end_of_day, local, start_of_day
from yige.lib.words import shortened
from yige.web import strip

PER_PAGE = 50
MOST_COUNTED = 1000
LONGEST_SEARCH = 60
SORTS = {
    "due": ("先到期的在前", (F("next_mark_at").asc(nulls_last=True), "serial")),
    "new": ("新的在前", ("-serial",)),
    "old": ("旧的在前", ("serial",)),
}
SETS = {"state": State, "urgency": Urgency, "nature": Nature, "channel": Channel}
# What a row of the list and its strip do not need.
NOT_SHOWN = (
    "grams", "plan", "lon", "lat", "accuracy_m", "located_by", "tier", "channel", "verified_at", "replied_at", "ended_at",
    "wake_at", "link_version", "dispatched_at", "signed_at", "extensions",
)  # fmt: skip


class Asked(NamedTuple):
    """What the address asks for, already known to be sound."""

    view: str
    words: str
    chosen: dict
    path: str
    unit: str
    group: str
    since: date | None
    until: date | None
    sort: str

    @property
    def narrowed(self):
        return bool(
            self.words or self.chosen or self.path or self.unit or self.group or self.since or self.until
        )


def asked(query):
    """Read an address's query; what is not known is left out."""
    chosen = {name: query.get(name) for name, words in SETS.items() if query.get(name) in words.values}
    path, slug = query.get("grid", ""), re.compile(r"[\w.-]{1,60}")
    return Asked(
        view=query.get("view", "") if query.get("view") in {*heaps.BY_NAME, "all"} else "",
        words=" ".join(query.get("q", "").split())[:LONGEST_SEARCH],
        chosen=chosen,
        path=path if re.fullmatch(r"(/[\w-]{1,40}){1,6}/", path) else "",
        unit=query.get("unit", "") if slug.fullmatch(query.get("unit", "")) else "",
        group=query.get("group", "") if slug.fullmatch(query.get("group", "")) else "",
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        sort=query.get("sort") if query.get("sort") in SORTS else "due",
    )


def _day(typed):
    try:
        day = date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2200 else None


def narrow(cases, query, who):
    """Cut a queryset down to what was asked for."""
    if query.words:
        cases = cases.matching(query.words)
    if query.view in heaps.BY_NAME:
        cases = cases.filter(heaps.BY_NAME[query.view].when(who), state__in=OPEN)
    elif query.view != "all" and "state" not in query.chosen and not query.words:
        cases = cases.open()
    cases = cases.filter(**query.chosen)
    if query.path:
        cases = cases.below(query.path)
    if query.unit:
        cases = cases.filter(unit__slug=query.unit)
    if query.group:
        cases = cases.filter(category__parent__slug=query.group)
    if query.since:
        cases = cases.filter(reported_at__gte=start_of_day(query.since))
    if query.until:
        cases = cases.filter(reported_at__lte=end_of_day(query.until))
    return cases


def listed(cases, query):
    """Order the cases and fetch what a row shows, names without their rows."""
    names = {
        "category_label": F("category__label"), "unit_name": F("unit__name"), "handler_name": F("handler__name"),
        "grid_name": F("grid__name"),
    }  # fmt: skip
    return cases.annotate(**names).defer(*NOT_SHOWN).order_by(*SORTS[query.sort][1])


def count(cases):
    """Return how many there are, counted no further than a thousand."""
    found = cases.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED} 多" if found > MOST_COUNTED else str(found)


class Row(NamedTuple):
    case: Case
    number: str
    words: str
    under: str
    owner: str
    state: str
    marks: str
    day: str
    tags: str


def row(case, now):
    """Put a case into the words of one row."""
    owner = case.unit_name or ""
    under = " · ".join(part for part in (case.category_label, case.grid_name, case.place) if part)
    return Row(
        case,
        case.number,
        shortened(case.words, 60),
        under,
        f"{owner} {case.handler_name}" if case.handler_name else owner,
        case.get_state_display(),
        strip.row(deadlines.strip(case, now), now),
        f"{local(case.reported_at):%m-%d}",
        tags(case),
    )


def tags(case):
    """Return the words that make this case unlike others."""
    found = []
    if case.urgency in (Urgency.EMERGENCY, Urgency.URGENT):
        found.append(("bad", case.get_urgency_display()))
    if case.reopen_no:
        found.append(("bad", f"重办{case.reopen_no}"))
    if case.return_count:
        found.append(("care", f"退回{case.return_count}"))
    if case.supervised_at:
        found.append(("care", "督办"))
    return format_html_join("", '<span class="yg-tag" data-tone="{}">{}</span>', found)


def choices(user, at):
    """Return the grids of one's area, the units and the classes to choose from, in one statement."""
    areas = [post.path for post in user.posts_at(at) if post.rule.sees == "area"]
    below = Q(pk__in=[])
    for path in areas:
        below |= Q(path__startswith=path)
    grids = Grid.objects.filter(below, level__in=(2, 3), valid_until=None)
    units = Unit.objects.filter(active=True) if areas else Unit.objects.none()
    every = grids.order_by().values_list(Value("grid"), F("path"), F("name"))
    every = every.union(
        units.order_by().values_list(Value("unit"), F("slug"), F("name")),
        Category.objects.classes().order_by().values_list(Value("group"), F("slug"), F("label")),
        all=True,
    )
    found = {"grid": [], "unit": [], "group": []}
    for kind, value, label in every.order_by():
        found[kind].append((value, label))
    return {kind: sorted(rows) for kind, rows in found.items()}
