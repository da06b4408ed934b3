from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config import rotation
from yige.accounts.actors import COMMAND
from yige.audit.log import write
from yige.lib.progress_bar import ProgressBar


class Command(BaseCommand):
    """Seal and hash everything anew under the first keys of the settings; may be interrupted and run again."""

    help = "换密钥：把所有加密的内容和检索列改到现用的密钥下，可以中断后再运行"

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="只看还有多少在旧密钥下，不改动")

    def handle(self, *args, check, **options):
        if check:
            self.check_left()
        else:
            self.rotate()

    def rotate(self):
        bar = ProgressBar("换密钥", 0, self.stdout)

        def show(done, total):
            bar.total = total
            bar.show(done)

        try:
            done = rotation.rotate(show=show)
        except rotation.CannotFinish as sentence:
            raise CommandError(str(sentence)) from None
        with transaction.atomic():
            write("config.rotate_keys", by=COMMAND, at=timezone.now(), kind="", pk=None)
        self.stdout.write(f"换完了，改写了 {done} 行。用 yige rotate-keys --check 核对后，再去掉旧密钥。")

    def check_left(self):
        """Say what stands under which key, and whether the old ones may go."""
        old = 0
        for (column, key), count in sorted(rotation.remaining().items()):
            current = rotation.is_current(column, key)
            old += 0 if current else count
            note = "现用" if current else "一天内自己过期" if column in rotation.PASSING else "旧"
            self.stdout.write(f"{column:<40} {key or '（没有编号）':<18} {count:>10}  {note}")
        if old:
            raise CommandError(f"还有 {old} 项在旧密钥下，旧密钥还不能去掉。")
        self.stdout.write(
            "没有一项在旧密钥下。旧密钥可以从设置里去掉；要恢复以前的备份时，请把它和备份一起留着。"
        )
