"""What a head has to see of the own area: each line its rows, and what is good when there are none.

The desk shows these lines and the weekly digest tells them, so both say the same numbers. A line opens exactly its rows;
none of them compares anybody, and what is told of households is what their reader may know.
"""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from yige.accounts.roles import permits
from yige.archive.people.queries import HouseholdFilter, households
from yige.cases import look_backs, work_lists
from yige.cases.models import Case
from yige.contact.models import Spot
from yige.contact.patrols import spot_is_late
from yige.contact.people_map import MapArea, areas_listed
from yige.contact.promises import promises_below
from yige.contact.reach import length_of, reach_of
from yige.deliberation.queries import waiting_for
from yige.topics.queries import late_topics

NOT_MET_DAYS = "90"


class HeadLine(NamedTuple):
    """One line: how many there are in words, and the sentence when there are none."""

    name: str
    words: str
    good: str


# fmt: off
LINES = (
    #    name              what there is                                  when there is none
    HeadLine("overdue",        "{count} 件事超过了时限",                       "没有超过时限的事。"),
    HeadLine("returned_twice", "{count} 件事退回过两次以上，还没有办好",       "没有退回两次的事，派单派得准。"),
    HeadLine("reopened_twice", "{count} 件事重办过两次以上，还没有办好",       "没有重办两次的事。"),
    HeadLine("look_backs",     "{count} 件回头看过了日子",                     "回头看都按时看了。"),
    HeadLine("topics_late",    "{count} 个专题有一步过了日子",               "专题的每一步都在日子里。"),
    HeadLine("deliberations",  "{count} 件议事等着办下一步",                  "议事没有等着办的。"),
    HeadLine("promises",       "{count} 个答应居民的事过了期",                 "答应居民的事，没有一个过期。"),
    HeadLine("spots_late",     "{count} 个巡查地点过了该看的日子",             "巡查地点都按时看了。"),
    HeadLine("spots_never",    "{count} 个巡查地点还没有看过",                 "没有一个巡查地点是没看过的。"),
    HeadLine("households",     "{count} 户三个月没有见到过",                   "没有一户三个月没见到过。"),
    HeadLine("areas",          "{count} 个下级辖区有久未走访的户（按公布的数）", "下级辖区没有公布久未走访的户。"),
)
# fmt: on
CASE_LINES = ("overdue", "returned_twice", "reopened_twice")


class CountedLine(NamedTuple):
    """A line with its number."""

    line: HeadLine
    count: int

    @property
    def words(self) -> str:
        return self.line.words.format(count=self.count) if self.count else self.line.good


def lines_of_head(user, at) -> list[CountedLine]:
    """Return the lines of somebody who heads an area, in the order of the table; nothing to others."""
    who = work_lists.viewer(user, at)
    if not who.may("head_area"):
        return []
    counts = cases_counted(who) | spots_counted(user, at) | households_counted(who)
    counts["look_backs"] = look_backs.overdue(user, at).count()
    counts["topics_late"] = late_topics(user, at).count()
    counts["deliberations"] = waiting_for(user, at).count()
    counts["promises"] = promises_below(user, at).count()
    return [CountedLine(line, counts[line.name]) for line in LINES if line.name in counts]


def cases_counted(who) -> dict[str, int]:
    lists = [work_lists.WORK_LIST_BY_NAME[name] for name in CASE_LINES]
    return work_lists.counts(Case.objects.visible_to(who.user, who.at).open(), who, lists)


def spots_counted(user, at) -> dict[str, int]:
    rows = Spot.objects.visible_to(user, at).filter(active=True).order_by()
    return rows.aggregate(
        spots_late=Count("pk", filter=spot_is_late(at)), spots_never=Count("pk", filter=Q(looked_at=None))
    )


def households_counted(who) -> dict[str, int]:
    """Count the households of whose files this head reads; a head who reads numbers only is told of areas, as published."""
    found = {}
    if permits(who.roles, "open_files"):
        found["households"] = not_met_for_long(who.user, who.at).count()
    if not who.leads(3):
        found["areas"] = len(areas_not_visited(who.user, who.at))
    return found


def not_met_for_long(user, at) -> QuerySet:
    """Return the households that nobody met for three months and that do not wish it otherwise."""
    return households(user, at, HouseholdFilter(days=NOT_MET_DAYS, willing="1"))


def areas_not_visited(user, at) -> list[MapArea]:
    """Return the areas right below the own ones in which households wait for a visit, as everybody reads it."""
    reach = reach_of(user, at)
    below = {length_of(path) + 1 for path in reach.paths}
    return [
        area
        for area in areas_listed(reach, at)
        if area.level in below and area.is_told and area.figures.late and area.figures.late.about
    ]
