"""Which closed cases are looked back on, when, and by which level; and the lot that nobody can steer. Rule: docs/policy/look-back.md."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from yige.accounts.models import UnitKind
from yige.accounts.roles import leading
from yige.cases import queries, rules
from yige.cases.after_closing import open_look_backs
from yige.cases.models import Case, Closing, LookBack
from yige.cases.words import LookBackWhy, Nature, Outcome, Urgency
from yige.lib.local_time import local_day

STREET, COMMUNITY = 1, 2
OWN_DAYS = 7
COMING_DAYS = 14
LOTS = 10_000
CLOSINGS_AT_ONCE = 500
LOOK_BACK, CHECK = "look_back", "check"  # what a lot is drawn for: one case has one lot for each


def plan_for_weighty(case, at) -> None:
    """A case of weight is looked back on twice, by the street."""
    if not is_weighty(case):
        return
    for rule in ("look_back_first", "look_back_second"):
        due_on = local_day(at) + timedelta(days=rules.value(rule))
        set_look_back(case, at, round=case.reopen_no, due_on=due_on, why=LookBackWhy.MAJOR, level=STREET)


def is_weighty(case) -> bool:
    """Say whether a case is major, was an emergency, or took several units called by a whistle."""
    if case.nature == Nature.MAJOR or case.urgency == Urgency.EMERGENCY:
        return True
    return case.entries.filter(verb="whistle").exists()


def plan_for_own(case, at) -> None:
    """What its finder settled is looked at by others after a week, when its lot is drawn."""
    if is_drawn(CHECK, case.pk, rules.value("check_share")):
        due_on = local_day(at) + timedelta(days=OWN_DAYS)
        set_look_back(
            case, at, round=case.reopen_no, due_on=due_on, why=LookBackWhy.OWN, level=level_above(case.unit)
        )


def set_look_back(case, at, *, due_on, **said) -> None:
    LookBack.objects.update_or_create(case=case, due_on=due_on, defaults={"at": at, **said})


def level_above(unit) -> int:
    """Return the level that looks at what this unit did: the community at a grid's, the street at any other."""
    return COMMUNITY if unit is not None and unit.kind == UnitKind.GRID_TEAM else STREET


def who_looks(look_back, at) -> list:
    """Return the ids of those whose look-back it is; the street's where nobody leads the level."""
    case = look_back.case
    return queries.desk_and_heads(case, at, *leading(look_back.level)) or queries.desk_and_heads(
        case, at, *leading(STREET)
    )


def in_reach(user, at) -> QuerySet:
    """Return the look-backs not held yet that this person may do: of cases seen, and never of the own unit's."""
    own = [post.unit_id for post in user.posts_at(at)]
    seen = Case.objects.visible_to(user, at).exclude(handler=user).exclude(unit__in=own)
    return open_look_backs().filter(case__in=seen)


def of_own_level(user, at) -> QuerySet:
    """Return those of the levels that this person leads."""
    roles = {post.role for post in user.posts_at(at)}
    levels = [level for level in (STREET, COMMUNITY) if roles & set(leading(level))]
    return in_reach(user, at).filter(level__in=levels)


def due(user, at) -> QuerySet:
    return of_own_level(user, at).filter(due_on__lte=local_day(at))


def overdue(user, at) -> QuerySet:
    return of_own_level(user, at).filter(due_on__lt=local_day(at))


def coming(user, at) -> QuerySet:
    today = local_day(at)
    soon = today + timedelta(days=COMING_DAYS)
    return of_own_level(user, at).filter(due_on__gt=today, due_on__lte=soon)


def of_area(user, at) -> QuerySet:
    return in_reach(user, at).filter(due_on__lte=local_day(at))


class Show(NamedTuple):
    """One list of the page of look-backs; the desk counts the same rows."""

    name: str
    label: str
    rows: Callable
    empty: str


# fmt: off
SHOWS = (
    Show("due",     "该我们看的",           due,     "现在没有到日子的回头看。"),
    Show("overdue", "过了日子的",           overdue, "没有过了日子的回头看，都按时看了。"),
    Show("coming",  f"{COMING_DAYS} 天内的", coming,  f"{COMING_DAYS} 天内没有要回头看的。"),
    Show("area",    "辖区里别级看的也列上", of_area, "辖区里没有到日子的回头看。"),
)
# fmt: on
SHOW_BY_NAME = {show.name: show for show in SHOWS}


def lot(purpose, case_id) -> int:
    """Return the lot of a case, 0 to 9999: a keyed hash, so that nobody without the key of the house can know it.

    It depends on the id alone, which the house gives, and on nothing that anybody types; a second closing draws no
    second lot.
    """
    said = f"yige.lot:{purpose}:{case_id}".encode()
    drawn = hmac.digest(settings.YIGE_LINK_KEY, said, hashlib.sha256)
    return int.from_bytes(drawn[:8]) % LOTS


def is_drawn(purpose, case_id, share) -> bool:
    """Say whether the lot of a case falls within a share in percent."""
    return lot(purpose, case_id) * 100 < share * LOTS


def draw(at) -> Counter:
    """Draw the lots of what was closed before today and has no plan; each closing once."""
    done = Counter()
    while drawn := draw_some(at):
        done += drawn
    return done


@transaction.atomic
def draw_some(at) -> Counter:
    share, days = rules.value("look_back_share"), rules.value("look_back_first")
    rows = undrawn_closings(at, days).select_related("case", "unit").order_by("at", "id")
    rows = list(rows.select_for_update(skip_locked=True, of=("self",))[:CLOSINGS_AT_ONCE])
    done = Counter({"closings": len(rows)} if rows else ())
    for row in rows:
        row.look_back_share = 0 if row.is_planned or row.case.outcome == Outcome.LIGHT else share
        if is_drawn(LOOK_BACK, row.case_id, row.look_back_share):
            due_on, level = local_day(row.at) + timedelta(days=days), level_above(row.unit)
            set_look_back(row.case, at, round=row.round, due_on=due_on, why=LookBackWhy.SAMPLE, level=level)
            done["drawn"] += 1
    Closing.objects.bulk_update(rows, ["look_back_share"])
    return done


def undrawn_closings(at, days) -> QuerySet:
    """Return what was closed within so many days and still is, without a lot; older ones would be late at once."""
    planned = LookBack.objects.filter(case=OuterRef("case"), round=OuterRef("round"))
    rows = Closing.objects.filter(look_back_share=None, reopened_at=None)
    return rows.filter(at__gte=at - timedelta(days=days), at__lte=at).annotate(is_planned=Exists(planned))


def wrong_draws() -> list[Closing]:
    """Return the closings whose lot, drawn again, says otherwise than their plan: for an auditor, with the key of the house."""
    sampled = LookBack.objects.filter(case=OuterRef("case"), round=OuterRef("round"), why=LookBackWhy.SAMPLE)
    rows = Closing.objects.filter(look_back_share__gt=0, reopened_at=None).annotate(
        is_planned=Exists(sampled)
    )
    rows = rows.select_related("case").order_by("at", "id")
    return [
        row
        for row in rows.iterator(CLOSINGS_AT_ONCE)
        if row.is_planned != is_drawn(LOOK_BACK, row.case_id, row.look_back_share)
    ]
