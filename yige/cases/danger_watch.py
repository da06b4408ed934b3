"""What follows when the words about a case may mean danger: it stands on top of every desk, and people are told now.

Nothing is decided here: a head looks, and says how urgent it is (`accept`, `judge`).
"""

from datetime import datetime

from yige.accounts.models import Post
from yige.accounts.roles import ROLE_BY_NAME, having
from yige.audit.bulk_insert import insert_rows
from yige.cases import case_notices, danger_duty, dangers, queries
from yige.cases.models import Case
from yige.cases.standings import standings
from yige.cases.words import BEFORE_HANDLED, ENDS, Channel, Nature, Urgency
from yige.cases.workflow import HEADS, LISTENS
from yige.lib.local_time import local_day
from yige.notices.models import Notice

LOOK_NOW = "可能有险情，请马上看"


def note_in_report(case, by) -> list[dangers.Hearing]:
    """Write into a new case what its words may mean; of a list that is copied in only what is new rings (`note_in_list`)."""
    if by.actor_kind == "command" or case.channel == Channel.LEDGER:
        return []
    hearings = dangers.hear(case.words)
    if hearings or case.urgency == Urgency.EMERGENCY:
        case.danger = dangers.joined_kinds(*(hearing.danger.kind for hearing in hearings))
        case.danger_at = case.reported_at
    if any(hearing.danger.of_life for hearing in hearings):
        case.nature = Nature.PERSONAL  # such words are for nobody else, whatever category was chosen
    return hearings


def spoken_words(said) -> str | None:
    """Return the free words of an act: what was said, or the report as it is put right."""
    return said.get("words") or said.get("report")


def note_in_list(case, at) -> list[dangers.Hearing]:
    """Write into a case that has just come in by a list what it may mean: somebody has to look now."""
    hearings = dangers.hear(case.words)
    if hearings or case.urgency == Urgency.EMERGENCY:
        _add_kinds(case, {hearing.danger.kind for hearing in hearings}, at)
    if any(hearing.danger.of_life for hearing in hearings):
        case.nature = Nature.PERSONAL
    return hearings


def note_in_words(row, case, said, *, by, at) -> list[dangers.Hearing]:
    """Write into a case what words that came later may mean; a head's own words need no second head."""
    words = spoken_words(said)
    hearings = dangers.hear(words) if row.verb in LISTENS and isinstance(words, str) else []
    if not hearings or (by.actor_kind == "staff" and standings(by, case, at) & set(HEADS)):
        return []
    kinds = {hearing.danger.kind for hearing in hearings}
    if case.urgency == Urgency.EMERGENCY and kinds <= dangers.kinds_in(case.danger):
        return []  # known, and people are on their way
    if case.state not in ENDS or row.to:
        _add_kinds(case, kinds, at)
    return hearings


def notices_of_report(case, hearings, *, at) -> list[Notice]:
    """Return the unsaved notices of a new case: in a danger to who is on duty and to every head, at night as well."""
    if case.danger_at is None:
        told = queries.desk_and_heads(case, at, *having("hear_reports"))
        return case_notices.staff_notices(case, told, "新上报", at=at, kind="reported")
    told = queries.desk_and_heads(case, at, *HEADS)
    said = words_with_quotes(hearings, case.words)
    return danger_duty.alarm_notices(case, told, LOOK_NOW, at=at, body=said)


def tell_now(case, hearings, words, *, at) -> None:
    """Tell all who could act on words that came later: who is on duty, every head over the place, who handles the case."""
    if hearings:
        told = {*queries.desk_and_heads(case, at, *HEADS), *case_notices.doers_of(case, at)}
        said = words_with_quotes(hearings, words)
        insert_rows(*danger_duty.alarm_notices(case, told, LOOK_NOW, at=at, body=said))


def roles_told(case, at) -> list[str]:
    """Return the labels of the posts whose holders were told of the danger of a case, in the order of the roles."""
    readers = Notice.objects.filter(subject_id=case.pk, kind="danger").values("user_id")
    held = Post.objects.held_on(local_day(at)).over(case.grid_path).filter(role__in=HEADS, user__in=readers)
    names = set(held.values_list("role", flat=True))
    return [ROLE_BY_NAME[name].label for name in HEADS if name in names]


def alarm_since(case) -> datetime | None:
    """Return since when a case stands on top of every desk: until it is judged, an emergency until somebody was there."""
    if case.state in ENDS:
        return None
    if case.danger_at:
        return case.danger_at
    waits = case.urgency == Urgency.EMERGENCY and case.state in BEFORE_HANDLED and not case.progress_at
    return case.clock_from if waits else None


def hear_for_leader(row, leader, words, *, by, at) -> None:
    """Let the leading case keep what was heard in words for a merged one."""
    if note_in_words(row, leader, {"words": words}, by=by, at=at):
        leader.alarm_at = alarm_since(leader)
        leader.save(update_fields=["danger", "danger_at", "alarm_at"])


def settle_danger(case) -> None:
    """Say that a person has looked and judged."""
    case.danger_at = None


def pass_danger_on(case, target) -> None:
    """Let the case that takes another one in keep what was heard in that one."""
    if case.danger_at:
        _add_kinds(target, dangers.kinds_in(case.danger), case.danger_at)
        target.alarm_at = alarm_since(target)
        target.unanswered_at = target.unanswered_at or case.unanswered_at
        target.save(update_fields=["danger", "danger_at", "alarm_at", "unanswered_at"])


def hearings_of(case, entries) -> list[dangers.Hearing]:
    """Return what the words of a case and of its timeline may mean, with these words."""
    later = (entry.said.get("words") for entry in entries if entry.verb in LISTENS)
    return dangers.hear(case.words, *(words for words in later if isinstance(words, str)))


def body_of(case) -> str:
    """Return what a notice about a danger says of the words of the whole case."""
    return words_with_quotes(hearings_of(case, case.entries.all()), case.words)


def _add_kinds(case: Case, kinds, at):
    case.danger = dangers.joined_kinds(*kinds, *dangers.kinds_in(case.danger))
    case.danger_at = case.danger_at or at


def words_with_quotes(hearings, words) -> str:
    """Return words with what they may mean, and with the signs that say so, in front."""
    quotes = [quote for hearing in hearings for quote in hearing.quotes]
    return (
        f"{'、'.join(hearing.danger.label for hearing in hearings)}，写到“{'”“'.join(quotes[:3])}”。{words}"
        if quotes
        else words
    )
