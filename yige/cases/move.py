"""The only writer of a case's state: lock, re-read inside the lock, ask the table, act, stamp, log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import connection, transaction

from yige.audit import log
from yige.audit.bulk_insert import insert_rows
from yige.cases import (
    case_notices,
    closings,
    danger_calls,
    danger_watch,
    deadlines,
    hearing,
    queries,
    rules,
    waits,
    workflow,
)
from yige.cases.models import Case, Entry
from yige.cases.public_lines import FELLOW, json_value, public_line
from yige.cases.standings import standings
from yige.cases.words import ENDS, HeardHow, State
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

CHAINED = ("merge", "join", "separate")
KIND = Case._meta.label_lower
MISSING = "请填写这一项。"
UNKNOWN = "请从列出的几项里选一项。"
PART_IN_IT = "反映人怎么说，要由没有办过、派过、核查过这件事的人来记。"
LAPSED = "事项已经办完或转出，申请不再有效。"
LONGEST_WORDS = 2000  # characters of any one thing that is said


def move(act=None, *, guard=None) -> Callable:
    """Make a function `(case, *, by, at, **said)` a move of a case, as the row of its name says.

    An inner function, which another one of the verb's name calls, names the verb: `@move("rate")`. The function gets
    the freshly read, locked case and changes only what its verb is about; it may return a dict of words that the
    timeline shows instead of what was said. `guard(case, by, at)` refuses whatever is said; pages ask it too, so that
    nothing is offered that can only be refused. `seen` is the version of the page that asked: an older one is refused
    with what changed. `photos` go to the line of the timeline. `heard` says how somebody of the staff heard the
    reporter, whose word it is.
    """
    if callable(act):
        return move_of_row(workflow.BY_VERB[act.__name__], act, guard)
    return lambda function: move_of_row(workflow.BY_VERB[act or function.__name__], function, guard)


def move_of_row(row, act, guard) -> Callable:
    @wraps(act)
    def moved(case, *, by, at, key=None, seen=None, photos=(), heard="", **said):
        with transaction.atomic(), one_merging_at_a_time(row, case):
            locked = lock(case, said)
            was = dict(vars(locked))
            given = said | ({"heard": heard} if heard else {}) | ({"photos": photos} if photos else {})
            if not log.write(
                f"cases.{row.verb}",
                by=by,
                at=at,
                kind=KIND,
                pk=locked.pk,
                about=locked,
                said=given,
                key=key,
                purpose=heard_label(heard),
            ):
                log.replay(f"cases.{row.verb}", by, key, given, about=locked)
                return locked
            held = standings(by, locked, at)
            check_move(row, locked, held, seen)
            check_held(row, locked)
            if guard:
                guard(locked, by, at)
            check_said(row, said)
            check_whose_word(row, locked, by, held, heard)
            said |= chosen_members(row, said)
            shown = act(locked, by=by, at=at, **said) or {}
            hearings = danger_watch.note_in_words(row, locked, said, by=by, at=at)
            danger_calls.begin_anew(locked, held, hearings, at=at)
            settle_row(row, locked, at)
            if was["raised_at"] and not locked.waits_at_level:
                waits.end(locked, at)
            locked.save(update_fields=changed_fields(locked, was))
            closings.note(row, locked, was, at)
            entry = entry_of(row, locked, by=by, at=at, said=said, shown=shown, heard=heard)
            insert_rows(entry)
            if row.notice or heard:
                case_notices.notify_reporters(locked, entry.public_words, at=at, verb=row.verb)
            danger_watch.tell_now(locked, hearings, danger_watch.spoken_words(said), at=at)
            if photos:
                queries.photos_of_draft(photos).update(case=locked, entry=entry, draft=None)
            return locked

    moved.row, moved.guard = row, guard
    return moved


@contextmanager
def one_merging_at_a_time(row, case) -> Iterator[None]:
    """Let acts that write to other cases of a chain of merges wait for each other before they lock any case.

    Which cases follow which is known only inside, so no order of locks could be right for all of them.
    """
    if row.verb in CHAINED or case.state == State.MERGED:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.merging'))")
    yield


def heard_label(heard) -> str:
    """Return what the log keeps as the reason of a line that was written for the reporter."""
    return HeardHow(heard).label if heard in HeardHow.values else ""


def check_whose_word(row, case, by, held, heard) -> None:
    """Refuse the reporter's word from staff who had a part in the case or do not say how they heard it.

    Some acts staff also have of their own accord.
    """
    if row.verb not in workflow.SPOKEN or by.actor_kind != "staff":
        return
    if not heard and row.verb in workflow.OWN_ACCORD and held & set(workflow.OWN_ACCORD[row.verb].who):
        return
    if not held & workflow.OUTSIDE:
        raise NotAllowed(PART_IN_IT)
    hearing.check_heard(case, by, heard)


def changed_fields(case, was) -> list[str]:
    """Return the names of the fields that a verb changed."""
    fields = Case._meta.concrete_fields
    return [field.name for field in fields if vars(case)[field.attname] != was[field.attname]]


def lock(case, said) -> Case:
    """Lock the case and any other case that is named, always in the same order; return it as it is now.

    Nothing is joined: after waiting for a lock PostgreSQL reads the row again, but joins it to the old other side.
    """
    named = {case.pk, *(value.pk for value in said.values() if isinstance(value, Case))}
    rows = Case.objects.select_for_update().filter(pk__in=named)
    return {row.pk: row for row in rows.order_by("pk")}[case.pk]


def check_move(row, case, held, seen) -> None:
    """Refuse what the table does not allow, naming the person, the state, or what changed meanwhile."""
    refusal = workflow.verdict(row.verb, case.state, held)
    if refusal == "who":
        raise NotAllowed(workflow.why_not(row.verb, case.state, held))
    if refusal == "state":
        raise Conflict(workflow.why_not(row.verb, case.state, held))
    if seen is not None and str(seen) != str(case.version):
        raise Conflict(f"您打开页面之后，这件事已经有了变化：{queries.last_line_words(case)}。请看过再办。")


def check_held(row, case) -> None:
    """Refuse what would end a case, or call it done, while called units or steps of a joint plan are open."""
    if case.open_parts and row.to in workflow.NOT_WHILE_JOINT:
        raise Conflict(workflow.held_words(case.open_parts))


def check_said(row, said) -> None:
    """Refuse when a word is missing or endless."""
    missing = {name: MISSING for name in row.must_say if is_blank(said.get(name))}
    if missing:
        raise NotSaid("还有没填的内容。", **missing)
    endless = {
        name: f"最多写 {LONGEST_WORDS} 个字，现在是 {len(text)} 个。"
        for name, text in said.items()
        if too_long(text)
    }
    if endless:
        raise NotSaid("写得太长了。", **endless)


def is_blank(value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def too_long(value) -> bool:
    return isinstance(value, str) and len(value) > LONGEST_WORDS


def chosen_members(row, said) -> dict:
    """Return what was chosen from closed lists as their members; refuse what is on no list."""
    lists = {name: choices for name, choices in row.choices.items() if name in said}
    unknown = {name: UNKNOWN for name, choices in lists.items() if said[name] not in choices.values}
    if unknown:
        raise NotSaid("有一项不在可选范围内。", **unknown)
    return {name: choices(said[name]) for name, choices in lists.items()}


def settle_row(row, case, at) -> None:
    """Apply what the row says: state, wipes, stamps; then set the next mark and the next waking.

    A request is about the handling: it lapses when that ends, so that nobody has a desk full of what nobody can answer.
    """
    for name in row.wipes:
        setattr(case, name, None)
    for name in row.stamps:
        if name in workflow.LATEST or getattr(case, name) is None:
            setattr(case, name, at)
    if row.to and row.to != case.state == State.HANDLING:
        case.asks.filter(decided_at=None).update(decided_at=at, answer=LAPSED)
    if to := workflow.state_after(row, case):
        case.state = to
    case.version += 1
    set_clock(case, at)


def set_clock(case, at) -> None:
    """Set the next mark of the duty clock and the place on top of the desks; an ended case has neither.

    A waking that has come stays until the clock has looked, and a missed mark wakes at once: a verb that
    comes late can neither hide a missed mark nor put it off.
    """
    case.alarm_at = danger_watch.alarm_since(case)
    danger_calls.keep_waiting(case, at)
    if case.state in ENDS:
        case.next_mark, case.next_mark_at, case.wake_at = "", None, None
        return
    clock = queries.duty_clock()
    mark, moment = deadlines.next_mark(case, clock)
    case.next_mark, case.next_mark_at = mark.name, moment
    if case.wake_at is None or case.wake_at > at:
        overdue = moment < at and deadlines.missed_marks(case, clock, at)
        case.wake_at = at if overdue else deadlines.wake_at(case, clock, at, rules.value("yellow_hours"))


def entry_of(row, case, *, by, at, said, shown, heard="") -> Entry:
    """Return the unsaved line of the timeline: the post and unit that acted, the line for the reporter."""
    words = {name: json_value(value) for name, value in said.items()}
    post = queries.acting_post(by, case, at)
    label = FELLOW if by.actor_kind == "reporter" and by.actor_id != case.pk else by.label
    unit = post.unit.name if post else label
    whose = case.unit.name if "{unit}" in row.public and case.unit_id else unit
    own = workflow.OWN_ACCORD.get(row.verb) if by.actor_kind == "staff" and not heard else None
    line = public_line(row, {"unit": whose, **said, **shown}, own.public if own else "")
    if heard:
        line, words = f"{line}{hearing.heard_words(heard, unit)}", words | {"heard": heard}
    return Entry(
        case=case,
        at=at,
        verb=row.verb,
        state=case.state,
        by_kind=by.actor_kind,
        by_id=by.actor_id,
        by_label=f"{post.rule.label} {by.label}" if post else label,
        unit_label=unit,
        public_words=line,
        said=words,
    )


def write_side_line(case, verb, line, said, *, by, at, unit="", photos=()) -> Entry:
    """Write a line of the timeline about work beside the case, which is locked; tell the reporters when it is theirs too."""
    post = queries.acting_post(by, case, at)
    entry = Entry(
        case=case,
        at=at,
        verb=verb,
        state=case.state,
        by_kind=by.actor_kind,
        by_id=by.actor_id,
        by_label=f"{post.rule.label} {by.label}" if post else by.label,
        unit_label=unit or (post.unit.name if post else by.label),
        public_words=line,
        said={name: json_value(value) for name, value in said.items()},
    )
    insert_rows(entry)
    if line:
        case_notices.notify_reporters(case, line, at=at, verb=verb)
    if photos:
        queries.photos_of_draft(photos).update(case=case, entry=entry, draft=None)
    return entry
