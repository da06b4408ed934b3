"""The only writer of waits: a case comes to a level, leaves it, waits too long there. The case is locked by its move."""

from collections import Counter

from django.db import transaction

from yige.accounts.actors import CLOCK
from yige.audit import log
from yige.cases import case_notices, levels, queries, rules
from yige.cases.models import Case, Wait
from yige.cases.words import Tier

AT_ONCE = 50


def begin(case, way, *, by, at, asked, unit=None, **said) -> Wait:
    """Let the case wait on the level it is on now: whatever it waited for before is over. The limit is fixed here."""
    end(case, at)
    due = levels.wait_until(case.tier, case.urgency, at, rules.values(), queries.work_calendar())
    return Wait.objects.create(
        case=case, at=at, round=case.reopen_no, by=by, tier=case.tier, way=way, unit=unit, asked=asked, due_at=due, **said
    )  # fmt: skip


def end(case, at) -> None:
    """Let it wait no longer: it was handed out, raised or sent on, or came to an end."""
    case.waits.filter(ended_at=None).update(ended_at=at)


def open_wait(case) -> Wait | None:
    """Return the wait of a case that lies on a level, or None; asks nothing of any other case."""
    if not case.waits_at_level:
        return None
    return case.waits.select_related("unit", "suggested").filter(ended_at=None).first()


def heads_at(case, tier, at) -> list:
    """Return the ids of those who arrange on a level what lies at this case's place."""
    return queries.desk_and_heads(case, at, *levels.LEVEL_OF[tier].arranged_by)


def tell_late(at) -> Counter:
    """Tell the head of a level once that a case waits there too long, and whoever sent it; it stays where it is."""
    done = Counter()
    while count := tell_some_late(at):
        done["waits"] += count
    return done


@transaction.atomic
def tell_some_late(at) -> int:
    """Take the late ones in turn, the case first as every verb does; whoever is at it already is left alone."""
    late = Wait.objects.filter(ended_at=None, late_at=None, due_at__lt=at)
    ids = list(late.order_by("due_at").values_list("case_id", flat=True)[:AT_ONCE])
    cases = {case.pk: case for case in Case.objects.select_for_update(skip_locked=True).filter(pk__in=ids)}
    rows = list(late.filter(case__in=cases))
    for wait in rows:
        tell(wait, cases[wait.case_id], at)
    return len(rows)


def tell(wait, case, at) -> None:
    wait.late_at = at
    wait.save(update_fields=["late_at"])
    log.write("cases.note_late_wait", by=CLOCK, at=at, kind=wait._meta.label_lower, pk=wait.pk)
    heads = queries.desk_and_heads(case, at, *levels.LEVEL_OF[Tier(wait.tier)].heads)
    words = f"在{wait.get_tier_display()}等过了时间"
    case_notices.notify_staff(case, {*heads, wait.by_id}, words, at=at, kind="wait_late", body=wait.asked)
