"""How often a reporter may ask to hurry: once for each mark, and when one was missed, once a day until it is met.

It counts on the reporter's clock, the one that the reporter's page shows.
"""

from uuid import UUID

from yige.cases import deadlines, hearing
from yige.cases.models import Urge
from yige.lib.local_time import local_day, moment_words, start_of_next_day
from yige.lib.refusals import Conflict

SEEN = "承办单位和上一级看得到。"
ONCE_A_MARK = f"这个时限内已经催办过了，{SEEN}有了新的进展，或者过了{{moment}}还没有做到，可以再催。"
ONCE_A_DAY = f"今天已经催办过了，{SEEN}还没有办的，{{moment}}起可以再催一次。"


def asker(case, by) -> UUID:
    """Return the id of the case whose reporter asks: a merged one asks by the own."""
    return by.actor_id if by.actor_kind == "reporter" else case.pk


def matters(case, at) -> tuple[str, bool, object]:
    """Return the mark that a hurry is about now, whether it was missed, and when it is or was due."""
    outlook = deadlines.outlook(case, at)
    mark = outlook.matters
    return (mark.name, bool(outlook.missed), mark.due) if mark else (case.next_mark, False, case.next_mark_at)


def check_urge(case, by, at) -> None:
    """Refuse a second hurry for one mark, or on one day, and say when the next one is possible."""
    mark, missed, due = matters(case, at)
    mine = Urge.objects.filter(case_id=asker(case, by), about=case, round=case.reopen_no)
    if missed and mine.filter(day=local_day(at)).exists():
        raise Conflict(ONCE_A_DAY.format(moment=moment_words(start_of_next_day(local_day(at)), at)))
    if not missed and mine.filter(mark=mark).exists():
        raise Conflict(ONCE_A_MARK.format(moment=moment_words(due, at)))
    hearing.check_somebody_to_hear(case, by, at)


def keep_urge(case, by, at) -> None:
    mark, _, _ = matters(case, at)
    Urge.objects.create(
        case_id=asker(case, by), about=case, mark=mark, day=local_day(at), round=case.reopen_no, at=at
    )
