"""`yige clock`: what time does, by hand, at any moment."""

import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yige.clock.table import CLOCK_TABLE, ROW_BY_NAME
from yige.clock.tasks import run_row


def moment(typed):
    at = datetime.fromisoformat(typed)
    return at if at.tzinfo else at.replace(tzinfo=timezone.get_default_timezone())


class Command(BaseCommand):
    help = "Do what the clock does, by name; without a name, list the table."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="a row of the table")
        parser.add_argument("--at", type=moment, help="the moment in ISO form (default: now)")

    def handle(self, name=None, at=None, **_):
        if name is None:
            for row in CLOCK_TABLE:
                self.stdout.write(f"{row.name:<12} {row.cron:<18} {row.prose}")
            return
        if name not in ROW_BY_NAME:
            raise CommandError(f"没有“{name}”。可用的：{'、'.join(ROW_BY_NAME)}。")
        self.stdout.write(json.dumps({name: run_row(ROW_BY_NAME[name], at or timezone.now())}))
