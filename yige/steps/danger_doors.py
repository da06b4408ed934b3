"""Words of danger at doors that lead to no case: they become one, so that it stands on top, tells people and calls again.

A surface takes words in by these functions and never by the verbs behind them (`tests/steps/test_danger_doors.py` counts
the doors). The case is personal, names no person but whom to ring up, and nothing is kept of the household.
"""

from django.db import transaction

from yige.accounts.actors import STRANGER
from yige.accounts.models import Post
from yige.accounts.roles import leading
from yige.alliance import wishes
from yige.alliance.models import Wish
from yige.archive.models import Household, RightsRequest
from yige.archive.rights import requests as rights
from yige.cases import actions as cases
from yige.cases import danger_watch, dangers, queries
from yige.cases.categories import UNSURE
from yige.cases.models import Case, PlatformComplaint
from yige.cases.reports import Problem
from yige.cases.words import Channel, Nature
from yige.contact.models import Appointment, Need
from yige.contact.words import SlotKind
from yige.deliberation import actions as deliberation
from yige.deliberation import carrying_out, questions
from yige.deliberation.models import Deliberation, Objection, Question
from yige.lib.local_time import local_day
from yige.lib.masks import free_text
from yige.notices import actions as notices
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments
from yige.steps.visiting import report_for_household


@transaction.atomic
def book_slot(slot, *, by, at, key=None, household, person=None, words="") -> Appointment:
    """Take an hour; what its words tell of a danger does not wait for the hour."""
    made = appointments.book_slot(
        slot, by=by, at=at, key=key, household=household, person=person, words=words
    )
    channel = Channel.SECRETARY if slot.kind == SlotKind.SECRETARY else Channel.VISIT
    report_danger(household.pk, words, by=by, at=at, key=key, person=person, channel=channel)
    return made


@transaction.atomic
def raise_need(household, *, by, at, key=None, kind, words="", person=None) -> Need:
    """Write down what a household says outside a visit, with its case when it tells of a danger."""
    case = report_danger(household.pk, words, by=by, at=at, key=key, person=person, channel=Channel.VISIT)
    return s1.raise_need(household, by=by, at=at, key=key, kind=kind, words=words, person=person, case=case)


@transaction.atomic
def ask_about_file(person, *, by, at, key=None, **said) -> RightsRequest:
    """Ask those who keep the file; nobody waits thirty days with a danger that stands in the words."""
    made = rights.ask(person, by=by, at=at, key=key, **said)
    words = said.get("words", "")
    if person.household_id is None:
        tell_street(words, "写在给档案的要求里", at=at)
    report_danger(person.household_id, words, by=by, at=at, key=key, person=person, channel=Channel.SNAP)
    return made


@transaction.atomic
def complain(page, *, by, at, key=None, words, **said) -> PlatformComplaint:
    """Take in a word about the platform; it has no place, so the street is told what it tells of a danger."""
    made = cases.complain(page, by=by, at=at, key=key, words=words, **said)
    if made.at == at:  # not when it was sent twice
        tell_street(words, "写在“对平台投诉与建议”里", at=at)
    return made


@transaction.atomic
def raise_matter(area, *, by, at, key=None, words, person=None, **said) -> Deliberation:
    """Raise a matter for neighbours to decide; a danger in its words does not wait for their meeting."""
    made = deliberation.raise_matter(area, by=by, at=at, key=key, words=words, person=person, **said)
    hear_at_council(words, by=by, at=at, key=key, person=person, is_new=made.raised_at == at)
    return made


@transaction.atomic
def answer_question(area, *, by, at, key=None, words, person=None, **said) -> Question:
    """Write down a question that was answered; a danger in it is not done with by an answer."""
    made = questions.answer_question(area, by=by, at=at, key=key, words=words, person=person, **said)
    hear_at_council(words, by=by, at=at, key=key, person=person, is_new=made.answered_at == at)
    return made


@transaction.atomic
def object_to(row, *, by, at, key=None, words, person=None) -> Objection:
    """Say another opinion while a result is shown; what it tells of a danger is heard at once."""
    made = carrying_out.object_to(row, by=by, at=at, key=key, words=words, person=person)
    hear_at_council(words, by=by, at=at, key=key, person=person, is_new=made.made_at == at)
    return made


@transaction.atomic
def make_wish(person, *, by, at, key=None, words, shown=False) -> Wish:
    """Take a wish down; what its words tell of a danger is no wish."""
    made = wishes.make_wish(person, by=by, at=at, key=key, words=words, shown=shown)
    report_danger(person.household_id, words, by=by, at=at, key=key, person=person, channel=Channel.VISIT)
    return made


def hear_at_council(words, *, by, at, key, person, is_new) -> None:
    """Report what tells of a danger in the household of who wrote it; the street is told where there is none."""
    if person is not None and person.household_id:
        report_danger(person.household_id, words, by=by, at=at, key=key, person=person, channel=Channel.FORUM)
    elif is_new:
        tell_street(words, "写在居民议事里", at=at)


def tell_street(words, where, *, at) -> None:
    """Tell the heads of the street and the desk of a danger that has no place."""
    if hearings := dangers.hear(words):
        held = Post.objects.held_on(local_day(at)).filter(role__in=leading(1))
        notices.tell_staff(
            held.values_list("user_id", flat=True),
            kind="danger",
            title=f"{danger_watch.LOOK_NOW}：{where}",
            body=free_text(danger_watch.words_with_quotes(hearings, words))[:200],
            at=at,
            urgent=True,
        )


def report_danger(household_id, words, *, by, at, key, person, channel) -> Case | None:
    """Report what words tell of a danger as a case of the household's building, whom to ring up from the file; else None."""
    if household_id is None or not dangers.hear(words):
        return None
    rows = Household.objects.select_related("home__building", "grid", "contact")
    household = rows.get(pk=household_id)
    return report_for_household(
        household,
        Problem(words, queries.category_in_use(UNSURE), nature=Nature.PERSONAL),
        by=by if by.actor_kind == "staff" else STRANGER,  # no line about a case names a person on file
        at=at,
        key=f"{by.actor_id}-{key}-danger" if key else None,
        caller=person or household.contact,
        channel=channel,
    )
