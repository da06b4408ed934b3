"""What whoever makes a call does: open it, change it, cancel it, take somebody off, say who came, say thanks; and the thanks of who was helped."""

from yige.accounts.models import Unit
from yige.accounts.scope import posts_with
from yige.alliance import branches, call_checks, organisations, places, seat_rules, telling
from yige.alliance.models import VolunteerCall
from yige.alliance.words import CallState, SeatState
from yige.archive.models import Organisation
from yige.audit.log import action
from yige.cases.models import Case
from yige.lib.local_time import moment_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

LATE_WORDS = "离开始不到一天了，临时少一位，其他人要多干一份。真来不了也没关系，早点退，好请下一位。"
NOT_A_CALLER = "召集由这个范围的各级网格长，或者社会组织自己的席位来做。"


@action("alliance.open_call", makes=VolunteerCall)
def open_call(
    grid,
    *,
    by,
    at,
    id,
    title,
    words,
    place,
    starts_at,
    ends_at,
    wanted,
    skill="",
    needs="",
    tells_members=False,
    late_words="",
    case=None,
) -> VolunteerCall:
    """Ask neighbours for hands or skills: a head for a case or on its own, the seat of an organisation on its own."""
    unit, organisation = caller_over(grid, by, at)
    if organisation is not None and case is not None:
        raise NotAllowed("社会组织不为事项召集，请网格长来。")
    if case is not None:
        case = Case.objects.select_related("handler", "handed_by", "reported_by").get(pk=case.pk)
        if not case.is_open:
            raise Conflict("这件事已经办结，不用再召集。")
    texts = {"title": title, "words": words, "skill": skill, "place": place, "late_words": late_words}
    call_checks.check_texts(texts, case, needed=("title", "words", "place"))
    call_checks.check_times(starts_at, ends_at, at)
    call_checks.check_wanted(wanted)
    call = VolunteerCall(
        id=id, grid=grid, grid_path=grid.path, unit=unit, organisation=organisation, case=case, opened_at=at, opened_by=by,
        starts_at=starts_at, ends_at=ends_at, wanted=wanted, needs=needs, tells_members=tells_members,
        **texts | {"late_words": late_words or LATE_WORDS},
    )  # fmt: skip
    call.save(force_insert=True)
    telling.tell_asked(call, branches.people_asked(call), at)
    return call


@action("alliance.change_call")
def change_call(call, *, by, at, words, place, starts_at, ends_at, wanted, seen=None) -> VolunteerCall:
    """Change what is needed; another time or place is told to all, a greater number is offered to who waits."""
    call = lock(call, by, at, seen)
    refuse_ended(call, at)
    call_checks.check_texts({"words": words, "place": place}, call.case, needed=("words", "place"))
    if (starts_at, ends_at) != call.span:
        call_checks.check_times(starts_at, ends_at, at)
    places.fill_places(call, at=at)
    call_checks.check_wanted(wanted, held=call.seats.holding().count())
    moved = (starts_at, ends_at, place) != (*call.span, call.place)
    call.words, call.place, call.wanted = words, place, wanted
    call.starts_at, call.ends_at = starts_at, ends_at
    call.version += 1
    call.save()
    places.close_up(call)
    if moved:
        call.seats.update(evening_told_at=None, morning_told_at=None)
        telling.tell_all(call, f"召集“{call}”改了：{moment_words(starts_at, at)}，{place}", at)
    places.fill_places(call, at=at)
    return call


@action("alliance.cancel_call")
def cancel_call(call, *, by, at, reason) -> VolunteerCall:
    """Call it off; everybody who signed up or waits is told why on the page."""
    call = lock(call, by, at)
    if call.state != CallState.OPEN:
        raise Conflict(f"这次召集{call.get_state_display()}，不能取消。")
    call_checks.check_texts({"reason": reason}, call.case, needed=("reason",))
    call.state, call.ended_at, call.reason = CallState.CANCELLED, at, reason
    save_call(call)
    telling.tell_all(call, f"召集“{call}”取消了，请不用来。为什么取消，页面上写着", at)
    return call


@action("alliance.remove_seat")
def remove_seat(call, *, by, at, seat, reason) -> VolunteerCall:
    """Take somebody off, with the reason that this person reads."""
    call = lock(call, by, at)
    refuse_ended(call, at)
    seat = call.seats.filter(pk=seat.pk).first()
    if seat is None or seat_rules.refusal("remove", seat.state):
        raise Conflict(seat_rules.BY_VERB["remove"].why_not)
    if not reason:
        raise NotSaid("请写理由。", reason="请写明理由，本人看得到。")
    seat.state, seat.place, seat.offer_until = SeatState.REMOVED, None, None
    seat.removed_at, seat.reason = at, reason[:200]
    seat.save()
    telling.tell_person(seat.person_id, f"召集“{call}”这次请您不用来，理由写在页面上", at)
    places.fill_places(call, at=at)
    return call


