from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import backup_file
from yige.audit import sealer


class Command(BaseCommand):
    """Bring a backup back, into an empty database or, with --replace, over what is there."""

    help = "从备份文件恢复数据库和照片"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="数据库里已有数据时，用备份覆盖")

    def handle(self, *args, file, replace, **options):
        try:
            contents = backup_file.read_backup(file, replace=replace)
        except backup_file.NotUsable as sentence:
            raise CommandError(str(sentence)) from None
        call_command("migrate", interactive=False, verbosity=0)
        sealer.renew_epoch(restored=True)
        call_command("grant", settings.YIGE_APP_ROLE)
        self.stdout.write(f"已恢复 {contents['at'][:19]} 的备份，{len(contents['files'])} 个文件。")
