"""Step 3, 平台上报: report, accept, reject, merge; and what the reporter may add."""

from django.db import transaction

from yige.accounts.actors import LinkHolder
from yige.accounts.roles import having, leading
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import action
from yige.cases import case_notices, corrections, danger_watch, queries, reporters
from yige.cases.models import Case, Urge
from yige.cases.move import entry_of, move, set_clock
from yige.cases.reports import DEFAULT_LOCATION, DEFAULT_ORIGIN, facts, search_fields
from yige.cases.words import BEFORE_HANDLED, RejectReason, State, Tier
from yige.cases.workflow import BY_VERB
from yige.lib.refusals import Conflict, NotSaid

TAKES_IN = (*BEFORE_HANDLED, State.HANDLED)  # what can still take another case in
MOST_ADDED = 1000
LONGEST_REPORT = Case._meta.get_field("words").max_length
LONGEST_PLACE = Case._meta.get_field("place").max_length


def report(
    grid,
    *,
    by,
    at,
    problem,
    location=DEFAULT_LOCATION,
    origin=DEFAULT_ORIGIN,
    contact=None,
    photos=(),
    key=None,
) -> Case:
    """Take in one problem in one grid: a `Problem`, its `Location`, its `Origin`, a `ReporterContact` or None."""
    said = facts(problem, location, origin)
    said |= {"contact": contact.given() if contact else None}
    said |= {"photos": photos} if photos else {}
    return record_report(grid, by=by, at=at, key=key, **said)


@action("cases.report", makes=Case)
def record_report(grid, *, by, at, id, contact, photos=(), **fields) -> Case:
    """Write a report down as a case, with its reporter, its line and the notices to desk and head."""
    category = fields["category"]
    case = Case(
        id=id, grid=grid, grid_path=grid.path, tier=Tier.GRID, reported_at=at,
        **search_fields(fields["words"], fields["place"]),
        reported_by=by if by.actor_kind == "staff" else None,
        **{"urgency": category.urgency, "nature": category.nature, **fields},
    )  # fmt: skip
    check_words(case)
    hearings = danger_watch.note_in_report(case)
    set_clock(case, at)
    insert_rows(case)
    entry = entry_of(BY_VERB["report"], case, by=by, at=at, said={}, shown={})
    insert_rows(
        entry,
        *reporters.reporter_rows(case, **contact or {}),
        *danger_watch.notices_of_report(case, hearings, at=at),
    )
    if photos:
        queries.photos_of_draft(photos).update(case=case, entry=entry, draft=None)
    return case


def check_words(case) -> None:
    """Refuse a report that says nothing or far too much."""
    if not case.words.strip():
        raise NotSaid("请写一写是什么问题。", words="请写一写是什么问题，一两句话就行。")
    if len(case.words) > LONGEST_REPORT:
        raise NotSaid(
            "写得太长了。",
            words=f"最多写 {LONGEST_REPORT} 个字，现在是 {len(case.words)} 个。请分两次上报，或只写要紧的。",
        )
    if len(case.place) > LONGEST_PLACE:
        raise NotSaid("地点写得太长了。", place=f"地点最多写 {LONGEST_PLACE} 个字。")


@move
def accept(case, *, by, at, category, urgency, nature) -> None:
    """Take the case on: what it is, how urgent, whom it concerns."""
    case.category, case.urgency, case.nature = category, urgency, nature
    danger_watch.settle_danger(case)


@move
def judge(case, *, by, at, urgency, words) -> None:
    """A head has looked at what may be a danger, and says how urgent the case is."""
    if case.danger_at is None:
        raise Conflict("这件事现在没有等着看的险情，别人可能已经看过了。")
    case.urgency = urgency
    danger_watch.settle_danger(case)
    case_notices.notify_doers(case, f"险情看过了，定为“{urgency.label}”", at=at, kind="judged")


@move
def reject(case, *, by, at, reason, words) -> dict[str, RejectReason]:
    """Say no with a reason from the list and where to go instead."""
    danger_watch.settle_danger(case)
    return {"reason": reason}


@move
def object(case, *, by, at, words) -> None:
    """A reporter objects to a rejection, each of them once."""
    if case.entries.filter(verb="object", by_id=by.actor_id).exists():
        raise Conflict("异议已经提过一次。您还可以拨打12345，或到街道窗口当面反映。")
    case_notices.notify_heads(case, "对不予受理有异议", *leading(1), at=at)


@move
def merge(case, *, by, at, into) -> dict[str, str]:
    """Make this case a part of another open one; it keeps its own reporter, rating and feedback."""
    case.merged_into = taker_in(case, into)
    case_notices.notify_doers(case.merged_into, "又有人反映同一件事", at=at)
    return {"into": case.merged_into.number}


