"""What every verb of a deliberation goes through: lock it, ask the table, act, say by when the next, write the history, tell."""

from datetime import date

from yige.accounts.scope import posts_of, posts_with
from yige.cases.queries import work_calendar
from yige.deliberation import deliberation_moves, telling
from yige.deliberation.models import Deliberation, DeliberationLine, Step
from yige.deliberation.words import Stage
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed

DAY_VERBS = ("set_step", "move_step", "finish_step", "open_vote")


def standings(by, deliberation, at) -> set:
    """Return how somebody stands to a deliberation."""
    if by.actor_kind == "resident":
        return {"resident"}
    if by.actor_kind != "staff":
        return set()
    names = (("raiser", "raise_deliberations"), ("lead", "lead_deliberations"))
    held = {name for name, capability in names if posts_with(by, at, capability, deliberation.path)}
    units = [post.unit_id for post in posts_of(by, at) if post.may("work_on_deliberations")]
    works = Step.objects.open().filter(deliberation=deliberation, unit__in=units).exists()
    return held | ({"unit"} if works else set())


def lock_deliberation(deliberation, verb, by, at, seen=None) -> Deliberation:
    """Lock the deliberation, read it again and ask the table."""
    row = Deliberation.objects.select_for_update().get(pk=deliberation.pk)
    said = (verb, row.stage, row.form, standings(by, row, at))
    refusal = deliberation_moves.verdict_on_deliberation(*said)
    if refusal == "who":
        raise NotAllowed(deliberation_moves.why_deliberation_refuses(*said))
    if refusal:
        raise Conflict(deliberation_moves.why_deliberation_refuses(*said))
    if seen is not None and str(seen) != str(row.version):
        raise Conflict("您打开页面之后，这件议事有了变化。请看过再办。")
    return row


def lock_step(step, verb, by, at) -> tuple[Deliberation, Step]:
    row = lock_deliberation(step.deliberation, verb, by, at)
    step = Step.objects.get(pk=step.pk)
    if step.done_at:
        raise Conflict("这一步已经办完了。")
    return row, step


def settle_stage(row, verb, *, by, at, words="", told="") -> Deliberation:
    """Apply what the row of the table says, say by when the next act, write the history, tell whom the row tells."""
    move = deliberation_moves.MOVE_BY_VERB[verb]
    row.stage = move.to or row.stage
    if move.to or verb in DAY_VERBS:
        row.due_on = due_day(row, at)
    row.version += 1
    row.save()
    write_history(row, verb, by=by, at=at, words=words)
    if move.tells:
        sentence = move.public.format(title=row.title, words=told or words)
        telling.tell_of_move(row, move.tells, sentence, by=by, at=at)
    return row


def due_day(row, at) -> date | None:
    """Return by which day the next act is due, counted by the working days of the calendar of cases; None at an end."""
    wait = deliberation_moves.WAIT_OF.get(row.stage)
    if wait is None:
        return None
    since = {Stage.NOTICED: row.meeting_at, Stage.MET: row.meeting_at, Stage.SHOWN: row.shown_until}.get(
        row.stage
    )
    if row.stage == Stage.MET and (
        vote := row.votes.filter(counted_at=None, opened_at__isnull=False).first()
    ):
        since = vote.closes_at
    if row.stage == Stage.SETTLED and (step := row.steps.open().order_by("due_on").first()):
        return step.due_on
    return work_calendar().nth(local_day(since or at), wait.days, working=True)


def write_history(row, verb, *, by, at, words="") -> DeliberationLine:
    """Write the history; a resident is no line's person."""
    posts = posts_of(by, at) if by.actor_kind == "staff" else []
    post = next((post for post in posts if post.covers(row.path)), posts[0] if posts else None)
    return DeliberationLine.objects.create(
        deliberation=row, at=at, verb=verb, by=by if by.actor_kind == "staff" else None,
        unit=post.unit.name if post else "居民", words=words[:1000],
    )  # fmt: skip
