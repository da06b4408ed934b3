"""The closed lists of a case: states, natures, urgencies, tiers, channels. Source: domain reference §3.3, §3.4."""

from django.db.models import TextChoices


class State(TextChoices):
    REPORTED = "reported", "待受理"
    ACCEPTED = "accepted", "已受理"
    DISPATCHED = "dispatched", "已派单"
    SIGNED = "signed", "已签收"
    HANDLING = "handling", "处置中"
    HANDLED = "handled", "处置完成"
    CLOSED = "closed", "已办结"
    CLEARED = "cleared", "已销号"
    REJECTED = "rejected", "不予受理"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤回"


ENDS = (State.CLEARED, State.REJECTED, State.MERGED, State.WITHDRAWN)
OPEN = tuple(state for state in State if state not in ENDS)
WITH_UNIT = (State.DISPATCHED, State.SIGNED, State.HANDLING)  # lies in the hands of a unit
BEFORE_HANDLED = (State.REPORTED, State.ACCEPTED, State.DISPATCHED, State.SIGNED, State.HANDLING)


class Nature(TextChoices):
    PERSONAL = "personal", "个人事项"
    PUBLIC = "public", "公共事项"
    MAJOR = "major", "辖区重大事项"


class Urgency(TextChoices):
    EMERGENCY = "emergency", "紧急"
    URGENT = "urgent", "急"
    NORMAL = "normal", "一般"
    HARD = "hard", "疑难"


class Tier(TextChoices):
    GRID = "grid", "网格"
    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    DEPARTMENT = "department", "区级部门"  # called by the street, and so on its level
    DISTRICT = "district", "区级"
    CITY = "city", "市级"


class WaitWay(TextChoices):
    """How a case came to the level where it waits."""

    UP = "up", "下级上报"
    DOWN = "down", "上级答复"
    BACK = "back", "承办单位退回"


class Channel(TextChoices):
    SNAP = "snap", "随手拍"
    PATROL = "patrol", "巡查发现"
    VISIT = "visit", "走访发现"
    HOTLINE = "hotline", "社区热线"
    STATION = "station", "民情速递站"
    PROXY = "proxy", "代办员"
    SECRETARY = "secretary", "书记有约"
    FORUM = "forum", "居民议事厅"
    OWNERS = "owners", "业委会"
    H12345 = "h12345", "12345转办"
    UPPER = "upper", "上级交办"
    DIGITAL = "digital", "数字城管"
    LEDGER = "ledger", "台账导入"


OWN_FINDS = (
    Channel.PATROL,
    Channel.VISIT,
)  # what a member of staff finds, unless a resident stands behind it


class LocatedBy(TextChoices):
    QR = "qr", "二维码"
    GPS = "gps", "手机定位"
    PIN = "pin", "地图选点"
    LIST = "list", "选择网格"
    ADDRESS = "address", "地址"


class Outcome(TextChoices):
    CONFIRMED = "confirmed", "反映人确认解决"
    FOLLOWED_UP = "followed_up", "回访确认解决"
    PARTLY = "partly", "反映人说部分解决"
    NO_ANSWER = "no_answer", "没有得到答复"
    LIGHT = "light", "自行处置"


class Colour(TextChoices):
    YELLOW = "yellow", "黄牌"
    RED = "red", "红牌"


class SolvedAnswer(TextChoices):
    YES = "yes", "解决了"
    PARTLY = "partly", "部分解决"
    NO = "no", "没有解决"


class Satisfaction(TextChoices):
    YES = "yes", "满意"
    FAIR = "fair", "基本满意"
    NO = "no", "不满意"


class ReturnReason(TextChoices):
    NOT_MINE = "not_mine", "不属于本单位职责"
    WRONG_PLACE = "wrong_place", "地点不在本辖区"


class ExclusionReason(TextChoices):
    """Why a closing is left out of the figures of its unit; what is hard or slow is no reason."""

    FORCE = "force", "不可抗力：天灾、停电停水等，当时谁都办不成"
    UNTRUE = "untrue", "现场核实，反映的情况不存在"
    BEYOND = "beyond", "办成它要违反法律法规或者现行政策"
    NOT_OURS = "not_ours", "按职责清单不归本单位，办结前没有来得及改派"
    TWICE = "twice", "别的系统重复派来的同一件"


class RejectReason(TextChoices):
    COURT = "court", "应由法院、仲裁或信访渠道处理"
    EMERGENCY_LINE = "emergency_line", "应拨打 110、119、120、122"
    OUTSIDE = "outside", "不在本辖区"
    REPEATED = "repeated", "同一诉求已依法办结"
    UNCLEAR = "unclear", "内容不清且无法联系核实"
    UNLAWFUL = "unlawful", "诉求违反法律或公序良俗"


class SlipReason(TextChoices):
    """Why somebody takes back what he or she took down for another: a mistake of the taking down, nothing else."""

    TWICE = "twice", "同一件事登记了两次"
    OTHERS = "others", "记到了别人名下"
    TRIAL = "trial", "练习或测试时登记的"


class ContactHow(TextChoices):
    """How the reporter was reached; which of them there are follows from what is on file (`hearing.py`)."""

    PHONE = "phone", "打电话"
    VISIT = "visit", "上门"
    MESSAGE = "message", "短信或留言"
    RELAY = "relay", "请登记人转告"
    TRIED = "tried", "打过电话，没有联系上"
    NO_WAY = "no_way", "没有留联系方式，无法联系"
    OWN_FIND = "own_find", "工作人员自己发现的，没有反映人"


class HeardHow(TextChoices):
    """How somebody else heard what the reporter says and writes it down."""

    PHONE = "phone", "电话里说的"
    VISIT = "visit", "上门时说的"
    CAME = "came", "当面来说的"


class AnswerKind(TextChoices):
    """The three answers that a household is owed at the next visit (domain reference §1.4)."""

    DONE = "done", "办好了"
    IN_PROGRESS = "in_progress", "正在办"
    CANNOT = "cannot", "办不了"


class AskKind(TextChoices):
    EXTENSION = "extension", "延期"
    PARKING = "parking", "挂账"


class Trigger(TextChoices):
    """Why a whistle may sound; there are these three and no fourth. Source: domain reference §2 (Beijing 2018)."""

    NEED = "need", "群众反映强烈，本级解决不了"
    JOINT = "joint", "需要联合执法，本级没有执法权"
    EMERGENCY = "emergency", "应急处置"


class Fact(TextChoices):
    """What of a case can be put right, with the old value kept."""

    PLACE = "place", "地点"
    GRID = "grid", "网格"
    CATEGORY = "category", "类别"
    URGENCY = "urgency", "紧急程度"
    NATURE = "nature", "性质"
    WORDS = "words", "登记的文字"
    NAME = "name", "称呼"
    PHONE = "phone", "电话"


class LookBackResult(TextChoices):
    HOLDS = "holds", "没有反弹"
    RECURRED = "recurred", "又出现了"


class LookBackWhy(TextChoices):
    """Why a case is looked back on."""

    MAJOR = "major", "重大、紧急或联办的"
    SAMPLE = "sample", "抽到的"
    OWN = "own", "自行处置抽查"
