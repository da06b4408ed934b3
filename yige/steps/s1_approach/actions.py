"""Step 1, 走近群众: visit and answer what is owed, promise with a day, keep it; no visits where none are wished."""

from yige.accounts.models import Unit
from yige.archive.models import Household
from yige.archive.people.access import seat
from yige.archive.people.standing import NOT_YOUR_HOUSEHOLD, check_visits, ways
from yige.audit.log import action
from yige.contact import queries
from yige.contact.models import Need, Promise, Visit
from yige.contact.words import HEARD, NeedKind
from yige.lib.local_time import add_months, full_date_words, local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.steps.s1_approach import answering, visit_checks

DECLINED = "本户表示 {day} 前不希望走访。本人这次约了您的，请勾选“本人这次约的”；不然请到期再来。"


@action("contact.write_visit", makes=Visit)
def write_visit_without_timelines(
    household, *, by, at, id, mode, answers=(), needs=(), promises=(), wished_on=None, wished=False
) -> Visit:
    """Write down one visit: every owed thing is answered, unless nobody was met; what is new gets its row.

    The inner part of `visiting.finish_visit`, which also tells the timelines of the cases: surfaces call that one.
    `answers`: dicts of field (see `queries.field_of`), kind, words, due_on. `needs`: dicts of kind, words, person, case.
    `promises`: dicts of words, due_on, need. `wished` says that the household itself asked for this visit.
    """
    household = lock_household(household, by, at)
    unit, role_label = post_of(by, household, at)
    wrong = {}
    mode = visit_checks.check_mode(mode, wrong)
    _check_wished(household, at, wished, wrong)
    row = Visit(
        id=id, household=household, grid_path=household.grid_path, by=by, unit=unit, role_label=role_label,
        mode=mode, at=at,
    )  # fmt: skip
    met = mode in HEARD
    owed = queries.answers_owed(household, at) if met else []
    said = answering.check_answers(owed, answers, at, wrong) if met else []
    needs = visit_checks.check_needs(needs, household, wrong)
    promises = visit_checks.check_promises(promises, household, at, wrong)
    wished_on = visit_checks.check_next_day(wished_on, at, wrong)
    if not met and (needs or promises):
        wrong["mode"] = "没有遇到人，不会有新说的事。请改选方式，或者清空下面新写的内容。"
    visit_checks.refuse_faults(wrong)
    row.save(force_insert=True)
    answering.write_answers(said, row, at)
    for fields in needs:
        _need(household, by=by, at=at, visit=row, **fields).save(force_insert=True)
    for fields in promises:
        _promise(household, by=by, at=at, unit=unit, visit=row, **fields).save(force_insert=True)
    _touch(household, at, met, wished_on)
    return row


@action("contact.raise_need", makes=Need)
def raise_need(household, *, by, at, id, kind, words="", person=None, case=None) -> Need:
    """Write down what a household says outside a visit: by its visitors, or by itself."""
    if not ways(by, household, at) & {"area", "links", "self"}:
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    wrong = {}
    (fields,) = visit_checks.check_needs(
        [{"kind": kind, "words": words, "person": person, "case": case}], household, wrong
    ) or [None]
    if fields is None:
        wrong.setdefault("words", "请写一写是什么事。")
    visit_checks.refuse_faults(wrong)
    row = _need(household, by=by if by.actor_kind == "staff" else None, at=at, visit=None, **fields)
    row.id = id
    row.save(force_insert=True)
    return row


@action("contact.make_promise", makes=Promise)
def promise(household, *, by, at, id, words, due_on, need=None) -> Promise:
    """Promise something to a household for a day."""
    household = lock_household(household, by, at)
    unit, _ = post_of(by, household, at)
    wrong = {}
    made = visit_checks.check_promises(
        [{"words": words, "due_on": due_on, "need": need}], household, at, wrong
    )
    if not made:
        wrong.setdefault("promise_0_words", "请写一写答应了什么。")
    if wrong:
        raise NotSaid(
            next(iter(wrong.values())),
            **{name.removeprefix("promise_0_"): text for name, text in wrong.items()},
        )
    row = _promise(household, by=by, at=at, unit=unit, visit=None, **made[0])
    row.id = id
    row.save(force_insert=True)
    return row


@action("contact.keep_promise")
def keep_promise(promise, *, by, at) -> Promise:
    """Say that what was promised is done; the household hears of it at the next visit."""
    row = Promise.objects.select_for_update(of=("self",)).select_related("household").get(pk=promise.pk)
    check_visits(by, row.household, at)
    if row.kept_at or row.released_at:
        raise Conflict("这个承诺已经有结果了，不用再记。")
    row.kept_at = at
    row.save(update_fields=["kept_at"])
    return row


@action("contact.decline_visits")
def decline_visits(household, *, by, at, until) -> Household:
    """Keep that no visits are wished until a day, None takes it back; nothing else is kept, and nothing follows from it."""
    if not ways(by, household, at) & {"area", "links", "keeper", "self"}:
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    today = local_day(at)
    if until is not None and not today <= until <= add_months(today, 36):
        sentence = "请选今天以后、三年以内的日子；到期后可以再说。"
        raise NotSaid(sentence, until=sentence)
    row = Household.objects.select_for_update().get(pk=household.pk)
    row.declines_until = until
    row.save(update_fields=["declines_until"])
    return row


def lock_household(household, by, at) -> Household:
    """Lock a household, so that two visits follow each other; refuse who does not visit it, and a file that ended."""
    row = Household.objects.select_for_update().get(pk=household.pk)
    if by.actor_kind != "staff":
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    check_visits(by, row, at)
    if row.ended_at:
        raise Conflict("这一户已经搬走，档案结束了，不能再记走访。")
    return row


def post_of(by, household, at) -> tuple[Unit, str]:
    """Return the unit and the role from which somebody visits this household."""
    post_id = seat(by, household, at).post_id
    post = next(post for post in by.posts_at(at) if post.pk == post_id)
    return post.unit, post.rule.label


def _check_wished(household, at, wished, wrong):
    if household.declines_on(local_day(at)) and not wished:
        day = household.declines_until
        wrong["wished"] = DECLINED.format(day=full_date_words(day))


def _touch(household, at, met, wished_on):
    """Keep when somebody came last; a wish is fulfilled when it was met on its day or later."""
    household.tried_at = max(household.tried_at or at, at)
    if met:
        household.met_at = max(household.met_at or at, at)
    fulfilled = met and household.wished_on and household.wished_on <= local_day(at)
    household.wished_on = wished_on or (None if fulfilled else household.wished_on)
    household.save(update_fields=["tried_at", "met_at", "wished_on"])


def _need(household, *, by, at, visit, kind, words, person, case):
    return Need(
        household=household, grid_path=household.grid_path, visit=visit, kind=NeedKind(kind), words=words,
        person=person, case=case, raised_at=at, by=by,
    )  # fmt: skip


def _promise(household, *, by, at, unit, visit, words, due_on, need):
    return Promise(
        household=household, grid_path=household.grid_path, visit=visit, need=need, words=words, due_on=due_on,
        first_due_on=due_on, made_at=at, by=by, unit=unit,
    )  # fmt: skip
