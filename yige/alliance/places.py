"""The places of a call, counted under a lock on its row; one function for every way a place becomes free."""

from django.db.models import Q

from yige.alliance import seat_rules, telling
from yige.alliance.models import Seat, VolunteerCall
from yige.alliance.words import SeatState


def lock_call(call) -> VolunteerCall:
    """Lock the call and read it again: whoever counts its places holds this lock."""
    VolunteerCall.objects.select_for_update().get(pk=call.pk)
    return VolunteerCall.objects.select_related("grid", "unit", "organisation", "case").get(pk=call.pk)


def free_places(call) -> list[int]:
    """Return the numbers of the places that nobody holds; the call is locked."""
    held = set(call.seats.holding().values_list("place", flat=True))
    return [number for number in range(1, call.wanted + 1) if number not in held]


def fill_places(call, *, at) -> int:
    """Offer what is free to the next in order, after what was not confirmed in time; return how many offers were made.

    Every way ends here: somebody left, was removed, did not confirm, was erased, or the number was raised.
    """
    for seat in call.seats.lapsed(at):
        telling.tell_lapsed(seat, at)
        seat.delete()
    nobody = Q(person=None) | Q(
        person__merged_into__isnull=False
    )  # erased, or the second seat of one whose files were merged
    call.seats.filter(nobody).exclude(state=SeatState.REMOVED).delete()
    if not call.takes_names(at):
        return 0
    waiting = call.seats.filter(state=SeatState.WAITING).order_by("turn")
    pairs = list(zip(waiting, free_places(call), strict=False))
    for seat, place in pairs:
        offer(seat, place, call, at)
    return len(pairs)


def offer(seat, place, call, at) -> Seat:
    seat.state, seat.place = SeatState.OFFERED, place
    seat.offer_until = seat_rules.offer_until(at, call.starts_at)
    seat.save(update_fields=["state", "place", "offer_until"])
    telling.tell_offer(seat, call, at)
    return seat


def close_up(call) -> None:
    """Give those who hold places the lowest numbers, in the order of their numbers."""
    for number, seat in enumerate(call.seats.holding().order_by("place"), 1):
        if seat.place != number:
            seat.place = number
            seat.save(update_fields=["place"])
