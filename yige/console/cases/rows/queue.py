"""The queue's filters: what an address asks for, as conditions; nonsense in an address filters nothing."""

import re
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, Value
from django.utils.safestring import SafeString

from yige.accounts.models import Unit, User
from yige.cases import danger_calls, deadlines, todays, waiting_places, work_lists
from yige.cases.models import DANGER_FIRST, Category
from yige.cases.queries import duty_clock
from yige.cases.unit_figures import WAITS_FOR_UNIT
from yige.cases.words import OPEN, Channel, Nature, State, Tier, Urgency
from yige.console.cases.rows import queue_topics
from yige.grids.models import Grid
from yige.lib.local_time import date_words, start_of_day, start_of_next_day
from yige.lib.short_cache import ShortCache
from yige.lib.typed_text import shorten
from yige.lib.typed_values import read_day, read_id
from yige.steps.fields import Select
from yige.web import strip

PER_PAGE = 50
_kept = ShortCache(seconds=20)
MOST_COUNTED = 1000
MOST_NAMED = 50  # people whose name holds what was typed
LONGEST_SEARCH, LONGEST_NAME = 60, 20
SORTS = {
    "due": ("险情、先到期的在前", (DANGER_FIRST, F("next_mark_at").asc(nulls_last=True), "serial")),
    "new": ("险情、新的在前", (DANGER_FIRST, "-serial")),
    "old": ("险情、旧的在前", (DANGER_FIRST, "serial")),
    "waits": (
        "险情、等得久的在前",
        (DANGER_FIRST, waiting_places.WAITING_SINCE.asc(nulls_last=True), "serial"),
    ),
}
SETS = {"state": State, "urgency": Urgency, "nature": Nature, "channel": Channel}
CUTS = {
    "tier": Tier.choices,
    "waits": [(choice.name, choice.label) for choice in waiting_places.IN_WHOSE_HANDS],
    "late": [(choice.name, choice.label) for choice in waiting_places.HOW_LATE],
    "mark": [(mark.name, mark.label) for mark in deadlines.MARKS],
}
CUT_LABELS = {"tier": "等在哪一级", "waits": "等什么", "late": "是否超时", "mark": "下一个时限"}
TODAY = [(choice.name, choice.label) for choice in todays.TODAY]
MORE = (("urgency", "紧急程度"), ("nature", "性质"), ("channel", "来源"))
# What a row of the list and its strip do not need.
NOT_SHOWN = (
    "grams", "search_text", "plan", "lon", "lat", "accuracy_m", "located_by", "tier", "channel", "verified_at", "replied_at",
    "wake_at", "link_version", "dispatched_at", "signed_at", "extensions",
)  # fmt: skip


class QueueQuery(NamedTuple):
    """What the address asks for, already known to be sound."""

    view: str
    words: str
    chosen: dict
    cuts: dict
    today: str
    topic: str
    path: str
    unit: str
    group: str
    handler: str
    since: date | None
    until: date | None
    sort: str

    @property
    def only_open(self):
        """Ended cases have no next mark, so a list that may hold them cannot be ordered by it."""
        if self.view in work_lists.WORK_LIST_BY_NAME or self.chosen.get("state") in OPEN or self.cuts:
            return True
        if self.today:
            return False
        return self.view != "all" and "state" not in self.chosen and not self.words

    @property
    def order_words(self):
        return SORTS[self.sort][0]

    @property
    def narrowed_more(self):
        """Say whether a filter is set that stands behind “more”."""
        chosen = any(self.chosen.get(name) for name, _ in MORE)
        return bool(
            chosen or self.cuts or self.today or self.topic or self.handler or self.since or self.until
        )

    @property
    def narrowed(self):
        place = self.path or self.unit or self.group
        return bool(self.words or self.chosen or place or self.narrowed_more)


def read_query(query):
    """Read an address's query; what is not known is left out."""
    chosen = {name: query.get(name) for name, words in SETS.items() if query.get(name) in words.values}
    cuts = {name: query.get(name) for name, choices in CUTS.items() if query.get(name) in dict(choices)}
    path, slug = query.get("grid", ""), re.compile(r"[\w.-]{1,60}")
    found = QueueQuery(
        view=query.get("view", "") if query.get("view") in {*work_lists.WORK_LIST_BY_NAME, "all"} else "",
        words=" ".join(query.get("q", "").split())[:LONGEST_SEARCH],
        chosen=chosen,
        cuts=cuts,
        today=query.get("today", "") if query.get("today") in todays.TODAY_BY_NAME else "",
        topic=str(read_id(query.get("topic", "")) or ""),
        path=path if re.fullmatch(r"(/[\w-]{1,40}){1,6}/", path) else "",
        unit=query.get("unit", "") if slug.fullmatch(query.get("unit", "")) else "",
        group=query.get("group", "") if slug.fullmatch(query.get("group", "")) else "",
        handler="".join(query.get("handler", "").split())[:LONGEST_NAME],
        since=read_day(query.get("since")),
        until=read_day(query.get("until")),
        sort=query.get("sort") if query.get("sort") in SORTS else "due",
    )
    return found if found.only_open or found.sort != "due" else found._replace(sort="new")


