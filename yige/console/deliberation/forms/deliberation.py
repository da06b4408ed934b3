"""What is said about a deliberation: one form a verb."""

from decimal import Decimal, InvalidOperation

from django import forms

from yige.accounts.models import Unit, UnitKind
from yige.deliberation.decision_rules import MATTERS
from yige.deliberation.words import DecisionForm
from yige.lib.typed_text import half_width
from yige.steps.fields import Choice, Day, Line, Moment, UnitChoice, Words, yes_no
from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm

FOR_ALL = "大家都看得到：用自己的话写，不写姓名、称呼、电话、门牌。"
MOST = 10_000_000
NOT_A_DOER = (UnitKind.STATION,)


class Number(WholeNumber):
    """A whole number of people or owners."""

    def __init__(self, label, *, hint=""):
        wrong = "请写 0 以上的整数。"
        errors = {
            "required": "没有的写 0。",
            "invalid": wrong,
            "min_value": wrong,
            "max_value": "这个数太大，请再看看。",
        }
        super().__init__(
            label=label, min_value=0, max_value=MOST, help_text=hint, error_messages=errors,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )  # fmt: skip

    def to_python(self, value):
        return super().to_python(half_width(str(value or "")).replace(",", "").strip())


class Area(forms.CharField):
    """Square metres with at most two decimals; gives whole hundredths, nothing is rounded."""

    def __init__(self, label, *, hint=""):
        super().__init__(
            label=label, max_length=20, help_text=hint, error_messages={"required": "没有的写 0。"},
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )  # fmt: skip

    def clean(self, value):
        typed = half_width(super().clean(value)).replace(",", "").strip()
        try:
            hundredths = Decimal(typed) * 100
        except InvalidOperation:
            raise forms.ValidationError("请写数字，例如 89.52。") from None
        if not hundredths.is_finite() or not 0 <= hundredths <= MOST * 100:
            raise forms.ValidationError("请写 0 以上的数。")
        if hundredths != int(hundredths):
            raise forms.ValidationError("最多写两位小数。")
        return int(hundredths)


class ListForm(KeyedForm):
    heading, button = "列入议题", "列入"
    title = Line("题目", longest=40, hint="商量什么，例如“3号楼要不要加装电梯”。" + FOR_ALL)
    words = Words("要商量什么", longest=600, rows=4, hint="事情是怎么回事，有哪些要定的。" + FOR_ALL)
    affected = Words(
        "和谁有关",
        longest=600,
        rows=4,
        hint="一行写一方和为什么，例如：3号楼的业主：电梯装在楼前。租户、物业、社区民警也写。",
    )


class ChangeForm(ListForm):
    heading, button = "改题目和说明", "改"


class DeclineForm(KeyedForm):
    heading, button = "不列入", "不列入"
    why = Words("为什么不列入", longest=200, rows=2, hint="提的人会看到。")


class NoticeForm(KeyedForm):
    heading, button = "发通知", "发出通知"
    matter = Choice(
        "定哪一种",
        [(matter.name, matter.label) for matter in MATTERS],
        hint="三种不能混：选了哪一种，就按哪一种的规矩算。",
    )
    meeting_at = Moment("什么时候开会", hint="至少三天以后。")
    place = Line("在哪里", longest=60)
    materials = Words(
        "先看什么材料", longest=2000, rows=5, hint="方案、费用、谁出多少、办不办各会怎样。" + FOR_ALL
    )


class MeetingForm(KeyedForm):
    heading, button = "记会议", "记下"
    present = Number("到会多少人")
    attendance = Line(
        "哪些方面的人来了", longest=300, hint="例如：3号楼业主 21 人，物业 2 人，社区民警 1 人。签到表留纸。"
    )
    minutes = Words("大家怎么说", longest=3000, rows=6, hint=FOR_ALL)
    options = Words("有哪几个办法", longest=1000, rows=4, hint="一行写一个。")


class OpinionForm(KeyedForm):
    heading, button = "记协商意见", "记下，开始公示"
    agreed = yes_no("有没有形成一致意见", "形成了", "没有形成")
    words = Words(
        "意见怎么写", longest=1000, rows=4, hint="这不是决定，没有约束力，公示的时候写明。" + FOR_ALL
    )


class RepresentativesForm(KeyedForm):
    heading, button = "记表决结果", "算出结果，开始公示"
    all_heads = Number("一共多少位代表")
    yes_heads, no_heads = Number("同意的人"), Number("不同意的人")
    abstained_heads, invalid_heads = Number("弃权的人"), Number("无效票")
    words = Words("结果怎么写", longest=1000, rows=3, hint="通过没有由系统按规定算。" + FOR_ALL)


class OwnersForm(KeyedForm):
    heading, button = "接收业主表决的结果", "算出结果，开始公示"
    source = Line("结果来自", longest=80, hint="例如：区住房保障部门业主表决系统，业主大会纸质表决。")
    source_number = Line("文号或编号", longest=60)
    source_on = Day("哪天的")
    all_heads, all_area = (
        Number("一共多少户业主", hint="一人有几套房算一户，共有的一套算一户。"),
        Area("总面积（平方米）", hint="按登记的面积，最多两位小数。"),
    )
    yes_heads, yes_area = Number("同意的户"), Area("同意的面积（平方米）")
    no_heads, no_area = Number("不同意的户"), Area("不同意的面积（平方米）")
    abstained_heads, abstained_area = Number("弃权的户"), Area("弃权的面积（平方米）")
    invalid_heads, invalid_area = (
        Number("无效票的户"),
        Area("无效票的面积（平方米）", hint="交了票就算参与，不算同意。"),
    )
    words = Words("结果怎么写", longest=1000, rows=3, hint="通过没有由系统按民法典第 278 条算。" + FOR_ALL)


def count_form(row):
    """Return the form of the numbers that this form of decision counts."""
    return OwnersForm if row.form == DecisionForm.OWNERS else RepresentativesForm


class ObjectForm(KeyedForm):
    heading, button = "代记一条不同意见", "记下"
    words = Words("怎么说的", longest=600, rows=3, hint="只给工作人员看；答复的时候另写给大家看的。")


class AnswerForm(KeyedForm):
    heading, button = "答复", "答复"
    gist = Line("提了什么", longest=200, hint=FOR_ALL)
    answer = Words("怎么答复", longest=600, rows=3, hint=FOR_ALL)


class TakeBackForm(KeyedForm):
    heading, button = "重新议", "重新议"
    why = Words("为什么重新议", longest=200, rows=2, hint=FOR_ALL)


class StepForm(KeyedForm):
    heading, button = "定一步", "定下"
    step = Line("办什么", longest=100, hint=FOR_ALL)
    unit = UnitChoice("哪个单位办")
    due_on = Day("哪天以前")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer_units(
            Unit.objects.filter(active=True).exclude(kind__in=NOT_A_DOER), "请选择"
        )


class MoveForm(KeyedForm):
    heading, button = "改日子", "改"
    due_on = Day("改到哪天以前")
    why = Words("为什么改", longest=200, rows=2, hint=FOR_ALL)


class FinishForm(KeyedForm):
    heading, button = "办完了", "记下"
    done = Words("办成什么样", longest=200, rows=2, hint=FOR_ALL)


class FeedBackForm(KeyedForm):
    heading, button = "反馈给大家", "反馈"
    words = Words("结果怎样", longest=600, rows=4, hint=FOR_ALL)


class DropForm(KeyedForm):
    heading, button = "不再议", "不再议"
    why = Words("理由", longest=200, rows=2, hint=FOR_ALL)
