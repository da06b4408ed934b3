from django.core.management.base import BaseCommand, CommandError

from yige.cases import look_backs


class Command(BaseCommand):
    """Draw every lot again and say which closing was looked back on, or left out, against its lot."""

    help = "重算回头看的抽签，列出与抽签不符的事项"

    def handle(self, *args, **options):
        wrong = look_backs.wrong_draws()
        if wrong:
            raise CommandError("与抽签不符：" + "、".join(row.case.number for row in wrong))
        self.stdout.write("每一件都与抽签相符。")