@transaction.atomic
def report_same(grid, *, into, by, at, key=None, **said) -> Case:
    """Take in a report whose reporter says that it is the same as another open case, and handle it with that one."""
    case = report(grid, by=by, at=at, key=key, **said)
    reporter = LinkHolder(case.pk)
    case = join(case, by=reporter, at=at, key=key, into=into)
    words = f"{case.place}：{case.words}" if case.place else case.words
    add(case.merged_into, by=reporter, at=at, key=f"{key}-words" if key else None, words=words[:MOST_ADDED])
    return case


@move
def join(case, *, by, at, into) -> dict[str, str]:
    """The reporter says that it is the same as another open case, and keeps number, answer and rating."""
    case.merged_into = taker_in(case, into)
    return {"into": case.merged_into.number}


def taker_in(case, into) -> Case:
    """Return the locked open case that takes this one in, with what was heard in this one, or refuse."""
    target = Case.objects.select_for_update(of=("self",)).filter(pk=into.pk, state__in=TAKES_IN).first()
    if target is None or target.pk == case.pk:
        raise Conflict("要并入的那件事已经办结，或者就是这一件，请另选。")
    danger_watch.pass_danger_on(case, target)
    return target


@move
def withdraw(case, *, by, at, words) -> None:
    """The reporter takes it back, or the desk does for a mistake; not while others wait for its answer."""
    if case.merged.exists():
        raise Conflict("还有别人反映了同一件事，已并到这里办理，不能撤回。办好了会告诉大家。")
    case_notices.notify_doers(case, "已撤回", at=at)


@move
def correct(case, *, by, at, category, words, place=None, urgency=None, nature=None) -> dict[str, str]:
    """Put right where and what it is; old values stay, the clock goes on, the reporter is told."""
    corrections.check_correct(case, by, at)
    if place is not None and len(place) > LONGEST_PLACE:
        raise NotSaid("地点写得太长了。", place=f"地点最多写 {LONGEST_PLACE} 个字。")
    place = case.place if place is None else place
    changes = corrections.changes_of_facts(
        case, at, place=place, category=category, urgency=urgency, nature=nature
    )
    corrections.keep_history(case, changes, by=by, at=at)
    case_notices.notify_doers(case, "更正了地点或类别", at=at)
    return {"what": corrections.line_for_reporter(changes)}


@move
def move_grid(case, *, by, at, grid, words) -> dict[str, str]:
    """Move a case that stands in the wrong grid: the old one gives it back, the new one has it, the clock goes on."""
    corrections.check_move_grid(case, by, at)
    doer, unit = case.handler_id, case.unit
    case_notices.notify_heads(case, "已改到别的网格", "grid_head", at=at, kind="moved")
    change = corrections.put_into(case, grid)
    if corrections.give_back(case):
        case_notices.notify_staff(
            case,
            [doer] if doer else queries.people_of_unit(unit, at),
            "已改到别的网格，不用再办",
            at=at,
            kind="moved",
        )
        queries.drop_open_ask(case, by=by, at=at, answer="改到别的网格，原来的申请不再批。")
    corrections.keep_history(case, [change], by=by, at=at)
    case_notices.notify_heads(case, "从别的网格改来", *having("sort_cases"), at=at, kind="moved")
    return {"grid": grid.name}


@move
def correct_slip(case, *, by, at, report=None, contact=None, renew=False) -> None:
    """Put right what was typed wrongly when it was taken down: words of the office, the caller's name or number."""
    corrections.check_correct(case, by, at)
    changes = corrections.change_words(case, report)
    changes += reporters.change_contact(case, contact, by=by, at=at) if contact else []
    corrections.keep_history(case, corrections.without_same(changes), by=by, at=at)
    check_words(case)
    case.link_version += bool(renew)


@move
def add(case, *, by, at, words) -> None:
    """Add words or photos to an open case."""
    if len(words) > MOST_ADDED:
        raise NotSaid("写得太长了。", words=f"最多写 {MOST_ADDED} 个字，现在是 {len(words)} 个。")
    if by.actor_kind == "reporter":
        case_notices.notify_doers(case, "反映人有补充", at=at)


@move
def urge(case, *, by, at) -> None:
    """Ask to hurry, once for each mark of 13710 and each of those who reported it."""
    asking = by.actor_id if by.actor_kind == "reporter" else case.pk
    mark, turn = case.next_mark, case.reopen_no
    _, made = Urge.objects.get_or_create(case_id=asking, mark=mark, round=turn, defaults={"at": at})
    if not made:
        raise Conflict("这个时限内已经催办过了，承办单位看得到。到下一个时限还没有进展，可以再催。")
    case_notices.notify_doers(case, "反映人催办", at=at, kind="urged")
    case_notices.notify_heads(case, "反映人催办", "desk", at=at, kind="urged")