@action("alliance.finish_call")
def finish_call(call, *, by, at, came) -> VolunteerCall:
    """Say that it is done and who came; said again, it corrects who came."""
    call = lock(call, by, at)
    if call.state == CallState.CANCELLED:
        raise Conflict("这次召集取消了，没有谁来。")
    if at < call.starts_at:
        raise Conflict(f"{moment_words(call.starts_at, at)} 才开始，开始以后再记谁来了。")
    there = {seat.pk for seat in came}
    for seat in call.seats.coming():
        seat.came, seat.recorded_at = seat.pk in there, at
        seat.save(update_fields=["came", "recorded_at"])
    call.state, call.ended_at = CallState.DONE, call.ended_at or at
    return save_call(call)


@action("alliance.thank")
def thank(call, *, by, at, thanks) -> VolunteerCall:
    """Thank all who came, once, in words that everybody may read."""
    call = lock(call, by, at)
    if call.state != CallState.DONE:
        raise Conflict("记下谁来了以后再谢。")
    if call.thanked_at:
        raise Conflict("已经谢过了。")
    call_checks.check_texts({"thanks": thanks}, call.case, needed=("thanks",))
    call.thanks, call.thanked_at = thanks, at
    for person_id in call.seats.filter(came=True).values_list("person", flat=True):
        telling.tell_person(person_id, f"“{call}”谢谢您来", at)
    return save_call(call)


@action("alliance.thank_as_reporter")
def thank_as_reporter(call, *, by, at, reporter_thanks) -> VolunteerCall:
    """Thank all who came, once, as who reported the case that the call was for; everybody may read the words."""
    call = places.lock_call(call)
    if by.actor_kind != "reporter" or not is_helped(call, by.actor_id):
        raise NotAllowed("这次召集不是为您反映的事来的。")
    if call.state != CallState.DONE:
        raise Conflict("办完了再谢。")
    if call.reporter_thanked_at:
        raise Conflict("已经谢过了。")
    call_checks.check_texts({"reporter_thanks": reporter_thanks}, call.case, needed=("reporter_thanks",))
    call.reporter_thanks, call.reporter_thanked_at = reporter_thanks, at
    for person_id in call.seats.filter(came=True).values_list("person", flat=True):
        telling.tell_person(person_id, f"“{call}”帮到的人谢谢您", at)
    return save_call(call)


def is_helped(call, case_id) -> bool:
    """Say whether a call was for this case, or for the one that it is handled with."""
    if call.case_id is None:
        return False
    return call.case_id == case_id or Case.objects.filter(pk=case_id, leader=call.case_id).exists()


def caller_over(grid, by, at) -> tuple[Unit, Organisation | None]:
    """Return for which unit, and for which organisation at whose seat, somebody calls over a place; refuse everybody else."""
    if is_staff(by):
        for post in posts_with(by, at, "call_volunteers", grid.path):
            return post.unit, None
        own = organisations.organisation_of_seat(by, at)
        for post in posts_with(by, at, organisations.RUNS, grid.path) if own else ():
            return post.unit, own
    raise NotAllowed(NOT_A_CALLER)


def may_run(call, by, at) -> bool:
    """Say whether somebody may do with a call what its maker may: a head over its place, or the seat of its organisation."""
    if posts_with(by, at, "call_volunteers", call.grid_path):
        return True
    own = call.organisation_id and organisations.organisation_of_seat(by, at)
    return bool(own and own.pk == call.organisation_id)


def lock(call, by, at, seen=None) -> VolunteerCall:
    """Lock the call for somebody who may make calls over its place."""
    row = places.lock_call(call)
    if not is_staff(by) or not may_run(row, by, at):
        raise NotAllowed(NOT_A_CALLER)
    if seen is not None and str(seen) != str(row.version):
        raise Conflict("您打开页面之后，这次召集有了变化。请看过再改。")
    return row


def refuse_ended(call, at) -> None:
    if call.state != CallState.OPEN:
        raise Conflict(f"这次召集{call.get_state_display()}，不能再改。")
    if at >= call.starts_at:
        raise Conflict("已经开始了，不能再改；办完了请记下谁来了。")


def save_call(call) -> VolunteerCall:
    call.version += 1
    call.save()
    return call


def is_staff(by) -> bool:
    return by.actor_kind == "staff"
