"""Who can be reached for a unit: now, next, and when nobody can. The verbs are in `shift_actions.py`.

Who left the unit, or has a closed account, is no help at night: his or her shifts count only while a post is held.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from yige.accounts.models import Post, Shift, Unit, UnitKind
from yige.accounts.scope import NOTHING, posts_of
from yige.accounts.shift_rules import MOST_HOURS, Stretch, common_part, gaps_in
from yige.lib.local_time import add_months, local_day, start_of_day

KEPT_MONTHS = 3
_END = date(9000, 1, 1)  # of a post without an end


# ── who may look, who may write ──


def rosters_seen_by(user, at) -> QuerySet[Unit]:
    """Return the units in use whose people on duty somebody may call: those that work for his or her area, or the own."""
    reach = NOTHING
    for post in posts_of(user, at):
        if post.may("see_rosters"):
            reach |= _serving(post) if post.rule.level else Q(pk=post.unit_id)
    return Unit.objects.filter(reach, active=True)


def rosters_kept_by(user, at) -> QuerySet[Unit]:
    """Return the units in use whose roster somebody may write: the street every one of its units, others the own."""
    reach = NOTHING
    for post in posts_of(user, at):
        if post.may("keep_rosters"):
            reach |= Q(pk=post.unit_id)
            if post.rule.level == 1:
                reach |= (Q(path="") | Q(path__startswith=post.path)) & ~Q(kind=UnitKind.DISTRICT)
    return Unit.objects.filter(reach, active=True)


def _serving(post):
    """The units below a post, those over its area, and those beside the tree."""
    parts = post.path.strip("/").split("/")
    above = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
    return Q(path="") | Q(path__startswith=post.path) | Q(path__in=above)


# ── who is on duty ──


def on_duty(unit, at) -> list[Shift]:
    """Return the shifts of who can be reached for a unit at this moment, the one that lasts longest first."""
    return on_duty_in([unit], at)[unit.pk]


def with_roster_first(units, span) -> QuerySet[Unit]:
    """Order units so that those with a shift in a span come first, in their ordinary order."""
    written = Shift.objects.filter(
        unit=OuterRef("pk"), cancelled_at=None, begins_at__lt=span.ends_at, ends_at__gt=span.begins_at
    )
    return units.order_by(Exists(written).desc(), *Unit._meta.ordering)


def on_duty_in(units, at) -> dict:
    """Return the same for many units, by the id of the unit, in two statements."""
    found = {unit.pk: [] for unit in units}
    shifts = shifts_in(units, Stretch(at, at + timedelta(microseconds=1)))
    for shift in sorted(shifts, key=lambda shift: shift.ends_at, reverse=True):
        if any(stretch.holds(at) for stretch in manned_stretches(shift)):
            found[shift.unit_id].append(shift)
    return found


def gaps(unit, since, until) -> list[Stretch]:
    """Return the hours between two moments when nobody is on duty for a unit, in order."""
    span = Stretch(since, until)
    return gaps_of(shifts_in([unit], span), span)


def gaps_of(shifts, span) -> list[Stretch]:
    """Return the same from shifts that were read by `shifts_in`."""
    return gaps_in([stretch for shift in shifts for stretch in manned_stretches(shift)], span)


def shifts_in(units, span) -> QuerySet[Shift]:
    """Return the shifts of units that share a moment with a span, with what `manned_stretches` asks for."""
    held = Prefetch("user__posts", Post.objects.filter(unit__in=[unit.pk for unit in units]), to_attr="held")
    near = Shift.objects.filter(
        unit__in=[unit.pk for unit in units],
        cancelled_at=None,
        begins_at__gt=span.begins_at - timedelta(hours=MOST_HOURS),
        begins_at__lt=span.ends_at,
        ends_at__gt=span.begins_at,
    )
    return near.select_related("user", "unit").prefetch_related(held).order_by("begins_at", "id")


def manned_stretches(shift) -> list[Stretch]:
    """Return the parts of a shift in which its person can be reached for the unit."""
    whole = Stretch(shift.begins_at, shift.ends_at)
    if shift.user is None:
        return [whole]
    if not shift.user.is_active:
        return []
    days = [(post.since, post.until or _END) for post in shift.user.held if post.unit_id == shift.unit_id]
    parts = [common_part(whole, Stretch(start_of_day(since), start_of_day(until))) for since, until in days]
    return [part for part in parts if part]


def forget_old_shifts(at) -> int:
    """Delete the shifts that ended more than three months ago, cancelled ones too; returns how many."""
    before = start_of_day(add_months(local_day(at), -KEPT_MONTHS))
    return Shift.objects.filter(ends_at__lt=before).delete()[0]
