"""Make the first security administrator; he makes everybody else. Works only while there is none."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from yige.accounts import actions, links
from yige.accounts.actors import COMMAND
from yige.accounts.models import Post, Unit
from yige.accounts.roles import having
from yige.grids import actions as grids
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.lib.refusals import Refusal

ONE_AT_A_TIME = 0x79696765  # any number that nothing else locks


class Command(BaseCommand):
    help = "建立第一位安全管理员，打印一次性链接（30 分钟内有效）。系统里已有安全管理员时不再可用。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="账号，如 anquan01")
        parser.add_argument("name", help="姓名")
        parser.add_argument(
            "--street",
            nargs=2,
            metavar=("编码", "名称"),
            help="还没有网格时先建街道，如 --street 410106003 新安路街道",
        )

    @transaction.atomic
    def handle(self, *, username, name, street, **options):
        at = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        try:
            user = waiting(username, at) or make_admin(username, name, street, at)
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {' '.join(refusal.fields.values())}") from None
        secret = links.issue_link(user, at=at, lasting=links.FOR_FIRST)
        self.stdout.write(
            f"请在 30 分钟内打开下面的链接，设置“{user.username}”的密码（只能用一次，过期了再运行一次本命令）：\n"
            f"{settings.YIGE_PUBLIC_URL}/accounts/begin/{secret}/"
        )


def waiting(username, at):
    """Return the first administrator whose link was never used; refuse when there is one with a password."""
    held = Post.objects.held_on(local_day(at)).filter(role__in=having("keep_accounts"), user__is_active=True)
    users = [post.user for post in held.select_related("user")]
    if any(user.has_usable_password() for user in users):
        raise CommandError("已有安全管理员，请由他在“用户与岗位”里添加账号。")
    if users and username.lower() not in (user.username for user in users):
        raise CommandError(f"账号“{users[0].username}”已建好，还没设密码，请用这个账号再运行一次。")
    return next((user for user in users if user.username == username.lower()), None)


def make_admin(username, name, street, at):
    said = {"by": COMMAND, "at": at}
    top = Grid.objects.current().filter(level=1).order_by("path").first()
    if top is None and street is None:
        raise CommandError("还没有街道。请加上 --street 编码 名称，如 --street 410106003 新安路街道。")
    if top is None:
        top = grids.make(None, **said, code=street[0], name=street[1])
    unit = Unit.objects.filter(kind="street", active=True).order_by("path").first()
    if unit is None:
        unit = actions.make_unit(None, **said, slug="street", name=top.name, kind="street", path=top.path)
    user = actions.make_user(None, **said, username=username, name=name)
    post = {"role": "security_admin", "unit": unit, "path": top.path, "since": local_day(at)}
    actions.give_post(user, **said, **post)
    return user
