"""Step 4, 问题派单: from a higher head to a worker, a lower head or a department; sign, hand back, transfer."""

from yige.accounts import roles
from yige.accounts.models import Post, Unit, UnitKind
from yige.accounts.scope import posts_with
from yige.cases import case_notices, workflow
from yige.cases.models import Return
from yige.cases.move import move
from yige.cases.words import ReturnReason, Tier
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

TIER_OF = {UnitKind.GRID_TEAM: Tier.GRID, UnitKind.COMMUNITY: Tier.COMMUNITY, UnitKind.STREET: Tier.STREET}


@move
def dispatch(case, *, by, at, unit, person=None, words="") -> None:
    """Hand the case to a unit, or to one named person in it."""
    check_giver(case, by, at, unit, person)
    check_returns(case, by, at, unit)
    hand_to(case, unit, person, by)
    case.first_unit = case.first_unit or unit
    case_notices.notify_doers(
        case, "派给您的事项" if person else "派给本单位的事项", at=at, kind="dispatched"
    )


@move
def sign(case, *, by, at) -> None:
    """Take the case into one's own hands."""
    case.handler = by


@move
def hand_back(case, *, by, at, reason, words, suggested=None) -> dict[str, ReturnReason | Unit] | None:
    """Return it to the dispatcher: not this unit's duty (with the proper owner), or the wrong place."""
    if reason == ReturnReason.NOT_MINE and suggested is None:
        raise NotSaid("请写明该由谁办。", suggested="说“不是我的”，请同时选一个您认为该办的单位。")
    back_from, case.return_count = case.unit, case.return_count + 1
    Return.objects.create(
        case=case, at=at, round=case.reopen_no, unit=back_from, by=by, reason=reason, words=words, suggested=suggested
    )  # fmt: skip
    case.handler = None
    case.unit = case.first_unit if case.return_count == 2 else None
    above = roles.leading(1) if case.return_count >= 3 else ("desk",)
    case_notices.notify_heads(case, "被退回", *above, at=at, kind="returned")
    case_notices.notify_staff(
        case, [case.handed_by_id] if case.handed_by_id else [], "被退回", at=at, kind="returned"
    )
    return {"unit": back_from, "reason": reason}


@move
def transfer(case, *, by, at, unit, words, person=None) -> None:
    """Give a dispatched case to another unit; the clock does not restart."""
    if unit.pk == case.unit_id and getattr(person, "pk", None) == case.handler_id:
        raise Conflict("它已经在这个单位了。")
    check_giver(case, by, at, unit, person)
    check_returns(case, by, at, unit)
    case_notices.notify_doers(case, "已转给别人办理", at=at)
    hand_to(case, unit, person, by)
    case_notices.notify_doers(
        case, "转给您的事项" if person else "转给本单位的事项", at=at, kind="dispatched"
    )


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


def check_returns(case, by, at, unit) -> None:
    """After two returns the first receiver leads; after three the level-1 head decides."""
    if case.return_count < 2:
        return
    if posts_with(by, at, "decide_hard_cases"):
        return
    if case.return_count >= 3:
        raise NotAllowed(workflow.RETURNS[3])
    if unit.pk != case.first_unit_id:
        raise NotAllowed(f"{workflow.RETURNS[2]}首接单位是{case.first_unit}。")


def targets(case, by, at) -> list[Post]:
    """Return the posts that this dispatcher may hand this case to, units with their people."""
    givers = [post.role for post in posts_with(by, at, "dispatch", case.grid_path)]
    takers = {role for role in roles.having("handle") for giver in givers if roles.may_hand_to(giver, role)}
    posts = Post.objects.held_on(local_day(at)).filter(
        role__in=takers, user__is_active=True, unit__active=True
    )
    local = [post for post in posts.select_related("unit", "user") if reaches(post.unit, case)]
    return sorted(local, key=lambda post: (post.unit.kind, -len(post.unit.path), post.unit.name, post.role))


def reaches(unit, case) -> bool:
    return not unit.path or case.grid_path.startswith(unit.path)