def narrow(cases, query, who, near=False):
    """Cut a queryset down to what was asked for; `near` takes what sounds like the words instead of what holds them."""
    if query.words:
        cases = cases.sounding_like(query.words) if near else cases.matching(query.words)
    if query.view in work_lists.WORK_LIST_BY_NAME:
        cases = cases.filter(work_lists.WORK_LIST_BY_NAME[query.view].when(who))
    if query.only_open:
        cases = cases.open()
    cases = waiting_places.narrow_to_places(cases.filter(**query.chosen), who.at, **query.cuts)
    if query.today:
        cases = cases.filter(todays.TODAY_BY_NAME[query.today].when(todays.today_of(who.at)))
    if query.topic:
        cases = queue_topics.narrow_to_topic(cases, query.topic)
    if query.path:
        cases = cases.below(query.path)
    if query.unit:
        cases = cases.filter(unit__in=ids_of(Unit.objects.filter(slug=query.unit))).exclude(WAITS_FOR_UNIT)
    if query.group:
        cases = cases.filter(category__in=ids_of(Category.objects.filter(parent__slug=query.group)))
    if query.handler:
        cases = cases.filter(
            handler__in=ids_of(User.objects.filter(name__contains=query.handler)[:MOST_NAMED])
        )
    if query.since:
        cases = cases.filter(reported_at__gte=start_of_day(query.since))
    if query.until:
        cases = cases.filter(reported_at__lt=start_of_next_day(query.until))
    return cases


def ids_of(rows):
    """Return the ids of these few rows: the planner judges ids it sees far better than a subquery."""
    return list(rows.values_list("pk", flat=True))


def with_row_fields(cases, query):
    """Order the cases and fetch what a row shows, names without their rows."""
    names = {
        "category_label": F("category__label"), "unit_name": F("unit__name"), "handler_name": F("handler__name"),
        "grid_name": F("grid__name"), "topic_title": queue_topics.topic_of_case(),
    }  # fmt: skip
    return cases.annotate(**names).defer(*NOT_SHOWN).order_by(*SORTS[query.sort][1])


def count(cases):
    """Return how many there are, counted no further than a thousand."""
    found = cases.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED} 多" if found > MOST_COUNTED else str(found)


class Row(NamedTuple):
    """What a row of the list says, in the words that parts/queue_rows.html puts into its cells."""

    number: str
    words: str
    under: str
    marks: SafeString
    state: str
    tags: list
    unit: str
    handler: str
    day: str


def queue_rows(cases, now):
    """Put cases into the words of rows; the lights are those of the duty clock, as in the cards."""
    clock = duty_clock()
    return [queue_row(case, now, clock) for case in cases]


def queue_row(case, now, clock):
    under = " · ".join(part for part in (case.category_label, case.grid_name, case.place) if part)
    return Row(
        case.number,
        shorten(case.words, 60),
        under,
        marks(case, now, clock),
        case.get_state_display(),
        tags(case, now),
        "" if case.state in (State.REPORTED, State.ACCEPTED) else case.unit_name or "",
        case.handler_name or "",
        date_words(case.reported_at),
    )


def marks(case, now, clock):
    """Draw the strip of a row, as every other list does."""
    return strip.draw_row(deadlines.outlook(case, now, clock), now)


def tags(case, now):
    """Return (tone, word) of what makes this case unlike others."""
    found = [("bad", "险情")] if case.alarm_at else []
    if silent := danger_calls.silent_since(case, now):
        found.append(("bad", danger_calls.silence_words(silent, now)))
    if case.urgency in (Urgency.EMERGENCY, Urgency.URGENT):
        found.append(("bad", case.get_urgency_display()))
    if case.reopen_no:
        found.append(("bad", f"重办{case.reopen_no}"))
    if case.return_count:
        found.append(("care", f"退回{case.return_count}"))
    if case.supervised_at:
        found.append(("care", "督办"))
    if getattr(case, "topic_title", None):
        found.append(("accent", f"专题：{case.topic_title}"))
    return found


def choices(user, at):
    """Return the grids of one's area, the units and the classes to choose from; a new one is seen within seconds."""
    areas = tuple(sorted(post.path for post in user.posts_at(at) if post.rule.sees == "area"))
    return _kept.of(areas, lambda: choices_below(areas))


def choices_below(areas):
    below = Q(pk__in=[])
    for path in areas:
        below |= Q(path__startswith=path)
    grids = Grid.objects.filter(below, level__in=(2, 3), valid_until=None)
    units = Unit.objects.filter(active=True) if areas else Unit.objects.none()
    every = grids.order_by().values_list(Value("grid"), F("path"), F("name"))
    every = every.union(
        units.order_by().values_list(Value("unit"), F("slug"), F("name")),
        Category.objects.classes().order_by().values_list(Value("group"), F("slug"), F("label")),
        queue_topics.topics_to_choose(areas),
        all=True,
    )
    found = {"grid": [], "unit": [], "group": [], "topic": []}
    for kind, value, label in every.order_by():
        found[kind].append((value, label))
    return {kind: sorted(rows) for kind, rows in found.items()}


def selects(query, found):
    """Return the choices of the filter as drawn selects: those always shown, and those behind “more”."""
    shown = (
        ("state", "状态", State.choices, query.chosen.get("state")),
        ("grid", "网格", found["grid"], query.path),
        ("unit", "承办单位", found["unit"], query.unit),
        ("group", "大类", found["group"], query.group),
    )
    more = tuple((name, label, SETS[name].choices, query.chosen.get(name)) for name, label in MORE)
    day = draw_selects(
        [("today", "今天的", TODAY, query.today), ("topic", "专题", found["topic"], query.topic)]
    )
    return draw_selects(shown), [*draw_selects(more), *cut_selects(query), *day]


def cut_selects(query):
    """Return the choices of where a case waits, and how late, as drawn selects."""
    return draw_selects((name, label, CUTS[name], query.cuts.get(name)) for name, label in CUT_LABELS.items())


def draw_selects(rows):
    """Draw (name, label, choices, chosen) as selects; what offers nothing is left out."""
    return [_select(*one) for one in rows if one[2]]


def _select(name, label, choices, chosen):
    attrs = {"class": "form-select", "aria-label": label}
    return Select(choices=[("", label), *choices]).render(name, chosen, attrs)
