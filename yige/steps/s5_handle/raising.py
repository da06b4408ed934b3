"""Step 5, 逐级上报: up level by level with what was tried and what is asked, and back down with an answer.

Grid, community, street, the district's seat, the city. The street has a case until it is raised; the district hands it
to a unit of its own or sends it back down; the city is a record. Who raises from where to where: `cases/levels.py`.
"""

from yige.accounts import roles
from yige.accounts.models import Post, Unit, UnitKind
from yige.accounts.scope import posts_with
from yige.cases import case_notices, levels, queries, waits, workflow
from yige.cases.models import Wait
from yige.cases.move import move
from yige.cases.standings import standings
from yige.cases.words import Tier, WaitWay
from yige.lib.local_time import full_date_words, local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

# Whom the district hands a case to: offices beside the tree.
DISTRICT_KINDS = (UnitKind.DEPARTMENT, UnitKind.UTILITY)
NOBODY_THERE = "{level}现在没有人在岗，报上去没有人接。"
LONGEST_NUMBER = 40
DONE_HERE, MOST_LINES = ("verify", "progress"), 3  # what "tried" begins with


def check_escalate(case, by, at) -> None:
    """Refuse to raise what the level-1 head decided, what does not lie on this person's level, or to nobody."""
    decided = case.return_count >= max(workflow.RETURNS) and case.tier != Tier.DISTRICT
    if decided and not posts_with(by, at, "decide_hard_cases", case.grid_path):
        raise Conflict(workflow.DECIDED)
    to = level_above(case, by, at)
    if to is None:
        raise Conflict(f"已经在{here_words(case.tier)}了。{levels.ARRANGES[case.tier]}")
    if to == Tier.DISTRICT and not waits.heads_at(case, to, at):
        raise Conflict(f"{NOBODY_THERE.format(level=to.label)}请先用“报告上级”写明，或由一级网格长定由谁办。")


def level_above(case, by, at) -> Tier | None:
    """Return the level to which this person raises the case: one above the case, and above the own level of a head."""
    return levels.raised_to(case.tier, standings(by, case, at))


def here_words(tier) -> str:
    return "街道这一级" if levels.LEVEL_OF_TIER[tier] == 1 else Tier(tier).label


@move(guard=check_escalate)
def escalate(case, *, by, at, tried, asked, suggested=None) -> dict:
    """Hand it up one level because this one lacks the power or the means; the reporter is told."""
    unit = case.unit
    case.tier, case.unit, case.handler = level_above(case, by, at), None, None
    waits.begin(
        case, WaitWay.UP, by=by, at=at, unit=unit or unit_of(by, case, at), tried=tried, asked=asked, suggested=suggested
    )  # fmt: skip
    case_notices.notify_heads(
        case, "下级上报", *levels.LEVEL_OF[case.tier].arranged_by, at=at, kind="escalated", body=asked
    )
    wish = f"，请{suggested}来办" if suggested else ""
    return {"tier": case.tier, "wish": wish, "tried": bare(tried)}


def tried_so_far(case) -> str:
    """Return what the timeline of this round says was done, as a beginning of “what was tried”."""
    lines = case.entries.filter(verb__in=DONE_HERE, at__gte=case.clock_from).order_by("-at", "-id")
    words = [bare(said.get("words", "")) for said in lines.values_list("said", flat=True)[:MOST_LINES]]
    return "；".join(filter(None, reversed(words)))


def unit_of(by, case, at) -> Unit | None:
    post = queries.acting_post(by, case, at)
    return post.unit if post else None


def bare(words) -> str:
    """Return what was typed without the full stop that the sentence around it sets."""
    return words.strip().rstrip("。.；;")


def check_assign(case, by, at) -> None:
    """Refuse where the case is with the city, or where the district has nobody to give it to."""
    if case.tier != Tier.DISTRICT:
        raise Conflict("这件事现在不在区级。")
    if not district_posts(case, at):
        raise Conflict("区级部门现在没有在岗的承办人，请先请安全管理员安排岗位。")


def district_posts(case, at) -> list[Post]:
    """Return the posts that handle cases in the units that the district hands out to."""
    held = Post.objects.held_on(local_day(at)).filter(
        role__in=roles.having("handle"), user__is_active=True, unit__active=True, unit__kind__in=DISTRICT_KINDS
    )  # fmt: skip
    held = held.exclude(unit=case.unit_id) if case.unit_id else held
    return list(held.select_related("unit", "user").order_by("unit__kind", "unit__name"))


