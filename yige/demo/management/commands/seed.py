"""yige seed: the demo subdistrict and its cases of the last six months."""

import sys
import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yige.cases.models import Case
from yige.cases.refusals import Refusal
from yige.demo import fill, ground, tasks


class Command(BaseCommand):
    help = "填充演示街道：网格、人员和近六个月的事项。可以随时中断，再次运行会接着填。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="已有事项时不再填充（没填完的在后台继续）"
        )
        parser.add_argument("--first", type=int, metavar="N", help="先填最近的 N 件，其余交给后台任务")

    def handle(self, *, if_empty, first, **options):
        now = timezone.now()
        try:
            full = Case.objects.exists() and if_empty
            if not full:
                fill.begin()
                ground.lay(now)
            stories = fill.left(fill.plan(now))
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        wanted = [] if full else stories[-first:] if first else stories
        Bar(len(wanted), self.stdout).watch(fill.tell_all(wanted, now))
        if len(stories) > len(wanted):
            tasks.fill_rest_later()
            self.stdout.write(f"还有 {len(stories) - len(wanted)} 件演示事项在后台继续填充，不影响使用。")


class Bar:
    """A line that says how far it is and how long it will take; one line each tenth where there is no terminal."""

    def __init__(self, total, out):
        self.total, self.out, self.since, self.shown = total, out, time.monotonic(), -1

    def watch(self, steps):
        for number, _ in enumerate(steps, 1):
            self.show(number)

    def show(self, number):
        tenth = number * (100 if sys.stdout.isatty() else 10) // self.total
        if tenth == self.shown:
            return
        self.shown = tenth
        rest = (time.monotonic() - self.since) / number * (self.total - number)
        filled = number * 20 // self.total
        line = f"演示事项 {'█' * filled}{'░' * (20 - filled)} {number}/{self.total}，还要约 {rest:.0f} 秒"
        self.out.write(f"\r{line}  " if sys.stdout.isatty() else line, ending="")
        self.out.write("\n" if number == self.total or not sys.stdout.isatty() else "", ending="")
        self.out.flush()
