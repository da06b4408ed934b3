"""The demo's assessment of last month, by the verbs: one closing left out, one that stays in, one of this month that waits;
and last month's sheet, shown and frozen when its days are over."""

from datetime import timedelta

from django.db import transaction

from yige.accounts.models import Post, UnitKind
from yige.assessment.periods import month_before, month_of
from yige.cases.models import Closing, Exclusion
from yige.cases.queries import work_calendar
from yige.demo import drawings
from yige.demo.story_context import StoryContext
from yige.lib.local_time import local_day, start_of_day
from yige.month_sheets.exclusions import ask_exclusion, decide_exclusion
from yige.month_sheets.sheets import turn_sheets

ASK_KEY, DECIDE_KEY = "demo-left-out-{}", "demo-left-out-decided-{}"
MORNING = timedelta(hours=8, minutes=45)
GRANTED = {
    "said": {
        "reason": "force",
        "words": "当天暴雨红色预警，全市停工停课，上不了门。",
        "document": "市防汛指挥部停工通知（演示）",
    },
    "answer": {"granted": True, "words": "停工通知看过了，日子对得上。"},
}
REFUSED = {
    "said": {"reason": "not_ours", "words": "这一片归物业管，派来时没有改派。"},
    "answer": {"granted": False, "words": "职责清单上是网格牵头；先办了再提，下次第一天就退回来。"},
}
WAITING = {"said": {"reason": "untrue", "words": "去了三次都没有看到反映的情况，旁边的住户也说没有。"}}


def tell_months(now):
    """Tell what was asked and decided, then what the clock did on the mornings since; each once."""
    last = month_before(month_of(local_day(now)))
    with transaction.atomic():
        for number, tale in enumerate((GRANTED, REFUSED)):
            tell_exclusion(last, number, tale, now)
        tell_exclusion(month_of(local_day(now)), 0, WAITING, now, order="-at")
    shown = work_calendar().nth(last.after, 0, working=True)
    for days in (0, 9):
        morning = start_of_day(shown + timedelta(days=days)) + MORNING
        if morning <= now:
            turn_sheets(morning)


def tell_exclusion(month, number, tale, now, *, order="at"):
    """Ask about the closing of this number in a month's order, and decide it where the tale says how."""
    cast, of = StoryContext(), f"{month.name}-{number}"
    desk = cast.user("desk")
    if Exclusion.objects.filter(month=month.first).count() > number:
        return
    rows = Closing.objects.countable().filter(
        at__gte=month.begin, at__lt=min(month.end, now), unit__kind=UnitKind.GRID_TEAM
    )
    closing = rows.filter(exclusions=None).select_related("unit", "case").order_by(order, "id").first()
    post = (
        closing and Post.objects.held_on(local_day(now)).filter(unit=closing.unit, role="grid_head").first()
    )
    if not post:
        return
    at = min(closing.at + timedelta(hours=20), now)
    said = tale["said"] | (
        {"photos": [drawings.keep_drawing("utilities", "exclusion", at)]} if tale is WAITING else {}
    )
    exclusion = ask_exclusion(closing, by=post.user, at=at, key=ASK_KEY.format(of), **said)
    if "answer" in tale:
        said = tale["answer"] | {"key": DECIDE_KEY.format(of)}
        decide_exclusion(exclusion, by=desk, at=min(at + timedelta(hours=3), now), **said)
