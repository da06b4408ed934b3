"""What time does to calls: what was not confirmed goes to the next in order; the evening before and the morning are told once."""

from collections import Counter
from datetime import timedelta

from django.db import transaction

from yige.accounts.actors import CLOCK
from yige.alliance import seat_rules, telling
from yige.alliance.models import Seat, VolunteerCall
from yige.alliance.places import fill_places, lock_call
from yige.alliance.words import CallState
from yige.archive.rights import erasing
from yige.archive.rights.retention import ago
from yige.archive.words import DeletionKind
from yige.audit import log
from yige.lib.local_time import moment_words

SOON = timedelta(hours=31)  # from six in the evening to the end of the next day
COME_MONTHS, OTHER_DAYS = 36, 30
REMINDERS = {"evening": "明天", "morning": "今天"}


def mind_calls(at) -> Counter:
    """Let offers lapse that were not confirmed in time, and remind."""
    return lapse_offers(at) + remind_of_calls(at)


def lapse_offers(at) -> Counter:
    counted = Counter()
    for pk in Seat.objects.lapsed(at).order_by().values_list("call", flat=True).distinct():
        with transaction.atomic():
            call = lock_call(VolunteerCall(pk=pk))
            if lapsed := call.seats.lapsed(at).count():
                log.write("alliance.lapse_offers", by=CLOCK, at=at, kind=call._meta.label_lower, pk=pk)
                counted.update(lapsed=lapsed, offered=fill_places(call, at=at))
    return counted


def remind_of_calls(at) -> Counter:
    """Remind everybody who comes, once in the evening before and once in the morning; the call says when and where."""
    counted = Counter()
    calls = VolunteerCall.objects.filter(state=CallState.OPEN, starts_at__gt=at, starts_at__lt=at + SOON)
    for call in calls.order_by("starts_at", "id"):
        if which := seat_rules.reminder_due(call.starts_at, at):
            counted[which] += remind_of(call, which, at)
    return counted


@transaction.atomic
def remind_of(call, which, at) -> int:
    column = f"{which}_told_at"
    rows = call.seats.coming().filter(**{column: None}).select_for_update(of=("self",), skip_locked=True)
    seats = list(rows.order_by("turn"))
    if not seats:
        return 0
    log.write("alliance.remind", by=CLOCK, at=at, kind=call._meta.label_lower, pk=call.pk)
    for seat in seats:
        words = f"{REMINDERS[which]}：“{call}”，{moment_words(call.starts_at, at)}，{call.place}"
        telling.tell_person(seat.person_id, words, at)
    return Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(**{column: at})


def forget_seats(at) -> Counter:
    """Delete who signed up a month after the call; that somebody came stays three years, for the own certificate."""
    over = Seat.objects.filter(call__ends_at__lt=at - timedelta(days=OTHER_DAYS))
    others = over.exclude(came=True, person__isnull=False)
    old = over.filter(call__ends_at__lt=ago(at, COME_MONTHS))
    count = sum(erasing.remove(rows, DeletionKind.SEATS, by=CLOCK, at=at) for rows in (others, old))
    return Counter(seats=count)
