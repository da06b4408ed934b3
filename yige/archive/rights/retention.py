"""What the archive does not keep for ever, each with a line in the log and a proof. Called by the clock at night.

The times are those that `class Privacy` of each model names and the page about personal information shows.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery

from yige.accounts.actors import CLOCK
from yige.archive.models import (
    Household,
    Label,
    Link,
    Person,
    RightsRequest,
    RosterRun,
    SignIn,
    SignInCode,
    Tie,
)
from yige.archive.rights import erasing
from yige.archive.rights.signing_in import MOST
from yige.archive.words import DeletionKind, TieKind
from yige.lib.local_time import add_months, local_day, start_of_day
from yige.notices.actions import forget_residents

FILE_MONTHS, LABEL_DAYS, LONG_MONTHS, SIGN_IN_DAYS = 12, 30, 36, 1


def forget(at) -> Counter:
    """Delete what nobody may keep any longer; return how much of what."""
    done = Counter(households=forget_households(at), people=forget_people(at))
    done += Counter(labels=labels(at), codes=codes(at), sign_ins=sign_ins(at))
    done += Counter(requests=requests(at), links=links(at), rosters=rosters(at))
    return done + Counter(notices=forget_residents(at))


def forget_households(at) -> int:
    """Households that ended a year ago, with the people still in them."""
    tied = Tie.objects.filter(household=OuterRef("pk"))
    member = Person.objects.filter(household=OuterRef("pk"), removed_at=None)
    full = Q(home__isnull=False) | Q(met_at__isnull=False) | Q(tried_at__isnull=False) | Exists(tied)
    rows = Household.objects.filter(full | Exists(member), ended_at__lt=ago(at, FILE_MONTHS))
    count = 0
    for row in rows.order_by().iterator(chunk_size=500):
        if not waits(Person.objects.filter(household=row)):
            erasing.erase_household(row, by=CLOCK, at=at)
            count += 1
    return count


def forget_people(at) -> int:
    """People who left a year ago and whose request, if there is one, has been answered."""
    last = Tie.objects.filter(person=OuterRef("pk"), kind=TieKind.BELONGS).order_by(
        F("until").desc(nulls_first=True)
    )
    rows = (
        Person.objects.current().filter(household=None).annotate(left_on=Subquery(last.values("until")[:1]))
    )
    limit = ago(at, FILE_MONTHS)
    rows = rows.filter(Q(left_on__lt=local_day(limit)) | Q(left_on=None, made_at__lt=limit))
    count = 0
    for row in rows.order_by().iterator(chunk_size=500):
        if not waits(Person.objects.filter(pk=row.pk)):
            count += erasing.erase([row], by=CLOCK, at=at, what=DeletionKind.MOVED_AWAY)
    return count


def waits(people) -> bool:
    """Say whether somebody among them asked something that is not answered yet: until then the file stays."""
    return RightsRequest.objects.waiting().filter(person__in=people).exists()


def labels(at) -> int:
    """Service labels 30 days after they ended or were taken back."""
    limit = at - timedelta(days=LABEL_DAYS)
    rows = Label.objects.filter(Q(withdrawn_at__lt=limit) | Q(until__lt=local_day(limit)))
    return erasing.remove(rows, DeletionKind.LABELS, by=CLOCK, at=at)


def codes(at) -> int:
    rows = SignInCode.objects.filter(made_at__lt=at - timedelta(days=SIGN_IN_DAYS))
    return erasing.remove(rows, DeletionKind.CODES, by=CLOCK, at=at)


def sign_ins(at) -> int:
    """Sign-ins a day after they ended, by their owner or by themselves."""
    limit = at - timedelta(days=SIGN_IN_DAYS)
    rows = SignIn.objects.filter(Q(ended_at__lt=limit) | Q(began_at__lt=limit - MOST))
    return erasing.remove(rows, DeletionKind.CODES, by=CLOCK, at=at)


def requests(at) -> int:
    """Requests three years after their answer."""
    rows = RightsRequest.objects.filter(answered_at__lt=ago(at, LONG_MONTHS))
    return erasing.remove(rows, DeletionKind.REQUESTS, by=CLOCK, at=at)


def links(at) -> int:
    """Links of cadres and party members three years after their end."""
    rows = Link.objects.filter(until__lt=local_day(ago(at, LONG_MONTHS)))
    return erasing.remove(rows, DeletionKind.LINKS, by=CLOCK, at=at)


def rosters(at) -> int:
    """Runs of rosters, with what became of each row, after three years; their files went after thirty days."""
    rows = RosterRun.objects.filter(at__lt=ago(at, LONG_MONTHS))
    return erasing.remove(rows, DeletionKind.ROSTER_FILES, by=CLOCK, at=at)


def ago(at, months) -> datetime:
    """Return the beginning of the day that many months before this one."""
    return start_of_day(add_months(local_day(at), -months))
