"""Step 3, 平台上报: report, accept, reject, merge; and what the reporter may add."""

from django.db import transaction
from django.db.models import Q

from yige.accounts.actors import LinkHolder
from yige.accounts.roles import having, leading
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import action
from yige.cases import case_notices, corrections, danger_watch, hearing, merging, queries, reporters
from yige.cases.came_again import note_came_again
from yige.cases.models import Case
from yige.cases.move import PART_IN_IT, entry_of, move, set_clock
from yige.cases.reports import DEFAULT_LOCATION, DEFAULT_ORIGIN, facts, search_fields
from yige.cases.standings import standings
from yige.cases.words import BEFORE_HANDLED, OPEN, RejectReason, SlipReason, State, Tier
from yige.cases.workflow import BY_VERB, OUTSIDE
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.steps.s3_report import urging
from yige.whistles.models import Whistle

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
    hearings = danger_watch.note_in_report(case, by)
    set_clock(case, at)
    insert_rows(case)
    entry = entry_of(BY_VERB["report"], case, by=by, at=at, said={}, shown={})
    insert_rows(
        entry,
        *reporters.reporter_rows(case, **contact or {}),
        *case_notices.receipt_notices(case, contact, by=by, at=at),
        *danger_watch.notices_of_report(case, hearings, at=at),
    )
    if photos:
        queries.photos_of_draft(photos).update(case=case, entry=entry, draft=None)
    return case


@action("cases.hear_list")
def hear_list(case, *, by, at) -> list:
    """Hear a case that has just come in by a list as if it were said now; return what was heard."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    hearings = danger_watch.note_in_list(case, at)
    set_clock(case, at)
    case.save(update_fields=["danger", "danger_at", "alarm_at", "unanswered_at", "nature"])
    if case.danger_at:
        insert_rows(*danger_watch.notices_of_report(case, hearings, at=at))
    return hearings


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
    note_came_again(case, at)


def check_judge(case, by, at) -> None:
    """Refuse where nothing waits to be looked at."""
    if case.danger_at is None:
        raise Conflict("这件事现在没有等着看的险情，别人可能已经看过了。")


@move(guard=check_judge)
def judge(case, *, by, at, urgency, words) -> None:
    """A head has looked at what may be a danger, and says how urgent the case is."""
    case.urgency = urgency
    danger_watch.settle_danger(case)
    case_notices.notify_doers(case, f"险情看过了，定为“{urgency.label}”", at=at, kind="judged")


@move
def reject(case, *, by, at, reason, words) -> dict[str, RejectReason]:
    """Say no with a reason from the list and where to go instead."""
    danger_watch.settle_danger(case)
    return {"reason": reason}


def check_object(case, by, at) -> None:
    """Refuse a second objection of the same reporter, and one to what the reporter took back."""
    whose = urging.asker(case, by)
    spoken = Q(by_id=case.pk) | Q(by_kind="staff") if whose == case.pk else Q(by_id=whose)
    if case.entries.filter(spoken, verb="object").exists():
        raise Conflict("异议已经提过一次。您还可以打 12345，或到街道窗口当面反映。")
    ending = case.entries.filter(verb__in=("withdraw", "cancel")).order_by("-at", "-id").first()
    if case.state == State.WITHDRAWN and ending is not None and ending.by_kind == "reporter":
        raise Conflict("这件事是您自己撤回的。以后还有问题，随时再反映。")
    hearing.check_somebody_to_hear(case, by, at)


@move(guard=check_object)
def object(case, *, by, at, words) -> None:
    """The reporter objects, once, to a rejection or to what somebody else took back; it begins from below again."""
    case.tier = Tier.GRID
    case_notices.notify_heads(case, "对不予受理有异议", *leading(1), at=at)


@move
def merge(case, *, by, at, into) -> dict[str, str]:
    """Make this case a part of another open one; it keeps its own reporter, rating and feedback."""
    merging.follow(case, taker_in(case, into))
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
    merging.follow(case, taker_in(case, into))
    return {"into": case.merged_into.number}


def taker_in(case, into) -> Case:
    """Return the locked open case that takes this one in, with what was heard in this one, or refuse."""
    target = Case.objects.select_for_update(of=("self",)).filter(pk=into.pk, state__in=TAKES_IN).first()
    if target is None or target.pk == case.pk:
        raise Conflict("要并入的那件事已经办结，或者就是这一件，请另选。")
    danger_watch.pass_danger_on(case, target)
    return target


@move
def separate(case, *, by, at, words) -> dict[str, str]:
    """It was not the same: handle it by itself again, on the clock of its own report."""
    was = merging.take_out(case, at)
    case_notices.notify_doers(was, f"并进来的 {case.number} 不是同一件，已经分开", at=at, kind="separate")
    case_notices.notify_heads(case, "和别的事项分开，要单独办", *having("sort_cases"), at=at, kind="separate")
    return {"other": was.number}


def check_withdraw(case, by, at) -> None:
    """Refuse while others wait for the answer to this case."""
    if case.merged.exists():
        raise Conflict("还有别人反映了同一件事，已并到这里办理，不能撤回。办好了会告诉大家。")
    hearing.check_somebody_to_hear(case, by, at)


@move(guard=check_withdraw)
def withdraw(case, *, by, at, words) -> None:
    """The reporter takes it back; who took it down may write that for him. Staff end a report by a rejection."""
    case_notices.notify_doers(case, "已撤回", at=at)


def check_cancel(case, by, at) -> None:
    """Refuse to take back as a slip what others were merged into."""
    if case.merged.exists():
        raise Conflict("别的事项已并到这里办理，不能作废。")


@move(guard=check_cancel)
def cancel(case, *, by, at, reason, words) -> dict[str, SlipReason]:
    """Take back what was taken down by mistake, by whoever took it down; its reason is shown and may be objected to."""
    case_notices.notify_heads(case, "登记有误，已作废", "desk", at=at)
    return {"reason": reason}


@move(guard=corrections.check_correct)
def correct(case, *, by, at, category, words, place=None, urgency=None, nature=None) -> dict[str, str]:
    """Put right where and what it is; old values stay, the clock goes on, the reporter is told."""
    if place is not None and len(place) > LONGEST_PLACE:
        raise NotSaid("地点写得太长了。", place=f"地点最多写 {LONGEST_PLACE} 个字。")
    place = case.place if place is None else place
    changes = corrections.changes_of_facts(
        case, at, place=place, category=category, urgency=urgency, nature=nature
    )
    corrections.keep_history(case, changes, by=by, at=at)
    case_notices.notify_doers(case, "更正了地点或类别", at=at)
    return {"what": corrections.line_for_reporter(changes)}


@move(guard=corrections.check_move_grid)
def move_grid(case, *, by, at, grid, words) -> dict[str, str]:
    """Move a case that stands in the wrong grid: the old one gives it back, the new one has it, the clock goes on."""
    doer, unit = case.handler_id, case.unit
    case_notices.notify_heads(case, "已改到别的网格", "grid_head", at=at, kind="moved")
    change = corrections.put_into(case, grid)
    Whistle.objects.filter(case=case).update(grid_path=grid.path)
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


@move(guard=corrections.check_correct)
def correct_slip(case, *, by, at, report=None, contact=None, renew=False) -> None:
    """Put right what was typed wrongly when it was taken down: words of the office, the caller's name or number."""
    changes = corrections.change_words(case, report)
    changes += reporters.change_contact(case, contact, by=by, at=at) if contact else []
    corrections.keep_history(case, corrections.without_same(changes), by=by, at=at)
    check_words(case)
    case.link_version += bool(renew)


