"""The closed lists of the report centre: bases, rhythms, answers, kinds of cells, forms of a file."""

from django.db.models import TextChoices


class Basis(TextChoices):
    LAW = "law", "法律、法规"
    DECISION = "decision", "上级文件或会议"
    NONE = "none", "没有说依据"


class Rhythm(TextChoices):
    ONCE = "once", "只要一次"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    YEARLY = "yearly", "每年"


class Answer(TextChoices):
    EXISTS = "exists", "数据已有，直接取用"
    LISTED = "listed", "列入清单"
    REFUSED = "refused", "按规定不填"


class CellKind(TextChoices):
    NUMBER = "number", "数"
    TEXT = "text", "字"
    DAY = "day", "日期"


class FileForm(TextChoices):
    XLSX = "xlsx", "xlsx"
    CSV = "csv", "csv"
