"""Step 4, 问题派单: from a higher head to a worker, a lower head or a department; sign, hand back, transfer."""

from uuid import UUID

from yige.accounts import roles
from yige.accounts.models import Post, Unit, UnitKind
from yige.accounts.scope import posts_with
from yige.cases import case_notices, levels, queries, waits, workflow
from yige.cases.models import Return
from yige.cases.move import move
from yige.cases.words import ReturnReason, Tier, WaitWay
from yige.duty_list import actions as duties
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

MOST_RETURNS = max(workflow.RETURNS)
TIER_OF = {UnitKind.GRID_TEAM: Tier.GRID, UnitKind.COMMUNITY: Tier.COMMUNITY, UnitKind.STREET: Tier.STREET}


def check_dispatch(case, by, at) -> None:
    """Refuse whoever cannot hand this case to anybody: it stands higher up, or somebody else decides."""
    check_level(case, by, at)
    check_returns(case, by, at)
    if not targets(case, by, at):
        raise NotAllowed(f"您这一级没有可以派的单位。{to_whom(case)}")


@move(guard=check_dispatch)
def dispatch(case, *, by, at, unit, person=None, words="") -> None:
    """Hand the case to a unit, or to one named person in it."""
    check_giver(case, by, at, unit, person)
    check_first_receiver(case, by, at, unit)
    hand_to(case, unit, person, by)
    case.first_unit = case.first_unit or unit
    why = why_it_settles(case, by, at)
    if why:
        duties.propose_from(case, unit, by=by, at=at, basis=f"{why}由一级网格长定（{case.number}）")
    case_notices.notify_doers(
        case, "派给您的事项" if person else "派给本单位的事项", at=at, kind="dispatched"
    )


def why_it_settles(case, by, at) -> str:
    """Return after what a dispatch settles whose such a matter is; "" where it settles nothing."""
    if case.return_count >= MOST_RETURNS:
        return "三次退回以后"
    refused = case.returns.filter(round=case.reopen_no, reason=ReturnReason.NOT_MINE)
    heads = posts_with(by, at, "decide_hard_cases", case.grid_path)
    return "有单位说“不属于本单位职责”以后" if heads and refused.exists() else ""


@move
def sign(case, *, by, at) -> None:
    """Take the case into one's own hands."""
    case.handler = by


def check_hand_back(case, by, at) -> None:
    """Refuse to give back what the level-1 head decided after three returns, or the district after one."""
    if case.tier == Tier.DISTRICT:
        if case.returns.filter(round=case.reopen_no, unit=case.unit_id).exists():
            raise Conflict(workflow.DECIDED_ABOVE)
    elif case.return_count >= MOST_RETURNS:
        raise Conflict(workflow.DECIDED)


@move(guard=check_hand_back)
def hand_back(case, *, by, at, reason, words, suggested=None) -> dict[str, ReturnReason | Unit] | None:
    """Return it to the dispatcher: not this unit's duty (with the proper owner), or the wrong place."""
    if reason == ReturnReason.NOT_MINE and suggested is None:
        raise NotSaid("请写明该由谁办。", suggested="说“不是我的”，请同时选一个您认为该办的单位。")
    back_from = case.unit
    Return.objects.create(
        case=case, at=at, round=case.reopen_no, unit=back_from, by=by, reason=reason, words=words, suggested=suggested
    )  # fmt: skip
    case.unit, case.handler = None, None
    if case.tier == Tier.DISTRICT:
        give_back_to_district(case, back_from, by=by, at=at, words=words, suggested=suggested)
        return {"unit": back_from, "reason": reason}
    case.tier, case.return_count = tier_of_giver(case, at), case.return_count + 1
    above = roles.leading(1) if case.return_count >= MOST_RETURNS else ("desk",)
    case_notices.notify_heads(case, "被退回", *above, at=at, kind="returned")
    case_notices.notify_staff(
        case, [case.handed_by_id] if case.handed_by_id else [], "被退回", at=at, kind="returned"
    )
    return {"unit": back_from, "reason": reason}


def give_back_to_district(case, unit, *, by, at, words, suggested) -> None:
    """Let what the district handed out wait with its seat again; its own returns are no business of the street."""
    case.raised_at = at
    asked = f"另行安排，{unit}认为该由{suggested}办" if suggested else "另行安排"
    waits.begin(case, WaitWay.BACK, by=by, at=at, unit=unit, tried=words, asked=asked, suggested=suggested)
    case_notices.notify_heads(case, "被退回", *levels.SEAT, at=at, kind="returned")


def tier_of_giver(case, at) -> Tier:
    """Return the level to which a case goes back: that of whoever handed it out, the street's when that is over."""
    held = Post.objects.held_on(local_day(at)).filter(user=case.handed_by_id).over(case.grid_path)
    given_from = [post.rule.level for post in held if post.may("dispatch")]
    return levels.TIER_OF_LEVEL[min(given_from, default=1)]


def check_transfer(case, by, at) -> None:
    """Refuse when there is nobody else to give it to, and to take it from a unit that the district chose."""
    if case.tier in levels.ABOVE_STREET:
        raise NotAllowed("这件事由区级交办，要换单位，由区级统筹岗来换。")
    check_returns(case, by, at)
    if not targets(case, by, at):
        raise NotAllowed(f"您这一级没有可以转的单位。{to_whom(case)}")


