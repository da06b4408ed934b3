"""The log: one line for everything that was done, never changed, never removed."""

from django.db import models
from django.db.models.functions import Now

from yige.lib.ids import new_id


class TransactionId(models.Field):
    """PostgreSQL's 64-bit transaction id, the only cursor that misses no committed row."""

    description = "xid8 of the transaction that wrote the row"

    def db_type(self, connection) -> str:
        return "xid8"


class CurrentTransaction(models.Func):
    """The id of the running transaction."""

    function = "pg_current_xact_id"
    template = "%(function)s()"
    output_field = TransactionId()


class LogEntry(models.Model):
    """One line: who did what to which row, when, why; ids and field names only, no personal text.

    There are no foreign keys, so that nothing that is deleted elsewhere can take a line with it.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField("发生时间")
    # Of the server alone: the application's role may not name these three (audit/database_role.py, docs/adr/0048).
    written_at = models.DateTimeField("写入时间", db_default=Now())
    transaction = TransactionId("事务", db_default=CurrentTransaction())
    epoch = models.SmallIntegerField("事务纪元", db_default=1)
    verb = models.CharField("动作", max_length=60)
    actor_kind = models.CharField("操作者类型", max_length=12)
    actor_id = models.UUIDField("操作者", null=True)
    post_id = models.UUIDField("岗位", null=True)
    subject_type = models.CharField("对象类型", max_length=40)
    subject_id = models.CharField("对象", max_length=60, blank=True)
    fields = models.JSONField("字段", default=list)
    purpose = models.CharField("事由", max_length=200, blank=True)
    result = models.CharField("结果", max_length=12, default="done")
    key = models.CharField("幂等键", max_length=120, null=True)
    fingerprint = models.CharField("内容指纹", max_length=64, blank=True)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "190 days at least"

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(key__isnull=False), name="one_act_for_each_key"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "at"], name="log_by_subject"),
            models.Index(fields=["actor_id", "at"], name="log_by_actor"),
            models.Index(fields=["at"], name="log_by_time"),
            models.Index(fields=["epoch", "transaction"], name="log_by_transaction"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class LogBlock(models.Model):
    """A seal over the lines of a range of transactions: their ids and hashes, and a head that covers the block before."""

    number = models.BigIntegerField("封条号", primary_key=True)
    form = models.SmallIntegerField("格式")
    epoch = models.SmallIntegerField("事务纪元")
    from_transaction = models.BigIntegerField("从事务")
    to_transaction = models.BigIntegerField("到事务之前")
    count = models.IntegerField("条数")
    total = models.BigIntegerField("到这里共多少条")
    closes = models.BooleanField("纪元到此为止")
    sealed_at = models.DateTimeField("封的时间")
    previous = models.CharField("上一号的校验码", max_length=64)
    head = models.CharField("校验码", max_length=64)
    leaves = models.BinaryField("每条的编号和校验码")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "as long as the log"

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["previous"], name="one_block_after_each_block"),
            models.CheckConstraint(
                condition=models.Q(to_transaction__gt=models.F("from_transaction")),
                name="block_covers_some_transactions",
            ),
        ]

    def __str__(self):
        return f"封条 {self.number}"