def check_add(case, by, at) -> None:
    """Refuse words on a merged case, but what somebody without a part in it heard from its reporter."""
    if case.state != State.MERGED:
        return
    if by.actor_kind != "staff" or queries.leading_case(case).state not in OPEN:
        raise Conflict("这一件和别的合在一起办，那件已经结束。还有问题的，请要求重办，或者另报一件。")
    if not standings(by, case, at) & OUTSIDE:
        raise NotAllowed(PART_IN_IT)
    hearing.check_somebody_to_hear(case, by, at)


@move("add", guard=check_add)
def record_words(case, *, by, at, words) -> None:
    if len(words) > MOST_ADDED:
        raise NotSaid("写得太长了。", words=f"最多写 {MOST_ADDED} 个字，现在是 {len(words)} 个。")
    if case.state != State.MERGED and by.actor_id != case.handler_id:
        said_by = "反映人有补充" if by.actor_kind == "reporter" else "有补充"
        case_notices.notify_doers(case, said_by, at=at)


def add(case, *, by, at, words, heard="", key=None, seen=None, photos=()) -> Case:
    """Add words or photos to an open case; what is said for a merged reporter stands on the leading case too."""
    if case.state == State.MERGED and by.actor_kind == "staff":
        hearing.check_heard(case, by, heard)
    with transaction.atomic():
        added = record_words(case, by=by, at=at, words=words, heard=heard, key=key, seen=seen, photos=photos)
        line = added.entries.filter(verb="add", at=at, by_id=by.actor_id).order_by("id").last()
        if added.state == State.MERGED and line and (leader := merging.pass_words_on(added, line)):
            danger_watch.hear_for_leader(BY_VERB["add"], leader, words, by=by, at=at)
            case_notices.notify_doers(leader, "反映人有补充", at=at)
        return added


@move(guard=urging.check_urge)
def urge(case, *, by, at) -> None:
    """Ask to hurry; each of those who reported it for himself."""
    urging.keep_urge(case, by, at)
    case_notices.notify_doers(case, "反映人催办", at=at, kind="urged")
    case_notices.notify_heads(case, "反映人催办", "desk", at=at, kind="urged")
