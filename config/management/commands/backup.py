from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import backup_file


class Command(BaseCommand):
    """Write database and photos to one file; the keys under var/secrets are kept elsewhere, by people."""

    help = "备份数据库和照片到一个文件（不含密钥）"

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args, file, **options):
        moment = timezone.localtime().strftime("%Y%m%d-%H%M%S")
        target = file or settings.VAR / "backups" / f"yige-{settings.YIGE_DISTRICT_CODE}-{moment}.tar"
        try:
            backup_file.write_backup(target.absolute())
        except backup_file.NotUsable as sentence:
            raise CommandError(str(sentence)) from None
        self.stdout.write(
            f"已备份到 {target}（{target.stat().st_size / 1e6:.1f} MB）。密钥不在其中，请另行保管。"
        )
