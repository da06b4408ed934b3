"""A visit as a whole: what is answered goes to the timelines of its cases, a problem becomes a case in one tap."""

from django.db import transaction

from yige.archive.models import Household
from yige.archive.people import sealing
from yige.cases import dangers
from yige.cases.models import Case
from yige.cases.reporters import ReporterContact
from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import AnswerKind, Channel, LocatedBy
from yige.contact.models import Visit
from yige.contact.words import NeedKind
from yige.lib.refusals import NotSaid
from yige.steps.s1_approach import actions as s1
from yige.steps.s3_report import actions as s3
from yige.steps.s6_feedback import actions as s6

NO_CATEGORY = "请选是哪一类问题。"
NO_WORDS = "请写一写是什么问题，一两句话就行。"


def finish_visit(household, *, by, at, key=None, needs=(), **said) -> Visit:
    """Finish a visit and tell the timelines of its cases; a need with `category` is reported as a case in the same transaction.

    With `wants_call` the reporter's name and phone are taken from the file, because the person wants to be called.
    """
    with transaction.atomic():
        needs = [_with_case(household, need, place, by, at, key) for place, need in enumerate(needs)]
        made = s1.write_visit_without_timelines(household, by=by, at=at, key=key, needs=needs, **said)
        for answer in made.answers.exclude(need__case=None).select_related("need__case").order_by("id"):
            s6.answer_at_visit(
                answer.need.case, by=by, at=at, kind=AnswerKind(answer.kind), words=answer.words,
                key=f"{key}-{answer.need_id}" if key else None,
            )  # fmt: skip
        return made


def _with_case(household, need, place, by, at, key):
    """Return a need without what only a report needs, with its case when it is to become one."""
    need = dict(need)
    wanted, category, wants_call, looked_at = (
        need.pop("to_case", None),
        need.pop("category", None),
        need.pop("wants_call", False),
        need.pop("looked_at", False),
    )
    if not wanted and category is None:
        _check_danger(need.get("words") or "", place, looked_at)
        return need
    start = f"need_{place}_"
    if not (need.get("words") or "").strip():
        raise NotSaid(NO_WORDS, **{f"{start}words": NO_WORDS})
    if category is None:
        raise NotSaid(NO_CATEGORY, **{f"{start}category": NO_CATEGORY})
    key = f"{key}-case-{place}" if key else None
    home = Household.objects.select_related("home__building", "grid", "contact").get(pk=household.pk)
    return {
        **need,
        "kind": need.get("kind") or NeedKind.PROBLEM,
        "case": report_for_household(
            home,
            Problem(need["words"].strip(), category),
            by=by,
            at=at,
            key=key,
            caller=(need.get("person") or home.contact) if wants_call else None,
        ),
    }


def _check_danger(words, place, looked_at):
    """Ask once, at the door, about words that may mean danger: they are reported, or somebody has looked."""
    if looked_at or not (hearings := dangers.hear(words)):
        return
    first = hearings[0]
    sentence = (
        f"写到“{first.quotes[0]}”，{first.danger.label}。{first.danger.advice}"
        "要街道马上管，请勾“上报成事项”；当面看过、没有危险，请勾“当面看过，没有危险”。"
    )
    raise NotSaid(sentence, **{f"need_{place}_words": sentence})


def report_for_household(household, problem, *, by, at, key, caller=None, channel=Channel.VISIT) -> Case:
    """Report in the grid of the household; the place is its building, never the flat; `caller` wants to be called."""
    building = household.home.building if household.home_id else None
    where = (building.lon, building.lat) if building else (None, None)
    return s3.report(
        household.grid,
        by=by,
        at=at,
        key=key,
        problem=problem,
        location=Location(str(building) if building else "", LocatedBy.ADDRESS, *where),
        origin=Origin(channel, household=household),
        contact=_reporter_contact(caller),
    )


def _reporter_contact(person):
    """Return name and phone from the file, sealed anew for the case; nothing when nobody is named."""
    return (
        ReporterContact(*(sealing.open_value(person, field) for field in ("name", "phone")))
        if person
        else None
    )
