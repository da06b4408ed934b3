from django.core.management.base import BaseCommand

from yige.audit import database_role, sealer


class Command(BaseCommand):
    """Give the application's database role its rights; run as the owner after every migrate."""

    help = "给应用数据库角色授权（审计日志只可写入和查看）"

    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *args, role, **options):
        database_role.apply(role)
        self.stdout.write(f"已授权：{role}")
        if sealer.renew_epoch():
            self.stdout.write("日志是从别的数据库恢复来的：已经全部封存，从这里起另记一个纪元。")
