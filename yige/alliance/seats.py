"""What a neighbour does on a call: sign up, confirm what was offered, decline it, leave. Free at every moment.

The person is locked before the call, so that two calls of one person are looked at one after the other. Who steps back
leaves no row; declining leaves no name in the log either.
"""

from yige.accounts.actors import STRANGER
from yige.alliance import places, seat_rules, telling
from yige.alliance.models import Seat, VolunteerCall
from yige.alliance.words import CallState, SeatState
from yige.archive.models import Person
from yige.archive.people.standing import NOT_YOUR_HOUSEHOLD, ways
from yige.archive.rights.signing_in import CHILD_YEARS
from yige.audit.log import action
from yige.lib.ids import new_id
from yige.lib.local_time import local_day, moment_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


@action("alliance.sign_up")
def sign_up(call, *, by, at, person) -> VolunteerCall:
    """Take a free place, or a turn in the waiting list; for oneself, or written down by whoever was asked to."""
    person = lock_person(person, by, at)
    call = places.lock_call(call)
    refuse_over(call, at)
    places.fill_places(call, at=at)
    if seat := call.seats.filter(person=person).first():
        removed = seat.state == SeatState.REMOVED
        raise Conflict(
            "这次召集单位请您不用来，理由在“我的召集”里。"
            if removed
            else seat_rules.refusal("sign_up", seat.state)
        )
    refuse_clash(call, person, at)
    free = places.free_places(call)
    Seat(
        id=new_id(), call=call, person=person, signed_at=at, taken_by=by if by.actor_kind == "staff" else None,
        turn=next_turn(call), place=free[0] if free else None,
        state=SeatState.SIGNED_UP if free else SeatState.WAITING,
    ).save(force_insert=True)  # fmt: skip
    return call


@action("alliance.confirm_offer")
def confirm_offer(call, *, by, at, person) -> VolunteerCall:
    """Say that one comes, before the offer is over."""
    person = lock_person(person, by, at)
    call, seat = lock_seat(call, person, "confirm_offer", at)
    refuse_clash(call, person, at)
    seat.state, seat.confirmed_at, seat.offer_until = SeatState.CONFIRMED, at, None
    seat.save(update_fields=["state", "confirmed_at", "offer_until"])
    return call


def decline_offer(call, *, by, at, person, key=None) -> VolunteerCall:
    """Let an offer go to the next: the log keeps that a place was given back, not whose it was."""
    return give_back(call, by=STRANGER, at=at, key=key, person=lock_free(person, by, at))


@action("alliance.decline_offer")
def give_back(call, *, by, at, person) -> VolunteerCall:
    call, seat = lock_seat(call, person, "decline_offer", at)
    seat.delete()
    places.fill_places(call, at=at)
    return call


@action("alliance.leave")
def leave(call, *, by, at, person) -> VolunteerCall:
    """Give a place or a turn back; whoever made the call hears that a place became free, when it is late."""
    person = lock_person(person, by, at)
    call, seat = lock_seat(call, person, "leave", at)
    held = seat_rules.frees_a_place("leave", seat.state)
    seat.delete()
    offered = places.fill_places(call, at=at)
    if held and not offered and seat_rules.leaves_late(at, call.starts_at):
        left = call.seats.coming().count()
        words = f"现在有 {left} 位来，一共要 {call.wanted} 位。" if left else "现在没有人来了。"
        telling.tell_maker(call, f"“{call}”有一位临时来不了", words, at)
    return call


def lock_person(person, by, at) -> Person:
    lock_free(person, by, at)
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def lock_free(person, by, at) -> Person:
    """Refuse whoever may not speak for this person; children come with their guardian."""
    row = Person.objects.current().select_related("household").filter(pk=person.pk).first()
    if row is None:
        raise NotAllowed("这份档案已经不在用。")
    own = by.actor_kind == "resident" and by.actor_id == row.pk
    if not own and not (
        row.household and by.actor_kind == "staff" and ways(by, row.household, at) & {"area", "links"}
    ):
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    if row.birth_year and local_day(at).year - row.birth_year < CHILD_YEARS:
        raise NotAllowed("十四岁以下的孩子，请跟着监护人来，由监护人报名。")
    return row


def lock_seat(call, person, verb, at) -> tuple[VolunteerCall, Seat]:
    call = places.lock_call(call)
    refuse_over(call, at)
    places.fill_places(call, at=at)
    seat = call.seats.filter(person=person).first()
    if sentence := seat_rules.refusal(verb, seat and seat.state):
        raise Conflict(sentence)
    return call, seat


def refuse_over(call, at) -> None:
    if call.state == CallState.CANCELLED:
        raise Conflict("这次召集取消了，不用来了。")
    if not call.takes_names(at):
        raise Conflict(f"这次召集 {moment_words(call.starts_at, at)} 已经开始，不能再报名或改了。")


def refuse_clash(call, person, at) -> None:
    for other in others_of(call, person, at):
        if seat_rules.clash(call.span, other.span) == "refuse":
            when = moment_words(other.starts_at, at)
            raise NotSaid(f"和您报上的“{other}”（{when}）时间撞了。想来这次，请先退那一次。")


def others_of(call, person, at) -> list[VolunteerCall]:
    """Return the other coming calls on which somebody holds a place."""
    seats = Seat.objects.holding().filter(person=person).exclude(call=call.pk)
    return [seat.call for seat in seats.select_related("call") if seat.call.takes_names(at)]


def short_overlaps(call, person, at) -> list[VolunteerCall]:
    """Return the other calls of somebody that this one meets for a short while: told, not refused."""
    others = others_of(call, person, at)
    return [other for other in others if seat_rules.clash(call.span, other.span) == "warn"]


def next_turn(call) -> int:
    last = call.seats.order_by("-turn").values_list("turn", flat=True).first()
    return (last or 0) + 1
