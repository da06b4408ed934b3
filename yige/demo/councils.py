"""What the demo's neighbours decide together: a lift that is being built, parking rules that bind nobody, a vote of too few."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from yige.accounts.models import Post, Unit, UnitKind
from yige.deliberation import actions, carrying_out
from yige.deliberation.models import Deliberation
from yige.demo import month_bulletins
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.lib.refusals import Refusal

BEGUN, MET, DECIDED, SETTLED = (timedelta(days=days) for days in (30, 25, 24, 15))
LIFT = {
    "title": "3号楼2单元要不要加装电梯",
    "words": "楼里六十岁以上的多，上下楼难。要定装不装、装在哪一面、费用怎么分。",
    "affected": "3号楼2单元的业主：要不要装，出多少钱\n一层的业主：怕挡光、怕吵\n租户：施工时进出",
}
PARKING = {
    "title": "院里停车怎么停、怎么收",
    "words": "车多位少，晚上堵住消防通道。要商量先来后到还是按户分，外来车怎么办。",
    "affected": "有车的住户：停在哪里\n没有车的住户：通道不能堵\n物业：谁来管",
}
FUND = {
    "title": "用维修资金修楼顶防水",
    "words": "顶层年年漏，要定用不用维修资金整体重做。",
    "affected": "全体业主：用的是大家的钱\n顶层的业主：正在漏",
}
MEETING = {
    "attendance": "业主代表、物业、社区民警都来了",
    "minutes": "多数人赞成，少数人担心费用和施工。",
    "options": "整体做\n分两年做\n先不做",
}
CARRIED = {
    "all_heads": 96, "all_area": 864_000, "yes_heads": 66, "yes_area": 594_500, "no_heads": 9, "no_area": 81_000,
    "abstained_heads": 3, "abstained_area": 27_000, "invalid_heads": 1, "invalid_area": 9_000,
}  # fmt: skip
TOO_FEW = {
    "all_heads": 320, "all_area": 2_880_000, "yes_heads": 150, "yes_area": 1_350_000, "no_heads": 26, "no_area": 339_000,
    "abstained_heads": 0, "abstained_area": 0, "invalid_heads": 0, "invalid_area": 0,
}  # fmt: skip


def deliberate(now):
    """Bring three matters of one grid to where they stand, once."""
    held = Post.objects.held_on(local_day(now)).filter(role="community_head", user__is_active=True)
    post = held.filter(path__startswith=month_bulletins.TOP).select_related("user").order_by("path").first()
    grid = (
        post and Grid.objects.current().filter(path__startswith=post.path, level=3).order_by("path").first()
    )
    if grid is None or Deliberation.objects.exists():
        return
    head, desk = post.user, month_bulletins.holder_of("desk", now)
    with suppress(Refusal), transaction.atomic():  # an invented name may be one that the screen refuses
        build_lift(decide_by_owners(grid, head, desk, now, LIFT, "owners_7", "owners", CARRIED), head, now)
        talk_over(bring_to_meeting(grid, head, desk, now, PARKING, "opinion", "hall"), head, now)
        decide_by_owners(grid, head, desk, now, FUND, "owners_5", "resident", TOO_FEW)


def bring_to_meeting(grid, head, desk, now, said, matter, raised_from):
    begun = now - BEGUN
    row = actions.raise_matter(
        grid, by=desk, at=begun, words="有人提起这件事，想请邻居们一起定下来。", raised_from=raised_from
    )
    row = actions.list_matter(row, by=head, at=begun, **said)
    row = actions.give_notice(
        row, by=head, at=begun, matter=matter, meeting_at=now - MET, place="社区会议室",
        materials="方案、费用和各家怎么分，见社区公告栏。",
    )  # fmt: skip
    return actions.record_meeting(row, by=desk, at=now - MET, present=31, **MEETING)


def decide_by_owners(grid, head, desk, now, said, matter, raised_from, counts):
    """Take over the official result of a vote of owners."""
    row = bring_to_meeting(grid, head, desk, now, said, matter, raised_from)
    origin = {
        "source": "区业主表决系统",
        "source_number": "表决 31 号",
        "source_on": local_day(now - DECIDED),
    }
    return actions.record_count(row, by=head, at=now - DECIDED, words="按正式结果公示。", **counts, **origin)


def talk_over(row, head, now):
    words = "先划出消防通道，车位先来后到，三个月以后再看。"
    actions.record_opinion(row, by=head, at=now - timedelta(days=2), agreed=True, words=words)


def build_lift(row, head, now):
    """Answer one objection, settle, and set the first step."""
    made = carrying_out.object_to(row, by=head, at=now - DECIDED, words="担心低层采光")
    carrying_out.answer_objection(
        made,
        by=head,
        at=now - DECIDED,
        gist="低层采光会不会受影响",
        answer="设计单位算过，符合标准，图在公告栏。",
    )
    row = carrying_out.end_publicity(row, by=head, at=now - SETTLED)
    unit = Unit.objects.filter(path=row.path, kind=UnitKind.GRID_TEAM, active=True).first()
    if unit is None:
        return
    due = local_day(now) + timedelta(days=20)
    carrying_out.set_step(row, by=head, at=now - SETTLED, step="请设计单位出施工图", unit=unit, due_on=due)
