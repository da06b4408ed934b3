"""The closed lists of contact: how a visit went, what was raised, the three answers."""

from django.db.models import TextChoices


class Mode(TextChoices):
    HOME = "home", "入户"
    MET = "met", "见面"
    PHONE = "phone", "电话"
    NOT_MET = "not_met", "未遇"


HEARD = (Mode.HOME, Mode.MET, Mode.PHONE)


class NeedKind(TextChoices):
    PROBLEM = "problem", "问题"
    NEED = "need", "需要"
    OPINION = "opinion", "意见建议"


class SlotKind(TextChoices):
    SECRETARY = "secretary", "书记有约"
    VISIT = "visit", "预约走访"


class SpotKind(TextChoices):
    COURTYARD = "courtyard", "院落楼道"
    SHOP = "shop", "沿街商户"
    FIRM = "firm", "企业单位"
    FACILITY = "facility", "公共设施"


class LookResult(TextChoices):
    FINE = "fine", "没有问题"
    FOUND = "found", "发现问题"
