"""What time does with promises: a broken one tells the heads of its unit once; it stays with the unit, never on a person."""

from collections import Counter, defaultdict

from django.db import transaction

from yige.accounts.models import Post, UnitKind
from yige.accounts.roles import leading
from yige.contact.models import Promise
from yige.lib.local_time import local_day
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

LEADERS_OF = {
    UnitKind.GRID_TEAM: leading(2, 3),
    UnitKind.COMMUNITY: leading(2),
}
STREET = leading(1)
AT_ONCE = 500


def tell_promises(at) -> Counter:
    """Tell the heads over each unit how many promises passed their day; each promise is told of once."""
    counted = Counter()
    with transaction.atomic():
        rows = Promise.objects.broken(local_day(at)).filter(told_at=None).select_related("unit")
        rows = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("due_on", "id")[:AT_ONCE])
        by_unit = defaultdict(list)
        for row in rows:
            by_unit[row.unit].append(row)
        for unit, late in by_unit.items():
            readers = _readers(unit, late[0].grid_path, at)
            notices.tell_staff(
                readers, kind="promise_broken", title=f"{unit.name}：{len(late)} 个答应居民的事过了期",
                body="请问一问卡在哪里，约一个新的日子，或者去向居民说明。", at=at,
                subject=Subject(SubjectKind.PROMISES),
            )  # fmt: skip
            counted["notices"] += len(readers)
        counted["promises"] += Promise.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    return counted


def _readers(unit, path, at):
    """Return who heads this unit's work over this place; without such a head the street is told."""
    held = Post.objects.held_on(local_day(at)).filter(user__is_active=True).over(path)
    for roles in (LEADERS_OF.get(unit.kind, STREET), STREET):
        if users := sorted(set(held.filter(role__in=roles).values_list("user_id", flat=True))):
            return users
    return []
