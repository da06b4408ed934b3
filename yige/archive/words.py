"""The closed lists of the archive: relations, kinds of tie, uses of homes, kinds of things and organisations.

Sources: GB/T 4761 (relation to the head of household, its first digits), GB/T 2261.1 (sex), domain reference §4.5.
"""

from django.db.models import TextChoices


class Sex(TextChoices):
    UNKNOWN = "0", "未知"
    MALE = "1", "男"
    FEMALE = "2", "女"
    UNSAID = "9", "未说明"


class Relation(TextChoices):
    HEAD = "head", "户主"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    GRANDCHILD = "grandchild", "孙辈"
    PARENT = "parent", "父母"
    GRANDPARENT = "grandparent", "祖辈"
    SIBLING = "sibling", "兄弟姐妹"
    OTHER = "other", "其他"


class TieKind(TextChoices):
    BELONGS = "belongs", "是本户的人"
    LIVES = "lives", "住在"
    RENTS = "rents", "租住"
    OWNS = "owns", "有产权"
    WORKS = "works", "在这里做事"


HOUSING = (TieKind.LIVES, TieKind.RENTS)


class HomeUse(TextChoices):
    OWN = "own", "自住"
    RENT = "rent", "出租"
    VACANT = "vacant", "空置"
    SHOP = "shop", "商用"
    UNKNOWN = "unknown", "不清楚"


class YesNo(TextChoices):
    UNKNOWN = "", "不清楚"
    YES = "yes", "是"
    NO = "no", "否"


class BuildingKind(TextChoices):
    HOUSING = "housing", "住宅楼"
    TRADE = "trade", "商业楼"
    PUBLIC = "public", "公共建筑"
    COURTYARD = "courtyard", "院落平房"


class OrganisationKind(TextChoices):
    PUBLIC = "public", "机关事业单位"
    FIRM = "firm", "企业"
    SHOP = "shop", "商户"
    SOCIAL = "social", "社会组织"
    OWNERS = "owners", "业委会"
    PROPERTY = "property", "物业"


class ThingState(TextChoices):
    """GB/T 47678.5, GLBJZT."""

    SOUND = "sound", "完好"
    BROKEN = "broken", "破损"
    LOST = "lost", "丢失"
    ABANDONED = "abandoned", "废弃"
    REMOVED = "removed", "移除"


class Source(TextChoices):
    """Where what a file says comes from."""

    DESK = "desk", "档案管理员登记"
    VISIT = "visit", "走访时本人说的"
    IMPORT = "import", "花名册导入"
    PERSON = "person", "本人网上填的"
    MERGE = "merge", "两份档案合并"


class GrantedBy(TextChoices):
    PERSON = "person", "本人"
    GUARDIAN = "guardian", "监护人"


class LinkKind(TextChoices):
    AREA = "area", "干部包片"
    HOUSEHOLD = "household", "党员联户"


class RequestKind(TextChoices):
    """What a person may ask of those who keep the file (PIPL §44–§47)."""

    CORRECT = "correct", "改正"
    DELETE = "delete", "删除"
    OBJECT = "object", "不同意这样用"
    EXPLAIN = "explain", "请说明"


class Purpose(TextChoices):
    """Why somebody looks; nothing else can be written into the log as a reason."""

    VISIT = "visit", "走访前联系"
    ANSWER = "answer", "答复反映的问题"
    CARE = "care", "本人要的服务"
    CHECK = "check", "核对改正档案"
    REQUEST = "request", "办理本人的申请"
    EMERGENCY = "emergency", "紧急救助"


class ExportPurpose(TextChoices):
    NOTICE = "notice", "上门通知"
    SERVICE = "service", "送服务上门"
    RESPONSE = "response", "防汛防疫等应急"
    HANDOVER = "handover", "工作交接核对"


class DeletionKind(TextChoices):
    """What the clock or two persons removed, as the proof names it."""

    PERSON = "person", "个人档案（本人申请）"
    MOVED_AWAY = "moved_away", "迁出满期的档案"
    NEEDS = "needs", "到期的走访文字"
    LABELS = "labels", "到期的服务标签"
    ROSTER_FILES = "roster_files", "导入用过的花名册文件"
    EXPORTS = "exports", "导出的文件"
    CODES = "codes", "登录验证码和登录记录"
    VISITS = "visits", "到期的走访、预约和巡查记录"
    REQUESTS = "requests", "到期的申请"
    LINKS = "links", "到期的联系关系"
    SEATS = "seats", "到期的召集报名和心愿"
