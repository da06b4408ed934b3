"""Make the first security administrator; he makes everybody else. Works only while there is none."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from yige.accounts import actions, links
from yige.accounts.actors import COMMAND
from yige.accounts.models import Post, Unit
from yige.audit.errors import Refusal
from yige.grids.models import Grid
from yige.lib.moments import local_day

ONE_AT_A_TIME = 0x79696765  # any number that nothing else locks


class Command(BaseCommand):
    help = "建立第一位安全管理员，打印一次性链接（30 分钟内有效）。系统里已有安全管理员时不再可用。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="账号，如 anquan01")
        parser.add_argument("name", help="姓名")

    @transaction.atomic
    def handle(self, *, username, name, **options):
        at = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if Post.objects.held_on(local_day(at)).filter(role="security_admin", user__is_active=True).exists():
            raise CommandError("已有安全管理员，请由他在“用户与岗位”里添加账号。")
        try:
            user = self.made(username, name, at)
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {' '.join(refusal.fields.values())}") from None
        address = (
            f"{settings.YIGE_PUBLIC_URL}/accounts/begin/{links.issue(user, at=at, lasting=links.FOR_FIRST)}/"
        )
        self.stdout.write(
            f"请在 30 分钟内打开下面的链接，设置“{user.username}”的密码（只能用一次）：\n{address}"
        )

    def made(self, username, name, at):
        street = Grid.objects.current().filter(level=1).order_by("path").first()
        if street is None:
            raise CommandError("还没有街道。请先导入网格：yige import grids 文件，再运行本命令。")
        unit = Unit.objects.filter(kind="street", active=True).order_by("path").first()
        said = {"by": COMMAND, "at": at}
        if unit is None:
            unit = actions.make_unit(
                None, **said, slug="street", name=street.name, kind="street", path=street.path
            )
        user = actions.make_user(None, **said, username=username, name=name)
        post = {"role": "security_admin", "unit": unit, "path": street.path, "since": local_day(at)}
        actions.give_post(user, **said, **post)
        return user
