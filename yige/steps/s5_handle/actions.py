"""Step 5, 协调处理: contact first, verify, show progress, extend, park, finish."""

from datetime import datetime, timedelta

from yige.accounts import roles
from yige.accounts.scope import posts_with
from yige.cases import case_notices, deadlines, hearing, look_backs, queries, rules
from yige.cases.models import Ask
from yige.cases.move import move
from yige.cases.words import AskKind, Nature, Outcome
from yige.lib.local_time import date_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


@move
def contact(case, *, by, at, how, words) -> dict[str, str]:
    """Reach the reporter before anything else; the first to do so becomes the handler."""
    hearing.check_reached(case, how)
    case.handler = case.handler or by
    return {"contact": hearing.contact_words(how)}


@move
def verify(case, *, by, at, words) -> None:
    """Say what was found on the spot."""


@move
def progress(case, *, by, at, words) -> None:
    """Say how it is going: what was done, what comes next, by when."""


def kinds_to_ask_for(case, at) -> list[AskKind]:
    """Return what can still be asked for: an extension in time, parking always."""
    return [AskKind.PARKING] if is_late(case, at) else list(AskKind)


def check_ask(case, by, at) -> None:
    if case.asks.filter(decided_at=None).exists():
        raise Conflict("已经有一个申请在等批复。")


@move(guard=check_ask)
def ask(case, *, by, at, kind, words, until) -> None:
    """Ask for an extension (before it is due) or for parking; a leader decides."""
    check_until(until, at, "parking_days" if kind == AskKind.PARKING else "extension_days")
    if kind == AskKind.EXTENSION:
        check_in_time(case, at)
        check_month(case, until)
    Ask.objects.create(case=case, at=at, round=case.reopen_no, by=by, kind=kind, words=words, until=until)
    leaders = roles.having("decide_hard_cases" if needs_top(case, kind) else "decide_extensions")
    case_notices.notify_heads(case, f"申请{AskKind(kind).label}", *leaders, at=at, kind="asked")


def check_extend(case, by, at) -> None:
    """Refuse an extension after its time, a second one but from the level-1 head, and over an asking for parking."""
    check_in_time(case, at)
    top = is_top(case, by, at)
    if case.extensions and not top:
        raise NotAllowed("一般只能延期一次，再次延期由一级网格长批准。")
    check_whose_answer(case, top)


@move(guard=check_extend)
def extend(case, *, by, at, until, words) -> dict:
    """Grant an extension: once before expiry; a second one only by the level-1 head."""
    check_until(until, at, "extension_days")
    check_month(case, until)
    case.extensions += 1
    case.extended_until, case.plan = until, words
    decide(case, AskKind.EXTENSION, by=by, at=at, until=until, words=words)
    return {"until": until}


@move
def park(case, *, by, at, until, words) -> dict[str, datetime]:
    """Put it on the parked ledger with a plan and a review date; it stays visible and counts on."""
    check_until(until, at, "parking_days")
    case.parked_until, case.plan = until, words
    decide(case, AskKind.PARKING, by=by, at=at, until=until, words=words)
    return {"until": until}


def check_decline(case, by, at) -> None:
    """Refuse where nothing is asked for, or where the level-1 head answers."""
    if not case.asks.filter(decided_at=None).exists():
        raise Conflict("没有在等批复的申请。")
    check_whose_answer(case, is_top(case, by, at))


@move(guard=check_decline)
def decline(case, *, by, at, words) -> None:
    """Refuse what was asked for, with the reason."""
    decide(case, None, by=by, at=at, until=None, words=words)


def is_top(case, by, at) -> bool:
    """Say whether this is the head who decides about parking and second extensions."""
    return bool(posts_with(by, at, "decide_hard_cases", case.grid_path))


def check_whose_answer(case, top) -> None:
    """Refuse to answer a request that only the level-1 head may grant."""
    waiting = None if top else case.asks.filter(decided_at=None).first()
    if waiting and needs_top(case, waiting.kind):
        raise NotAllowed(f"申请{waiting.get_kind_display()}，由一级网格长来答复。")


