from django.core.management.base import BaseCommand

from yige.cases import actions


class Command(BaseCommand):
    """Put in the categories and the calendar that a fresh installation needs; harmless when run again."""

    help = "写入事项分类和节假日（已有的不改）"

    def handle(self, *args, **options):
        actions.install()
        self.stdout.write("分类和日历已就绪。")
