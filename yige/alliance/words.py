"""The states of a volunteer call and of a seat on it."""

from django.db.models import TextChoices


class CallState(TextChoices):
    OPEN = "open", "在召集"
    DONE = "done", "办完了"
    CANCELLED = "cancelled", "取消了"


class SeatState(TextChoices):
    SIGNED_UP = "signed_up", "报上了"
    WAITING = "waiting", "在排队"
    OFFERED = "offered", "等确认"
    CONFIRMED = "confirmed", "确认来"
    REMOVED = "removed", "不用来了"


# Who has one of these holds a place; a place is offered to nobody else meanwhile.
HOLDING = (SeatState.SIGNED_UP, SeatState.OFFERED, SeatState.CONFIRMED)
COMING = (SeatState.SIGNED_UP, SeatState.CONFIRMED)