@move
def supervise(case, *, by, at, words) -> None:
    """The street puts its eye on the case."""
    case_notices.notify_doers(case, "街道督办", at=at, kind="supervised")


def check_finish(case, by, at) -> None:
    if case.contacted_at is None:
        raise Conflict("还没有联系过反映人，请先联系；没有留联系方式的也请先记一笔。")


@move(guard=check_finish)
def finish(case, *, by, at, words) -> None:
    """Say it is done, with what was done; the dispatcher checks, or the street where the dispatcher did it."""
    case.handler = case.handler or by
    if case.handed_by_id and case.handed_by_id != case.handler_id:
        case_notices.notify_staff(case, [case.handed_by_id], "处置完成待核查", at=at, kind="handled")
    else:
        case_notices.notify_heads(case, "处置完成待核查", "desk", at=at, kind="handled")


def check_settle(case, by, at) -> None:
    """Refuse the light path to everybody but the finder, and for everything that a resident stands behind."""
    if case.reported_by_id != by.pk or not hearing.on_file(case).own_find:
        raise NotAllowed("“自行处置”只能由巡查走访时自己发现的人来填；替别人登记的，要按流程办理。")
    if case.nature == Nature.MAJOR:
        raise Conflict("辖区重大事项要按流程办理，并做回头看，不能自行处置。")
    if not posts_with(by, at, "handle"):
        raise NotAllowed("“自行处置”只能由办理事项的岗位来填，代人登记的请等派单。")


@move(guard=check_settle)
def settle(case, *, by, at, words) -> None:
    """Found and fixed by the same person: the light path, outside every rate; some are checked by others."""
    case.handler, case.unit = by, posts_with(by, at, "handle")[0].unit
    case.outcome = Outcome.LIGHT
    look_backs.plan_for_own(case, at)


def check_until(until, at, rule) -> None:
    """Refuse a date in the past or too far away."""
    longest = rules.value(rule)
    if until <= at:
        raise NotSaid("日期要在今天之后。", until="日期要在今天之后。")
    if until > at + timedelta(days=longest + 1):
        raise NotSaid("日期太远。", until=f"一次最长 {longest} 天，到期可以再说明。")


def is_late(case, at) -> bool:
    """Say whether the mark that an extension moves has passed."""
    mark = deadlines.due(deadlines.MARK_BY_NAME["day7"], case, queries.duty_clock())
    return max(filter(None, [mark, case.extended_until])) < at


def check_in_time(case, at) -> None:
    """An extension is asked for and granted before the mark it moves has passed."""
    if is_late(case, at):
        raise Conflict("已经过了时限，不能再延期。请说明情况后申请挂账，或尽快办理。")


def check_month(case, until) -> None:
    """An extension moves the seven days alone; what takes longer than the month needs a plan: it is parked."""
    month = deadlines.due(deadlines.MARK_BY_NAME["month1"], case, deadlines.REPORTERS_CLOCK)
    if until > month:
        day = date_words(month)
        raise NotSaid(
            "日期太远。", until=f"延期最迟到满一个月的{day}。到那天还办不好的，请申请挂账，写明计划。"
        )


def needs_top(case, kind) -> bool:
    return kind == AskKind.PARKING or case.extensions > 0


def decide(case, kind, *, by, at, until, words) -> bool | None:
    """Answer the open request, if any, and tell who asked; return whether there was one."""
    open_ask = case.asks.filter(decided_at=None).first()
    if open_ask is None:
        return False
    open_ask.decided_at, open_ask.decided_by, open_ask.answer = at, by, words[:500]
    open_ask.granted_until = until if kind == open_ask.kind else None
    open_ask.save()
    said = "同意" if open_ask.granted_until else "没有同意"
    case_notices.notify_staff(
        case, [open_ask.by_id], f"{open_ask.get_kind_display()}{said}", at=at, kind="decided"
    )
    return True
