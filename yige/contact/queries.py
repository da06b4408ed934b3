"""What the pages and the verbs ask of visits, needs and promises, read-only; what a household is owed at its door."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from yige.contact import answer_rule
from yige.contact.case_matters import matters_of
from yige.contact.models import Answer, Need, Promise, Visit
from yige.lib.local_time import local_day

OF_CASE = ("case", "case__unit", "case__category", "case__grid", "case__leader__unit")


class OwedAnswer(NamedTuple):
    """One thing that is owed: the row (a need or a promise), what the rule reads of it, and the drafted answer."""

    row: object
    item: answer_rule.OwedItem
    draft: answer_rule.Draft

    @property
    def is_promise(self) -> bool:
        return isinstance(self.row, Promise)

    @property
    def field(self) -> str:
        """The name of this thing in a form and in a refusal."""
        return field_of(self.row)


def field_of(row) -> str:
    return f"{row._meta.model_name}_{row.pk.hex}"


def recent_visits(household, count=3) -> list[Visit]:
    """Return the last visits to a household, the youngest first, with who came from which unit."""
    return list(Visit.objects.filter(household=household).select_related("by", "unit")[:count])


def open_needs(household) -> list:
    """Return what this household raised and still waits for, oldest first, with the cases."""
    return list(needs_waiting().filter(household=household).select_related(*OF_CASE))


def needs_waiting() -> QuerySet:
    """Return needs without an answer that ended them; a case that was taken up again opens its need again."""
    return Need.objects.filter(Q(closed_at=None) | Q(case__reopened_at__gt=F("closed_at")))


def open_promises(household) -> list[Promise]:
    """Return what was promised to this household and is neither kept nor released, the earliest day first."""
    return list(Promise.objects.open().filter(household=household).select_related("unit", "by", "need"))


def answers_owed(household, at) -> list:
    """Return what an answer is owed for at a visit now, each with its draft; see `answer_rule`."""
    needs, promises = open_needs(household), _unheard(household)
    if not needs and not promises:
        return []
    heard, words = _heard(needs, promises), defaultdict(list)
    for promise in promises:
        words[promise.need_id].append(
            answer_rule.PromiseForNeed(promise.words, promise.due_on, promise.kept_at is not None)
        )
    stands = matters_of([need.case for need in needs if need.case])
    items = [
        answer_rule.OwedItem(
            str(need.pk), need.kind, need.raised_at, need.words, stands.get(need.case_id), tuple(words[need.pk]),
            tuple(heard[need.pk]),
        )
        for need in needs
    ]  # fmt: skip
    items += [
        answer_rule.OwedItem(
            str(promise.pk), "promise", promise.made_at, promise.words, heard=tuple(heard[promise.pk]),
            due_on=promise.due_on, kept=promise.kept_at is not None,
        )
        for promise in promises
    ]  # fmt: skip
    rows = {str(row.pk): row for row in (*needs, *promises)}
    found = answer_rule.items_owed(items, household.met_at, local_day(at))
    return [OwedAnswer(rows[item.id], item, draft) for item, draft in found]


def _unheard(household):
    """Return the promises that stand, and those that were kept without the household having heard of it."""
    rows = Promise.objects.filter(household=household, released_at=None).select_related("unit", "need")
    return list(rows.exclude(Q(kept_at__isnull=False) & Q(pk__in=_ended(household))))


def _ended(household):
    answers = Answer.objects.filter(promise__household=household, ends=True, heard_at__isnull=False)
    return answers.values("promise")


def _heard(needs, promises):
    """Return the answers that the household heard, by the id of what they are about."""
    found = defaultdict(list)
    answers = Answer.objects.filter(heard_at__isnull=False)
    for answer in answers.filter(Q(need__in=needs) | Q(promise__in=promises)):
        found[answer.need_id or answer.promise_id].append(
            answer_rule.HeardAnswer(answer.kind, answer.heard_at, answer.ends, answer.words)
        )
    return found


class VisitSummary(NamedTuple):
    answers: list
    needs: list
    promises: list


def visit_summary(visit) -> VisitSummary:
    """Return what was said on one visit: the answers, what is new, what was promised; the household sees the same."""
    answers = visit.answers.select_related("need__case", "promise").order_by("id")
    needs = visit.needs.select_related("case__category")
    return VisitSummary(list(answers), list(needs), list(visit.promises.all()))
