"""What time does: a broken promise tells the heads of its unit once, never on a person; a week tells each head once."""

from collections import Counter, defaultdict

from django.db import transaction

from yige.accounts.actors import CLOCK
from yige.accounts.models import Post, UnitKind, User
from yige.accounts.roles import having, leading
from yige.audit import log
from yige.contact.heads_lines import lines_of_head
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
LAST_WEEKDAY = 2  # a clock that was down on Monday makes up for it until Wednesday


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


def tell_week(at) -> Counter:
    """Tell each head once a week what the own desk says, numbers alone; who left it, or has nothing, is told nothing."""
    counted = Counter()
    if local_day(at).weekday() > LAST_WEEKDAY:
        return counted
    held = Post.objects.held_on(local_day(at)).filter(role__in=having("head_area"))
    readers = User.objects.filter(is_active=True, weekly_digest=True, pk__in=held.values("user"))
    for user in readers.order_by("pk"):
        with transaction.atomic():
            counted["told"] += tell_week_to(user, at)
    return counted


def tell_week_to(user, at) -> int:
    """Look at the desk of one head for this week, unless that was done; return whether there was something to tell."""
    year, week, _ = local_day(at).isocalendar()
    key = f"{user.pk}:{year}-{week}"
    if not log.write("contact.tell_week", by=CLOCK, at=at, kind=user._meta.label_lower, pk=user.pk, key=key):
        return 0
    wrong = [row for row in lines_of_head(user, at) if row.count]
    if not wrong:
        return 0
    notices.tell_staff(
        [user], kind="week", title=f"每周小结：辖区里有 {len(wrong)} 项要管",
        body="；".join(row.words for row in wrong) + "。点开工作台，一项一项都看得到。", at=at,
        subject=Subject(SubjectKind.DESK),
    )  # fmt: skip
    return 1
