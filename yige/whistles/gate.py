"""The only writer of joint work: lock the case, then the whistle, then the row; ask the table; act; count; log; tell.

The case is locked first, as every verb of the case does, so that nobody can finish it while a part is being added.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import NamedTuple

from django.db import transaction

from yige.audit import log
from yige.cases import move, queries
from yige.cases.models import Case
from yige.cases.words import Urgency
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.whistles import call_moves, limits
from yige.whistles.models import Call, PlanStep, Whistle
from yige.whistles.standings import call_standings
from yige.whistles.words import CALL_OPEN, CallState

ONE_DAY = timedelta(days=1)  # an open call of which nothing is due by a rule is looked at every day
OLD_PAGE = "您打开页面之后，联办有了变化。请看过再办，写的都还在。"
ENDED = "这次联办已经结束。"


class Line(NamedTuple):
    """What stands on the timeline of the case: the sentence for the reporter ("" for none), what was said, by which unit."""

    public: str
    said: dict
    unit: str = ""


def joint_act(act=None, *, running=True) -> Callable:
    """Make a function `(row, *, by, at, **said)` an act on a whistle, a call or a step of its plan.

    It gets the freshly read, locked row, changes and saves it, and returns the `Line` for the timeline or None. What a
    page saw (`seen`, the version of the whistle) is refused when somebody was first. `running` refuses what has no
    place after the end. `photos` go to the line of the timeline.
    """
    if act is None:
        return lambda function: joint_act(function, running=running)

    @wraps(act)
    def acted(row, *, by, at, key=None, seen=None, photos=(), **said):
        with transaction.atomic():
            case, whistle, locked = lock_rows(row)
            given = said | ({"photos": photos} if photos else {})
            if not write_line(act.__name__, locked, given, by=by, at=at, key=key):
                return locked
            check_seen(whistle, seen)
            if running and whistle.ended_at:
                raise Conflict(ENDED)
            line = act(locked, by=by, at=at, **said)
            count_parts(case, whistle)
            if line is not None:
                tell_timeline(case, act.__name__, line, by=by, at=at, photos=photos)
            return locked

    acted.verb = f"whistles.{act.__name__}"
    return acted


def call_act(act=None, *, guard=None, verb=None) -> Callable:
    """Make a function `(call, *, by, at, **said)` a row of the table of calls: who may, from where, what follows.

    `guard(call, by, at)` refuses whatever is said; pages ask it too. `answer` is what came by a one-time link. The
    function may return the words for the reporter's sentence.
    """
    if act is None:
        return lambda function: call_act(function, guard=guard)
    row = call_moves.CALL_MOVE[act.__name__]

    @wraps(act)
    def on_call(call, *, by, at, answer=None, **said):
        check_move(row, call, call_standings(by, call, at, answer=answer))
        if guard:
            guard(call, by, at)
        said |= check_chosen(row, said)
        shown = act(call, by=by, at=at, **said) or {}
        settle_call(row, call, at)
        if row.verb == "arrive":
            somebody_is_there(call.whistle.case, at)
        words = {"unit": call.unit.name, **{name: move.json_value(value) for name, value in said.items()}}
        public = row.public.format_map({"unit": call.unit.name, **shown}) if row.public else ""
        return Line(public, words, "" if by.actor_kind == "clock" else call.unit.name)

    done = joint_act(on_call, running=row.verb not in ("answer", "assess"))
    done.row, done.guard = row, guard
    return done


def lock_rows(row) -> tuple[Case, Whistle, object]:
    """Lock and read again the case, the whistle and the row, in this order; nothing is joined while waiting."""
    whistle_id = row.pk if isinstance(row, Whistle) else row.whistle_id
    case_id = Whistle.objects.values_list("case_id", flat=True).get(pk=whistle_id)
    case = Case.objects.select_for_update().get(pk=case_id)
    whistle = Whistle.objects.select_for_update().get(pk=whistle_id)
    whistle.case = case
    if isinstance(row, Whistle):
        return case, whistle, whistle
    locked = type(row).objects.select_for_update().get(pk=row.pk)
    locked.whistle = whistle
    return case, whistle, locked


def write_line(verb, row, said, *, by, at, key) -> bool:
    """Write the line of the log and say whether it is new."""
    kind = row._meta.label_lower
    if log.write(f"whistles.{verb}", by=by, at=at, kind=kind, pk=row.pk, about=row, said=said, key=key):
        return True
    log.replay(f"whistles.{verb}", by, key, said, about=row)
    return False


def check_seen(whistle, seen) -> None:
    if seen is not None and str(seen) != str(whistle.version):
        raise Conflict(OLD_PAGE)


def check_move(row, call, held) -> None:
    """Refuse what the table does not allow, naming the person or the state."""
    refusal = call_moves.verdict(row.verb, call.state, held)
    if refusal == "who":
        raise NotAllowed(call_moves.why_not(row.verb, call.state, held))
    if refusal == "state":
        raise Conflict(call_moves.why_not(row.verb, call.state, held))


def check_chosen(row, said) -> dict:
    """Refuse what is missing, endless or on no closed list; return what was chosen as members."""
    move.check_said(row, said)
    return move.chosen_members(row, said)


def settle_call(row, call, at) -> None:
    """Apply what the row says: state, wipes, stamps; then set the next mark and the next waking."""
    for name in row.wipes:
        setattr(call, name, None)
    for name in row.stamps:
        if getattr(call, name) is None:
            setattr(call, name, at)
    call.state = row.to or call.state
    call.version += 1
    set_clock(call, at)
    call.save()


def end_call(call, reason, at) -> None:
    """Release a unit by another verb than its own: what the level-1 head decided."""
    call.state, call.released_at, call.release_reason = CallState.RELEASED, at, reason


def set_clock(call, at) -> None:
    """Set what is due next of a call; a moment that has come stays until the clock has looked."""
    whistle = call.whistle
    due = limits.next_due(call, whistle.trigger, whistle.limits, whistle.meet_at, queries.work_calendar())
    call.next_mark, call.next_due_at = (due.limit.name, due.at) if due else ("", None)
    if not call.is_open:
        call.wake_at = None
    elif call.wake_at is None or call.wake_at > at:
        call.wake_at = max(due.at, at) if due else at + ONE_DAY


def somebody_is_there(case, at) -> None:
    """Let the arrival of a called unit, with what it found, meet what an emergency waits for: somebody on site."""
    if case.urgency == Urgency.EMERGENCY and case.progress_at is None and case.may_be_handled:
        case.progress_at = at
        move.set_clock(case, at)
        case.save(
            update_fields=[
                "progress_at", "alarm_at", "unanswered_at", "danger_calls", "next_mark", "next_mark_at", "wake_at",
            ]
        )  # fmt: skip


def count_parts(case, whistle) -> None:
    """Count what is not finished, so that the case knows it, and mark both as changed."""
    calls = Call.objects.filter(whistle__case=case, state__in=CALL_OPEN).count()
    steps = PlanStep.objects.open().filter(whistle__case=case).count()
    case.open_parts = calls + steps
    case.version += 1
    case.save(update_fields=["open_parts", "version"])
    whistle.version += 1
    whistle.save()


def tell_timeline(case, verb, line, *, by, at, photos=()) -> None:
    move.write_side_line(
        case,
        "tell_joint",
        line.public,
        {"act": verb, **line.said},
        unit=line.unit,
        by=by,
        at=at,
        photos=photos,
    )


def street_over(row, by, at) -> bool:
    """Say whether somebody whistles for the place of a whistle, or of a case: the street's desk and head."""
    return by.actor_kind == "staff" and any(
        post.may("whistle") and post.covers(row.grid_path) for post in by.posts_at(at)
    )


def check_street(row, by, at) -> None:
    if not street_over(row, by, at):
        raise NotAllowed("联办由街道的事件处置岗和一级网格长来安排。")


def check_text(text, field, *, longest=500, needed="请填写这一项。") -> str:
    """Return a text without blanks around it; refuse what is empty or too long."""
    text = (text or "").strip()
    if not text:
        raise NotSaid("还有没填的内容。", **{field: needed})
    if len(text) > longest:
        raise NotSaid("写得太长了。", **{field: f"最多写 {longest} 个字，现在是 {len(text)} 个。"})
    return text
