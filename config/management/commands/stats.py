"""yige stats: what the district holds, as JSON."""

import json

from django.core.management.base import BaseCommand
from django.db.models import Count
from django.utils import timezone

from yige.accounts.models import Post, Unit, User
from yige.archive.models import Building, Home, Household, Label, Link, Organisation, Person, Thing
from yige.cases.models import Card, Case, Category, Photo
from yige.contact.models import Answer, Look, Need, Patrol, Promise, Spot, Visit
from yige.grids.models import Grid, QrToken
from yige.lib.local_time import local_day
from yige.notices.models import Notice


class Command(BaseCommand):
    help = "用 JSON 打印库里的数目。"

    def handle(self, **options):
        self.stdout.write(json.dumps(counts(timezone.now()), ensure_ascii=False, indent=2))


def counts(now):
    """Numbers only, no names and no words."""
    return {
        "grids": _by(Grid.objects.current(), "level"),
        "exclusive_grids": Grid.objects.current().exclude(kind="ordinary").count(),
        "qr_codes": QrToken.objects.live().count(),
        "users": User.objects.filter(is_active=True).count(),
        "units": Unit.objects.filter(active=True).count(),
        "posts": _by(Post.objects.all(), "role"),
        "categories": Category.objects.leaves().count(),
        "cases": {
            "total": Case.objects.count(),
            "open": Case.objects.open().count(),
            "overdue": Case.objects.overdue(now).count(),
            "by_state": _by(Case.objects.all(), "state"),
            "by_channel": _by(Case.objects.all(), "channel"),
            "by_tier": _by(Case.objects.all(), "tier"),
            "by_outcome": _by(Case.objects.exclude(outcome=""), "outcome"),
            "by_class": _by(Case.objects.all(), "category__parent__slug"),
            "reopened": Case.objects.filter(reopen_no__gt=0).count(),
        },
        "archive": _archive(local_day(now)),
        "contact": _contact(now),
        "photos": Photo.objects.count(),
        "cards": _by(Card.objects.all(), "colour"),
        "notices": _by(Notice.objects.all(), "audience"),
    }


def _archive(day):
    return {
        "households": Household.objects.current().count(),
        "people": Person.objects.current().count(),
        "buildings": Building.objects.count(),
        "homes": _by(Home.objects.all(), "use"),
        "labels": _by(Label.objects.held_on(day), "kind"),
        "links": _by(Link.objects.held_on(day), "kind"),
        "declining_visits": Household.objects.filter(declines_until__gte=day).count(),
        "organisations": _by(Organisation.objects.filter(closed_at=None), "kind"),
        "things": Thing.objects.count(),
    }


def _contact(now):
    needs, promises = Need.objects.all(), Promise.objects.all()
    return {
        "visits": _by(Visit.objects.all(), "mode"),
        "needs": {"open": needs.open().count(), "total": needs.count()},
        "promises": {
            "open": promises.open().count(),
            "broken": promises.broken(local_day(now)).count(),
            "total": promises.count(),
        },
        "answers": _by(Answer.objects.all(), "kind"),
        "patrols": Patrol.objects.count(),
        "looks": _by(Look.objects.all(), "result"),
        "spots": Spot.objects.filter(active=True).count(),
    }


def _by(rows, field):
    """How many rows have each value of a field."""
    found = rows.order_by(field).values_list(field).annotate(n=Count("pk"))
    return {str(value): number for value, number in found}
