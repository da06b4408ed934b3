"""街道吹哨、部门报到: asking the street for a whistle, its answer, and the sounding itself."""

from datetime import timedelta

from yige.accounts.roles import having
from yige.cases import case_notices, danger_watch
from yige.cases.models import Case
from yige.cases.move import move
from yige.cases.words import State, Trigger
from yige.lib.refusals import Conflict, NotSaid
from yige.whistles import calling, limits
from yige.whistles.models import Whistle, WhistleRequest

RUNNING = "这件事已经在联办，要加单位请到联办的页面上加。"
ONLY_EMERGENCY = "还没有受理的，只有应急处置可以先吹哨。其他情形请先受理。"
LONGEST_MATTER = 1000
FARTHEST_DAY = timedelta(days=730)  # of a meeting and of a step of the plan


def check_no_whistle(case, by, at) -> None:
    """Refuse a second whistle beside the running one."""
    if has_running(case):
        raise Conflict(RUNNING)


def has_running(case) -> bool:
    """Say whether joint work runs for a case; its page has fetched that with the case."""
    if hasattr(case, "last_whistle"):
        return case.last_whistle is not None and case.whistle_ended_at is None
    return Whistle.objects.running().filter(case=case).exists()


def is_asked_for(case) -> bool:
    """Say whether somebody asked for a whistle and waits."""
    if hasattr(case, "whistle_asked"):
        return case.whistle_asked
    return WhistleRequest.objects.filter(case=case, answered_at=None).exists()


def check_ask_whistle(case, by, at) -> None:
    check_no_whistle(case, by, at)
    if is_asked_for(case):
        raise Conflict("已经申请过，正在等街道答复。")


@move(guard=check_ask_whistle)
def ask_whistle(case, *, by, at, trigger, tried, wanted) -> None:
    """Ask the street to whistle: what was tried, which units are wanted for what."""
    WhistleRequest.objects.create(case=case, at=at, by=by, trigger=trigger, tried=tried, wanted=wanted)
    case_notices.notify_heads(case, "申请吹哨", *having("whistle"), at=at, kind="asked")


def check_refuse_whistle(case, by, at) -> None:
    if not is_asked_for(case):
        raise Conflict("没有在等答复的吹哨申请。")


@move(guard=check_refuse_whistle)
def refuse_whistle(case, *, by, at, words) -> None:
    """Say why no whistle sounds; whoever asked is told."""
    request = answer_request(case, by=by, at=at, answer=words)
    case_notices.notify_staff(case, [request.by_id], "街道答复：不吹哨", at=at, kind="asked", body=words)


@move(guard=check_no_whistle)
def whistle(case, *, by, at, trigger, matter, tried, calls, meet_at=None, meet_place="") -> dict[str, str]:
    """Call units to one place; the limits in force now are frozen into the whistle."""
    if case.state == State.REPORTED and trigger != Trigger.EMERGENCY:
        raise Conflict(ONLY_EMERGENCY)
    matter = calling.check_public(matter, "matter", LONGEST_MATTER)
    calling.check_calls(calls, at)
    check_meeting(meet_at, meet_place, at)
    sounded = Whistle.objects.create(
        case=case, grid_path=case.grid_path, trigger=trigger, matter=matter, tried=tried.strip(), by=by,
        sounded_at=at, meet_at=meet_at, meet_place=(meet_place or "").strip(),
        limits=limits.frozen(trigger, calling.limits_of_category(trigger, case.category_id)),
    )  # fmt: skip
    case.open_parts = len(calling.make_calls(sounded, calls, at))
    if trigger == Trigger.EMERGENCY:  # whoever calls units to an emergency has looked and judged
        danger_watch.settle_danger(case)
    answer_request(case, by=by, at=at, whistle=sounded)
    tell_area_heads(sounded, case, by, at)
    return {"units": "、".join(one.unit.name for one in calls)}


def check_meeting(meet_at, meet_place, at) -> None:
    """Refuse a meeting in the past or in many years, and a time without a place."""
    if meet_at is not None and meet_at <= at:
        raise NotSaid("碰头时间不对。", meet_at="碰头的时间已经过了，请另定。")
    if meet_at is not None:
        check_not_far(meet_at, at + FARTHEST_DAY, "meet_at")
    if meet_at is not None and not (meet_place or "").strip():
        raise NotSaid("还差碰头的地点。", meet_place="定了时间，请把地点也写上。")


def check_not_far(moment, last, field) -> None:
    """Refuse a moment or a day after the last one that anybody plans for."""
    if moment > last:
        raise NotSaid("这个日子太远了。", **{field: "请写两年以内的日子。"})


def answer_request(case: Case, *, by, at, answer="", whistle=None) -> WhistleRequest | None:
    """Write the street's answer to whoever asked for a whistle; None where nobody did."""
    request = WhistleRequest.objects.filter(case=case, answered_at=None).first()
    if request:
        request.answered_at, request.answered_by, request.answer, request.whistle = at, by, answer, whistle
        request.save()
    return request


def tell_area_heads(sounded, case, by, at) -> None:
    """Tell the heads below the street, and the street's own where somebody else sounded it."""
    roles = having("see_whistles")
    people = [pk for pk in calling.cases.desk_and_heads(case, at, *roles) if pk != by.pk]
    calling.tell_people(sounded, people, f"街道吹哨 {case.number}", at=at, body=sounded.matter)
