"""What a notice can be about. Which page shows it is known to the surfaces alone (`web/subject_pages.py`)."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import TextChoices


class SubjectKind(TextChoices):
    CASE = "case", "事项"
    RIGHTS_REQUEST = "rights_request", "查改删申请"
    SIGN_IN_CODE = "sign_in_code", "登录验证码"
    ACCOUNT = "account", "本人的账号"
    FOLLOW_UPS = "follow_ups", "等回访的事项"
    PROMISES = "promises", "答应居民的事"
    APPOINTMENTS = "appointments", "居民的预约"
    WHISTLE = "whistle", "联办"
    CALL = "call", "请本单位办的"
    DUTY = "duty", "职责清单"
    DESK = "desk", "工作台"
    SHEET = "sheet", "报表"
    SHEET_REQUEST = "sheet_request", "谁来要表"
    EXCLUSIONS = "exclusions", "不计入考核的申请"
    MONTH_SHEETS = "month_sheets", "考评月表"
    BULLETIN = "bulletin", "月报"
    TOPIC = "topic", "专题"
    VOLUNTEER_CALL = "volunteer_call", "邻里召集"
    MY_CALLS = "my_calls", "我报名的召集"
    DELIBERATION = "deliberation", "议事"
    OBJECTION = "objection", "对公示的意见"
    LOG_SEALS = "log_seals", "日志的封条"
    VOTING_RIGHT = "voting_right", "业主的一票"


class Subject(NamedTuple):
    """A row by its id, or a list as a whole (then `id` is None)."""

    kind: SubjectKind
    id: UUID | None = None
