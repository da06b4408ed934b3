"""yige stats: what the district holds, as JSON."""

import json

from django.core.management.base import BaseCommand
from django.db.models import Count
from django.utils import timezone

from yige.accounts.models import Post, Unit, User
from yige.cases.models import Card, Case, Category, Photo
from yige.grids.models import Grid, QrToken
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
        "photos": Photo.objects.count(),
        "cards": _by(Card.objects.all(), "colour"),
        "notices": _by(Notice.objects.all(), "audience"),
    }


def _by(rows, field):
    """How many rows have each value of a field."""
    found = rows.order_by(field).values_list(field).annotate(n=Count("pk"))
    return {str(value): number for value, number in found}
