"""The states of a volunteer call and of a seat on it."""

from django.db.models import TextChoices


class CallState(TextChoices):
    OPEN = "open", "在召集"
    DONE = "done", "办完了"
    CANCELLED = "cancelled", "取消了"


class SeatState(TextChoices):
    SIGNED_UP = "signed_up", "报上了"
    WAITING = "waiting", "在排队"
    OFFERED = "offered", "等确认"
    CONFIRMED = "confirmed", "确认来"
    REMOVED = "removed", "不用来了"


class HelpSkill(TextChoices):
    """What neighbours can do for one another: a closed list, no words about a person."""

    CARRYING = "carrying", "搬东西"
    COMPANY = "company", "陪老人、陪孩子"
    WATER_POWER = "water_power", "修水电"
    MENDING = "mending", "修修补补"
    HAIR = "hair", "理发"
    MEDICAL = "medical", "量血压、急救"
    TEACHING = "teaching", "辅导功课"
    PHONES = "phones", "教用手机"
    LAW = "law", "法律咨询"
    PLANTS = "plants", "种花种草"
    ARTS = "arts", "写字、拍照、乐器"
    DRIVING = "driving", "开车"


class HelpHours(TextChoices):
    ANY = "any", "都行"
    DAYS = "days", "平时白天"
    EVENINGS = "evenings", "平时晚上"
    WEEKENDS = "weekends", "周末"


# Who has one of these holds a place; a place is offered to nobody else meanwhile.
HOLDING = (SeatState.SIGNED_UP, SeatState.OFFERED, SeatState.CONFIRMED)
COMING = (SeatState.SIGNED_UP, SeatState.CONFIRMED)