@move(guard=check_assign)
def assign(case, *, by, at, unit, words) -> None:
    """Hand it to a unit of the district, or to another one; the street goes on to check and to answer the reporter."""
    if unit.pk not in {post.unit_id for post in district_posts(case, at)}:
        raise NotSaid("请另选一个单位。", unit="请选一个有人在岗的区级部门；已经在办的不用再交。")
    case_notices.notify_doers(case, "已转给别的单位办理", at=at)
    case.unit, case.handler, case.handed_by = unit, None, None
    case.first_unit = case.first_unit or unit
    case_notices.notify_doers(case, "区级交办的事项", at=at, kind="dispatched")


def check_send_down(case, by, at) -> None:
    """Refuse whoever does not arrange the level it waits on, and where nobody below could take it."""
    if not case.waits_at_level or case.tier not in levels.BELOW:
        raise Conflict("这件事没有等在上级，不用交回。")
    if not standings(by, case, at) & set(levels.LEVEL_OF[Tier(case.tier)].answered_by):
        raise NotAllowed(f"这件事等在{Tier(case.tier).label}，{levels.ARRANGES[case.tier]}")
    below = levels.BELOW[Tier(case.tier)]
    if not waits.heads_at(case, below, at):
        raise Conflict(f"这个地方的{below.label}现在没有人在岗，交不下去，请在本级安排。")


@move(guard=check_send_down)
def send_down(case, *, by, at, answer, direction) -> dict:
    """Send it one level down with an answer and what is to be done there; the level above it is answered with it."""
    above = Tier(case.tier)
    go_down(case, levels.BELOW[above], by=by, at=at, answer=answer, asked=direction)
    return {"above": above, "below": Tier(case.tier), "answer": bare(answer)}


def go_down(case, tier, *, by, at, answer, asked) -> Wait:
    unit = unit_of(by, case, at)
    case.tier = tier
    heads = levels.LEVEL_OF[tier].arranged_by
    case_notices.notify_heads(case, "上级答复了", *heads, at=at, kind="answered", body=answer)
    return waits.begin(case, WaitWay.DOWN, by=by, at=at, unit=unit, answer=answer, asked=asked)


def check_report_city(case, by, at) -> None:
    check_waits_on(case, Tier.DISTRICT, "只有等在区级的事项才能报市级。")


@move(guard=check_report_city)
def report_city(case, *, by, at, number, sent_on, tried, asked) -> dict:
    """Record that the district sent it on to the city, under which number; nothing is sent by this."""
    check_day(sent_on, "sent_on", local_day(case.reported_at), at)
    if len(number) > LONGEST_NUMBER:
        raise NotSaid("编号太长了。", number=f"编号最多 {LONGEST_NUMBER} 个字。")
    unit = unit_of(by, case, at)
    case.tier = Tier.CITY
    waits.begin(
        case, WaitWay.UP, by=by, at=at, unit=unit, tried=tried, asked=asked, number=number, sent_on=sent_on
    )
    case_notices.notify_heads(case, "已报市级", *levels.RECORDERS, at=at, kind="escalated", body=asked)
    return {"tried": bare(tried)}


def check_answer_city(case, by, at) -> None:
    check_waits_on(case, Tier.CITY, "这件事没有报在市级。")


@move(guard=check_answer_city)
def answer_city(case, *, by, at, answer, answered_on) -> dict:
    """Record what the city answered and when; the district arranges what follows."""
    wait = case.waits.get(ended_at=None)
    check_day(answered_on, "answered_on", wait.sent_on, at)
    wait.answer, wait.answered_on = answer, answered_on
    wait.save(update_fields=["answer", "answered_on"])
    go_down(case, Tier.DISTRICT, by=by, at=at, answer=answer, asked="按市级的答复安排")
    return {"answer": bare(answer)}


def check_take_back(case, by, at) -> None:
    check_waits_on(case, Tier.DISTRICT, "只有等在区级、还没有交办的，街道才能收回。")


@move(guard=check_take_back)
def take_back(case, *, by, at, words) -> None:
    """Take back what waits with the district: the street found a way of its own, or nobody there can answer."""
    unit = unit_of(by, case, at)
    case_notices.notify_heads(case, "街道已收回上报", *levels.SEAT, at=at)
    case.tier = Tier.STREET
    waits.begin(case, WaitWay.BACK, by=by, at=at, unit=unit, tried=words, asked="街道自己安排")


def check_waits_on(case, tier, sentence) -> None:
    if not case.waits_at_level or case.tier != tier:
        raise Conflict(sentence)


def check_day(day, field, first, at) -> None:
    """Refuse a day that is still to come, or that lies before what it follows."""
    if day > local_day(at):
        raise NotSaid("日期不对。", **{field: "日期不能在今天之后。"})
    if day < first:
        raise NotSaid("日期不对。", **{field: f"日期不能早于 {full_date_words(first)}。"})
