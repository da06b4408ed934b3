"""What the page of a call shows of who signed up: a masked name and the state of the seat, no phone, nothing of other calls."""

from typing import NamedTuple

from yige.alliance.models import Seat
from yige.alliance.words import COMING, CallState, SeatState
from yige.archive.people import sealing

TONES = {
    SeatState.SIGNED_UP: "good",
    SeatState.CONFIRMED: "good",
    SeatState.OFFERED: "accent",
    SeatState.WAITING: "care",
}
FILE_GONE = "（档案已删除）"


class SeatLine(NamedTuple):
    seat: Seat
    name: str
    tone: str
    is_there: bool


def seat_lines(call):
    seats = call.seats.select_related("person", "taken_by").order_by("turn")
    return [
        SeatLine(
            seat,
            sealing.mask_value(seat.person, "name") if seat.person else FILE_GONE,
            TONES.get(seat.state, ""),
            seat.state != SeatState.REMOVED,
        )
        for seat in seats
    ]


def waiting_count(lines):
    return sum(line.seat.state == SeatState.WAITING for line in lines)


def verbs_allowed(call, at):
    """Return what may be done to a call now, in the order of the page."""
    if call.state == CallState.OPEN:
        return ("finish", "cancel") if at >= call.starts_at else ("change", "cancel")
    if call.state == CallState.DONE:
        return ("finish",) if call.thanked_at else ("thank", "finish")
    return ()


def form_needs(call, verb, lines=None):
    """Return what a form needs beside what was typed."""
    if verb != "finish":
        return {}
    return {"lines": [line for line in lines or seat_lines(call) if line.seat.state in COMING]}


def initial(call, verb, lines):
    if verb == "finish":
        return {"came": [str(line.seat.pk) for line in lines if line.seat.came is not False]}
    names = ("words", "place", "starts_at", "ends_at", "wanted")
    return {name: getattr(call, name) for name in names} if verb == "change" else {}
