"""The certificate of service: true, free, by whoever wrote down who came. Source: 民政部令第67号, articles on certificates.

It is the volunteer's own export: nobody else can ask for it, no list of them exists, and it adds nothing up.
"""

import secrets

from yige.accounts.models import Unit
from yige.alliance.models import Certificate, Seat
from yige.audit.log import action
from yige.lib.refusals import NotAllowed, NotSaid

SIGNS, GROUPS, SIGNS_IN_GROUP = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 3, 4


@action("alliance.issue_certificate", makes=Certificate)
def issue_certificate(unit, *, by, at, id, person) -> Certificate:
    """Give somebody a certificate of what this unit wrote down until now."""
    if by.actor_kind != "resident" or by.actor_id != person.pk:
        raise NotAllowed("证明只给本人。")
    if not Seat.objects.served(person).filter(call__unit=unit).exists():
        raise NotSaid("这个单位还没有记下您来过的召集，没有可以证明的。")
    row = Certificate(id=id, number=new_number(), person=person, unit=unit, issued_at=at)
    row.save(force_insert=True)
    return row


def new_number() -> str:
    groups = ("".join(secrets.choice(SIGNS) for _ in range(SIGNS_IN_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def services_of(row) -> list[Seat]:
    """Return what a certificate tells: what its unit had written down when it was issued."""
    seats = Seat.objects.served(row.person).filter(call__unit=row.unit, recorded_at__lte=row.issued_at)
    return list(seats)


def issuers_for(person) -> list[Unit]:
    """Return the units that can certify something for somebody."""
    units = Seat.objects.served(person).order_by().values("call__unit")
    return list(Unit.objects.filter(pk__in=units).order_by("name"))


def certificate_with(typed) -> Certificate | None:
    """Return the certificate with this number, however it was typed; None when there is none."""
    signs = "".join(sign for sign in typed.upper() if sign in SIGNS)
    size = SIGNS_IN_GROUP
    number = "-".join(signs[at : at + size] for at in range(0, len(signs), size))
    return Certificate.objects.select_related("unit").filter(number=number).first() if number else None
