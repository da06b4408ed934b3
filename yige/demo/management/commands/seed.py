"""yige seed: the demo subdistrict, its people, its cases of the last six months, its visits of two years."""

import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yige.cases.models import Case
from yige.contact.published_figures import publish_figures
from yige.demo import (
    councils,
    duty_rosters,
    fill_cases,
    grids_and_accounts,
    month_bulletins,
    month_reviews,
    neighbours,
    parts,
    residents,
    taken_up,
    tasks,
)
from yige.lib.progress_bar import ProgressBar
from yige.lib.refusals import Refusal

WORTH_TWO = 300  # from so many stories on a second process tells every other one


class Command(BaseCommand):
    help = "填充演示街道：网格、住户、近六个月的事项、两年的走访和巡查。可以随时中断，再次运行会接着填。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="已有事项时不再填充（没填完的在后台继续）"
        )
        parser.add_argument("--first", type=int, metavar="N", help="先填最近的 N 件，其余交给后台任务")
        parser.add_argument(
            "--odd-from", type=int, metavar="N", help="只填 N 号起的单号（本命令自己启动的第二个进程用）"
        )
        parser.add_argument("--at", type=datetime.fromisoformat, help="以这个时刻为“现在”")

    def handle(self, *, if_empty, first, odd_from, at, **options):
        now = at or timezone.now()
        if odd_from is not None:
            return self.tell(odd(fill_cases.untold_stories(fill_cases.plan(now)), odd_from), now, silent=True)
        if fill_cases.is_full() and parts.is_full(now):
            duty_rosters.write_rosters(now)  # who laid it weeks ago has somebody on duty today as well
            return None
        full = if_empty and Case.objects.exists()
        try:
            if not full:
                fill_cases.begin()
                grids_and_accounts.lay(now)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.over("演示住户", len(residents.empty_micro_grids()), parts.lay_people(now))
        self.fill(fill_cases.untold_stories(fill_cases.plan(now)), now, first=0 if full else first)
        self.over("走访巡查", parts.untold_contact(now), parts.tell_contact(now))
        publish_figures(now)
        month_bulletins.publish_all(now)
        taken_up.take_up(now)
        councils.deliberate(now)
        neighbours.lay_neighbours(now)
        if fill_cases.is_full():  # else the last piece of the worker does it
            month_reviews.tell_months(now)
        return None

    def over(self, label, count, pieces):
        for _ in ProgressBar(label, count, self.stdout).over(pieces):
            pass

    def fill(self, stories, now, *, first):
        """Tell the newest ones now and leave the rest, if so wanted, to the background worker."""
        wanted = stories if first is None else stories[len(stories) - min(first, len(stories)) :]
        if len(wanted) >= WORTH_TWO:
            self.stdout.write("演示事项由两个进程同时填，下面是其中一半的进度。")
            with second_process(now, wanted[0][0].number):
                self.tell([story for story in wanted if story[0].number % 2 == 0], now)
        self.tell(fill_cases.untold_stories(wanted), now)
        if len(stories) > len(wanted):
            tasks.fill_rest_later()
            self.stdout.write(f"还有 {len(stories) - len(wanted)} 件演示事项在后台继续填充，不影响使用。")

    def tell(self, stories, now, *, silent=False):
        told = fill_cases.tell_all(stories, now)
        for _ in told if silent else ProgressBar("演示事项", len(stories), self.stdout).over(told):
            pass


def odd(stories, lowest):
    return [story for story in stories if story[0].number % 2 and story[0].number >= lowest]


@contextmanager
def second_process(now, lowest):
    """Tell the odd numbers beside; what it did not get to is told afterwards."""
    words = ["seed", "--odd-from", str(lowest), "--at", now.isoformat()]
    child = subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), *words])  # noqa: S603
    try:
        yield
        child.wait()
    finally:
        child.terminate()
        child.wait()
