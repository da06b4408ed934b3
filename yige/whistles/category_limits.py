"""The limits of one category that are others than those of the table: set, and put back, each with its reason.

What runs keeps the limits it sounded with; a row is ended and never overwritten, so that every change can be read.
"""

from yige.accounts.duties import check_tables
from yige.audit.log import action
from yige.cases.models import Category
from yige.lib.refusals import Conflict, NotSaid
from yige.whistles import gate, limits
from yige.whistles.models import CategoryLimit
from yige.whistles.words import Trigger

LONGEST_WORDS = 200
OLD_PAGE = "您打开页面之后，这一类的时限有人改过。下面已经换成现在的，您写的都还在，请看过再定。"


@action("whistles.set_limit", makes=CategoryLimit)
def set_limit(category, *, by, at, id, trigger, mark, amount, words, seen=None) -> CategoryLimit:
    """Set a limit of a trigger for one category; the ordinary amount puts it back to the ordinary.

    `seen` is the amount that held when the page was shown.
    """
    check_tables(by, at)
    limit = limit_named(trigger, mark)
    Category.objects.select_for_update().get(pk=category.pk)  # one change of a category's limits at a time
    rows = CategoryLimit.objects.filter(category=category, ended_at=None)
    standing = {(row.trigger, row.mark): row for row in rows}
    row = standing.get((trigger, mark))
    now = row.amount if row and row.amount else limit.amount
    if seen is not None and seen != now:
        raise Conflict(OLD_PAGE)
    check_amount(limit, category, amount, now)
    changed = {name: one.amount for (which, name), one in standing.items() if which == trigger and one.amount}
    check_order(trigger, limits.frozen(trigger, changed | {mark: amount}))
    words = gate.check_text(words, "words", longest=LONGEST_WORDS, needed="请写明为什么这一类不一样。")
    if row:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
    return CategoryLimit.objects.create(
        id=id, category=category, trigger=trigger, mark=mark, words=words, set_at=at,
        amount=None if amount == limit.amount else amount, set_by=by if by.actor_kind == "staff" else None,
    )  # fmt: skip


def limit_named(trigger, mark) -> limits.Limit:
    """Return the limit of a trigger by its mark; refuse what no category can set."""
    known = limits.settable(trigger) if trigger in Trigger.values else []
    found = next((limit for limit in known if limit.name == mark), None)
    if found is None:
        raise NotSaid("没有这个时限。", which="请选一种情形的一个时限。")
    return found


def check_amount(limit, category, amount, now) -> None:
    """Refuse no time at all, more than the case itself has, and what holds already."""
    unit = limits.UNIT_WORDS[limit.unit]
    if amount is None or amount < 1:
        raise NotSaid("时限不对。", amount=f"至少写 1 {unit}；0 和负数等于没有时间。")
    if amount > limits.most(limit, category.urgency):
        mark = limits.case_mark(limit, category.urgency)
        raise NotSaid("时限太长。", amount=too_long(mark, limits.most(limit, category.urgency), unit))
    if amount == now:
        raise NotSaid("没有变化。", amount=f"现在就是 {now} {unit}，不用改。")


def too_long(mark, most, unit) -> str:
    """Return the sentence that names the mark of the case and the most that can be written."""
    return f"单位的时限不能比事项自己的“{mark.label}”（{mark.duty}）还长，最多写 {most} {unit}。"


def check_order(trigger, amounts) -> None:
    """Refuse a mark that would be due after the one that follows it."""
    if pair := limits.out_of_step(trigger, amounts):
        first, then = pair
        sentence = f"“{first.label}”是 {amounts[first.name]} 分钟，“{then.label}”是 {amounts[then.name]} 分钟：先要做的不能更晚。"
        raise NotSaid("先后不对。", amount=sentence)