@move(guard=check_transfer)
def transfer(case, *, by, at, unit, words, person=None) -> None:
    """Give a dispatched case to another unit; the clock does not restart."""
    if has_it_already(case, unit, person):
        raise Conflict("它已经在这个单位了。")
    check_giver(case, by, at, unit, person)
    check_first_receiver(case, by, at, unit)
    case_notices.notify_doers(case, "已转给别人办理", at=at)
    hand_to(case, unit, person, by)
    case_notices.notify_doers(
        case, "转给您的事项" if person else "转给本单位的事项", at=at, kind="dispatched"
    )


def has_it_already(case, unit, person) -> bool:
    return unit.pk == case.unit_id and getattr(person, "pk", None) == case.handler_id


def hand_to(case, unit, person, by) -> None:
    case.unit, case.handler, case.handed_by = unit, person, by
    case.tier = TIER_OF.get(unit.kind, Tier.DEPARTMENT)


def check_giver(case, by, at, unit, person) -> None:
    """Refuse a hand-over upwards, sideways, or to somebody who is not in that unit."""
    takers = Post.objects.held_on(local_day(at)).filter(unit=unit, user__is_active=True)
    takers = [post.role for post in (takers.filter(user=person) if person else takers)]
    if not takers:
        raise NotSaid("请另选。", unit="这个单位（或人员）现在没有在岗的承办人。")
    givers = [post.role for post in posts_with(by, at, "dispatch", case.grid_path)]
    if not any(roles.may_hand_to(giver, taker) for giver in givers for taker in takers):
        raise NotAllowed(
            "派单是从上往下派：街道可派给社区、网格和部门，社区派给网格，网格派给网格员。要请部门，请逐级上报。"
        )
    if unit.path and not (case.grid_path.startswith(unit.path) or unit.kind == UnitKind.STATION):
        raise NotSaid("请另选。", unit="这个单位不管这个网格。")


def check_level(case, by, at) -> None:
    """Refuse to hand out what was raised above one's own level."""
    if case.raised_at is None:
        return
    level = levels.LEVEL_OF_TIER[case.tier]
    if not any(post.rule.level <= level for post in posts_with(by, at, "dispatch", case.grid_path)):
        raise NotAllowed(f"这件事已经上报到{Tier(case.tier).label}。{to_whom(case)}")


def check_returns(case, by, at) -> None:
    """After three returns the level-1 head decides."""
    if case.return_count >= MOST_RETURNS and not posts_with(by, at, "decide_hard_cases", case.grid_path):
        raise NotAllowed(workflow.RETURNS[MOST_RETURNS])


def check_first_receiver(case, by, at, unit) -> None:
    """After two returns the first receiver leads, unless the level-1 head says otherwise."""
    if unit.pk != case.first_unit_id and not may_take_any(case, by, at):
        raise NotAllowed(f"{workflow.RETURNS[2]}首接单位是{case.first_unit}。")


def may_take_any(case, by, at) -> bool:
    """Say whether this dispatcher is free to choose: after two returns only the level-1 head is."""
    if case.return_count < 2 or not queries.people_of_unit(case.first_unit_id, at):
        return True
    return bool(posts_with(by, at, "decide_hard_cases", case.grid_path))


def leads(case) -> UUID | None:
    """Return the id of the unit that leads after two returns, or None."""
    return case.first_unit_id if case.return_count >= 2 else None


def lines_of_round(case, *verbs) -> list[dict]:
    """Return what was said with these verbs in this round, the last first."""
    lines = case.entries.filter(verb__in=verbs, at__gte=case.clock_from).order_by("-at", "-id")
    return list(lines.values_list("said", flat=True))


def units_that_gave_up(case) -> set[UUID]:
    """Return the ids of the units that handed the case back or raised it in this round."""
    back = set(case.returns.filter(round=case.reopen_no).values_list("unit_id", flat=True))
    last = next(iter(lines_of_round(case, "dispatch", "transfer")), None) if case.raised_at else None
    return back | ({UUID(last["unit"]["id"])} if last else set())


def wished_for(case) -> UUID | None:
    """Return the id of the unit that whoever handed the case back or raised it last would ask."""
    last = next(iter(lines_of_round(case, "hand_back", "escalate", "send_down")), None) or {}
    return UUID(last["suggested"]["id"]) if last.get("suggested") else None


def to_whom(case) -> str:
    """Return the sentence that says who arranges what this person cannot."""
    if case.return_count >= 2 and case.first_unit_id:
        return f"{workflow.RETURNS[2]}由能派给它的上一级来派。"
    return levels.ARRANGES[case.tier] if case.raised_at else "由街道的事件处置岗来派。"


def targets(case, by, at) -> list[Post]:
    """Return the posts that this dispatcher may hand this case to, units with their people."""
    givers = [post.role for post in posts_with(by, at, "dispatch", case.grid_path)]
    takers = {role for role in roles.having("handle") for giver in givers if roles.may_hand_to(giver, role)}
    posts = Post.objects.held_on(local_day(at)).filter(
        role__in=takers, user__is_active=True, unit__active=True
    )
    if not may_take_any(case, by, at):
        posts = posts.filter(unit=case.first_unit_id)
    local = [post for post in posts.select_related("unit", "user") if reaches(post.unit, case)]
    return sorted(local, key=lambda post: (post.unit.kind, -len(post.unit.path), post.unit.name, post.role))


def reaches(unit, case) -> bool:
    return not unit.path or case.grid_path.startswith(unit.path)
