"""What is not kept of visits, needs, promises, appointments and patrols, each with its proof. Called by the clock at night."""

from collections import Counter

from django.db import transaction
from django.db.models import Q

from yige.accounts.actors import CLOCK
from yige.archive.rights import erasing
from yige.archive.rights.retention import ago
from yige.archive.words import DeletionKind
from yige.contact.models import Answer, Appointment, Need, Patrol, Promise, Slot, Visit

WORDS_MONTHS, VISIT_MONTHS, ROUND_MONTHS = 12, 36, 12


def forget_visits(at) -> Counter:
    """Delete what nobody may keep any longer; return how much of what."""
    done = Counter(visit_words=blank_old_words(at), visits=remove_old_visits(at))
    return done + Counter(appointments=remove_old_appointments(at), patrols=remove_old_patrols(at))


def blank_old_words(at) -> int:
    """What was written on visits, a year after it was settled; that it was raised and answered stays."""
    limit = ago(at, WORDS_MONTHS)
    needs = Need.objects.filter(closed_at__lt=limit)
    promises = Promise.objects.filter(Q(kept_at__lt=limit) | Q(released_at__lt=limit))
    answers = Answer.objects.filter(Q(need__in=needs) | Q(promise__in=promises))
    return sum(blank_words(rows, at) for rows in (answers, needs, promises))


def blank_words(rows, at) -> int:
    return erasing.blank(rows.exclude(words=""), DeletionKind.NEEDS, by=CLOCK, at=at, words="")


def remove_old_visits(at) -> int:
    """Visits after three years; what was raised on them stays without the visit."""
    rows = Visit.objects.filter(at__lt=ago(at, VISIT_MONTHS))
    count = 0
    while ids := list(rows.order_by().values_list("pk", flat=True)[: erasing.ERASE_BATCH]):
        with transaction.atomic():
            for model in (Answer, Need, Promise):
                model.objects.filter(visit__in=ids).update(visit=None)
            count += erasing.remove(Visit.objects.filter(pk__in=ids), DeletionKind.VISITS, by=CLOCK, at=at)
    return count


def remove_old_appointments(at) -> int:
    """Appointments and the hours that were offered, after a year."""
    limit = ago(at, ROUND_MONTHS)
    count = erasing.remove(
        Appointment.objects.filter(slot__at__lt=limit), DeletionKind.VISITS, by=CLOCK, at=at
    )
    return count + erasing.remove(Slot.objects.filter(at__lt=limit), DeletionKind.VISITS, by=CLOCK, at=at)


def remove_old_patrols(at) -> int:
    """Patrols with what was looked at, after a year; when a place was last looked at stays with the place."""
    rows = Patrol.objects.filter(started_at__lt=ago(at, ROUND_MONTHS))  # finished or forgotten
    return erasing.remove(rows, DeletionKind.VISITS, by=CLOCK, at=at)
