"""Today's list of somebody who visits: candidates by few capped statements, put in order by the pure rule."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Q

from yige.archive import labels
from yige.archive.models import Household, Label
from yige.contact import plans
from yige.contact.models import Appointment, Promise
from yige.contact.visit_order import AHEAD, Candidate, Task, tasks_in_order
from yige.contact.words import SlotKind
from yige.lib.local_time import local_day, start_of_day, start_of_next_day
from yige.notices.quiet import not_before

CAP = 60  # candidates of one kind; who waits longest is among them
MORE = 20
READ_OF_HOUSEHOLD = ("id", "home__building", "met_at", "tried_at", "wished_on", "declines_until")


class Today(NamedTuple):
    """`rows` are (task, household); while nobody is visited or rung up `quiet_until` is set, and they are the morning's."""

    plan: plans.VisitPlan | None
    rows: list[tuple[Task, Household]]
    quiet_until: datetime | None


def visits_of_today(user, at, count=None) -> Today:
    """Return whom to visit today, `count` of them or as many as the plan of the user's posts suggests."""
    posts = user.posts_at(at)
    plan = plans.plan_of([post.role for post in posts])
    quiet_until = None if not_before(at) == at else not_before(at)
    if plan is None:
        return Today(plan, [], quiet_until)
    at = quiet_until or at
    today = local_day(at)
    found = tasks_in_order(candidates(user, posts, at, today), today, plan.every_days)[
        : count or plan.suggest
    ]
    rows = Household.objects.select_related("home__building").in_bulk([task.id for task in found])
    return Today(plan, [(task, rows[task.id]) for task in found], quiet_until)


def candidates(user, posts, at, today) -> list:
    """Return the households that may be worth a visit today, each once, with what the rule reads of them."""
    mine = Household.objects.visited_by(user, at)
    promises = _promised(mine, today)
    appointed = _appointed(mine, today)
    services = _served(mine, posts, at, today)
    facts = {row[0]: row for row in _oldest(mine)}
    facts |= {row[0]: row for row in mine.filter(wished_on__lte=today).values_list(*READ_OF_HOUSEHOLD)[:CAP]}
    missing = (promises.keys() | appointed.keys() | services.keys()) - facts.keys()
    if missing:
        facts |= {
            row[0]: row for row in Household.objects.filter(pk__in=missing).values_list(*READ_OF_HOUSEHOLD)
        }
    return [
        Candidate(
            pk, building, _day(met_at), _day(tried_at), promises.get(pk), appointed.get(pk), wished_on,
            services.get(pk), declines is not None and today <= declines,
        )
        for pk, building, met_at, tried_at, wished_on, declines in facts.values()
    ]  # fmt: skip


def _day(moment):
    return local_day(moment) if moment else None


def _oldest(mine):
    return mine.order_by(F("met_at").asc(nulls_first=True), "id").values_list(*READ_OF_HOUSEHOLD)[:CAP]


def _promised(mine, today):
    """Return the earliest day promised to each household, of what is due or late."""
    rows = Promise.objects.open().filter(household__in=mine, due_on__lte=today + timedelta(days=AHEAD))
    found = {}
    for household, due_on in rows.order_by("due_on").values_list("household", "due_on")[:CAP]:
        found.setdefault(household, due_on)
    return found


def _appointed(mine, today):
    """Return the hour of each household that made an appointment for a visit today."""
    rows = Appointment.objects.filter(household__in=mine, cancelled_at=None, held_at=None)
    rows = rows.filter(
        slot__kind=SlotKind.VISIT, slot__at__gte=start_of_day(today), slot__at__lt=start_of_next_day(today)
    )
    return dict(rows.order_by("-slot__at").values_list("household", "slot__at")[:CAP])


def _served(mine, posts, at, today):
    """Return the cadence of households whose service asks for a visit now, by labels that this visitor may see."""
    wanted = Q(pk__in=[])
    for way in {post.rule.files for post in posts} & {"area", "links"}:
        paths = [post.path for post in posts if post.rule.files == "area"] if way == "area" else None
        for label in labels.LABELS:
            if label.every_days and way in label.seen_by:
                wanted |= _overdue(label, at) & _below(paths)
    rows = Label.objects.held_on(today).filter(wanted, person__household__in=mine)
    rows = rows.order_by(F("person__household__met_at").asc(nulls_first=True))
    found = {}
    for household, kind in rows.values_list("person__household", "kind")[:CAP]:
        days = labels.LABEL_BY_NAME[kind].every_days
        found[household] = min(days, found.get(household, days))
    return found


def _overdue(label, at):
    waited = Q(person__household__met_at=None)
    waited |= Q(person__household__met_at__lte=at - timedelta(days=label.every_days))
    return Q(kind=label.name) & waited


def _below(paths):
    found = Q()
    for path in paths or ():
        found |= Q(person__household__grid_path__startswith=path)
    return found
