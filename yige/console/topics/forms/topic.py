"""What is said about a topic: one form a verb."""

from django.conf import settings

from yige.accounts.models import Unit
from yige.cases.models import Case
from yige.lib.numbers import parse
from yige.steps.fields import Day, Line, UnitChoice, Words
from yige.topics.topic_checks import NOT_LEADING
from yige.web.forms import KeyedForm

OWN_WORDS = "用自己的话写，不抄反映人的话；不写姓名、称呼、电话、门牌。"
TITLE = "是什么问题、在哪一带，例如“向阳小院一带路灯反复不亮”。反映人会看到。"


class CaseForm(KeyedForm):
    """A form that names a case by its number, among those that somebody may see."""

    number = Line("事项编号", longest=40)

    def __init__(self, *args, user=None, at=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.at = user, at

    def clean_number(self):
        typed = self.cleaned_data["number"]
        serial = parse(typed, settings.YIGE_DISTRICT_CODE)
        cases = Case.objects.visible_to(self.user, self.at)
        self.case = cases.filter(serial=serial).first() if serial is not None else None
        if self.case is None:
            self.add_error("number", "没有这个编号，请对一下；只找得到您能看的事项。")
        return typed

    def clean(self):
        said = super().clean()
        said.pop("number", None)
        return said


class PutInForm(CaseForm):
    heading, button = "加一件", "加进来"

    def clean(self):
        return super().clean() | {"cases": [self.case] if getattr(self, "case", None) else []}


class TakeOutForm(CaseForm):
    heading, button = "拿出一件", "拿出去"
    reason = Words("为什么不是同一个问题", longest=200, rows=2)

    def clean(self):
        return super().clean() | {"case": getattr(self, "case", None)}


class ReopenForm(CaseForm):
    heading, button = "又出现了，重新办", "重新办"
    why = Words("又出现了什么", longest=200, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = "公布结果以后才反映的一件。"

    def clean(self):
        return super().clean() | {"case": getattr(self, "case", None)}


class ChangeForm(KeyedForm):
    heading, button = "改题目或牵头", "改"
    title = Line("题目", longest=40, hint=TITLE)
    words = Words("这些事有什么共同的地方", longest=600, rows=4, hint=OWN_WORDS)
    owner = UnitChoice("牵头单位")
    why = Words("为什么改", longest=200, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_owners(self.fields["owner"])


class MilestoneForm(KeyedForm):
    heading, button = "定一步", "定下"
    step = Line("办什么", longest=100, hint="公布结果时居民看得到。")
    due_on = Day("哪天以前")


class MoveForm(KeyedForm):
    heading, button = "改日子", "改"
    due_on = Day("改到哪天以前")
    why = Words("为什么改", longest=200, rows=2)


class FinishForm(KeyedForm):
    heading, button = "办完了", "记下"
    done = Words("办成什么样", longest=200, rows=2, hint="公布结果时居民看得到。")


class ResultForm(KeyedForm):
    heading, button = "写结果", "存下"
    result = Words("结果", longest=1000, rows=6, hint="查出了什么、办成什么样、还有什么办不了。" + OWN_WORDS)


class SendBackForm(KeyedForm):
    heading, button = "退回去改", "退回"
    why = Words("要改什么", longest=200, rows=2)


class DropForm(KeyedForm):
    heading, button = "不办了", "不办了"
    why = Words("理由", longest=200, rows=2)


def offer_owners(field):
    field.offer_units(Unit.objects.filter(active=True).exclude(kind__in=NOT_LEADING), "请选择")
