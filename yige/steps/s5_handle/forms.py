"""What has to be said in step 5."""

from yige.accounts.models import Unit, UnitKind
from yige.cases import hearing
from yige.steps.fields import Choice, StepForm, UnitChoice, Until, Words
from yige.steps.s5_handle import actions

OFFICES = (UnitKind.DEPARTMENT, UnitKind.UTILITY, UnitKind.PROPERTY)


class Contact(StepForm):
    how = Choice("怎么联系的", hint="按登记里留的联系方式列出。")
    words = Words("说了什么、约了什么", longest=500)

    def prepare(self) -> None:
        self.fields["how"].narrow_to(hearing.ways_to_reach(self.case))


class Verify(StepForm):
    words = Words("现场看到什么")


class Progress(StepForm):
    words = Words("做了什么、下一步、什么时候")


class Escalate(StepForm):
    suggested = UnitChoice(
        "想请哪个部门来办", required=False, hint="部门由街道来派；写明了，街道一眼就看到。"
    )
    words = Words("本级为什么办不了，请上级做什么")

    def prepare(self) -> None:
        units = Unit.objects.filter(active=True, kind__in=OFFICES).exclude(pk=self.case.unit_id)
        self.fields["suggested"].offer_units(units, "不用请部门")


class Ask(StepForm):
    kind = Choice("申请什么", hint="延期要在到期前申请；挂账用于工程、季节或政策原因，由一级网格长批。")
    until = Until("到哪一天")
    words = Words("理由和计划")

    def prepare(self) -> None:
        self.fields["kind"].narrow_to(actions.kinds_to_ask_for(self.case, self.at))


class Extend(StepForm):
    until = Until("延期到哪一天")
    words = Words("理由和计划")


class Park(StepForm):
    until = Until("哪一天复核")
    words = Words("计划：分几步、谁来办、什么时候")


class Decline(StepForm):
    words = Words("不同意的理由", longest=500)


class Supervise(StepForm):
    words = Words("督办要求", longest=500)


class Finish(StepForm):
    words = Words("怎么处置的、现在怎么样")


class Settle(StepForm):
    words = Words("怎么处置的")
