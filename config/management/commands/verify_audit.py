from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from yige.accounts.actors import COMMAND
from yige.audit import log_rows, offline
from yige.audit.log import write
from yige.audit.verifying import verify


class Command(BaseCommand):
    """Verify the sealed log, in the database or in an export; or write the export that proves itself elsewhere."""

    help = "验操作日志有没有被动过；也能导出一份，到别处去验"

    def add_arguments(self, parser):
        parser.add_argument("export", nargs="?", type=Path, help="导出的文件；不写，就验数据库里的")
        parser.add_argument("--out", type=Path, help="不验，把日志和封条导出到这个文件")
        offline.add_head_arguments(parser)

    def handle(self, *args, export, out, heads, head, **options):
        try:
            if out:
                return self.write_out(out)
            published = offline.heads_of(heads, head)
            verdict = offline.verify_export(export, published) if export else self.verify_database(published)
        except (OSError, offline.Unreadable) as problem:
            raise CommandError(f"没有验成：{problem}", returncode=2) from None
        sentences = "\n".join(offline.sentences_of(verdict))
        if not verdict.whole:
            raise CommandError(sentences)
        self.stdout.write(sentences)
        return None

    def verify_database(self, published):
        with log_rows.one_moment():
            return verify(log_rows.all_blocks(), log_rows.all_lines(), published)

    def write_out(self, target):
        with transaction.atomic():
            write("audit.export", by=COMMAND, at=timezone.now(), kind="audit.logentry", pk=None)
        with log_rows.one_moment(), open(target, "x", encoding="utf-8") as file:
            count = offline.write_export(file, log_rows.all_blocks(), log_rows.all_lines())
        self.stdout.write(f"导出了 {count} 条。验它：python -m yige.audit.offline {target}")
