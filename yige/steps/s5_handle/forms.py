"""What has to be said in step 5."""

from yige.accounts.models import Unit, UnitKind
from yige.cases import hearing
from yige.duty_list.queries import listed_words, rows_holding
from yige.lib.local_time import local_day
from yige.lib.refusals import NotSaid
from yige.steps.fields import Choice, Day, Line, Moment, StepForm, UnitChoice, Until, Words
from yige.steps.s5_handle import actions, raising
from yige.whistles import calling
from yige.whistles.words import Part

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
    tried = Words(
        "本级做过什么、为什么办不了",
        hint="找过谁、试过什么办法、卡在哪里。反映人看得到，不写反映人的姓名电话。",
    )
    asked = Words("请上级做什么", hint="一两句话写清楚，上级照着办。")

    def prepare(self) -> None:
        self.fields["tried"].initial = raising.tried_so_far(self.case)
        units = Unit.objects.filter(active=True, kind__in=OFFICES).exclude(pk=self.case.unit_id)
        self.fields["suggested"].offer_units(units, "不用请部门")


class Assign(StepForm):
    unit = UnitChoice("交给哪个单位", hint="区级部门和公用企业里有人在岗的。")
    words = Words("请它做什么")

    def prepare(self) -> None:
        units = {post.unit_id: post.unit for post in raising.district_posts(self.case, self.at)}
        self.fields["unit"].offer_units(units.values(), "请选择")


class SendDown(StepForm):
    answer = Words("答复：能不能办、为什么", hint="反映人也看得到。")
    direction = Words("请下级接着做什么")


class ReportCity(StepForm):
    number = Line("市级编号", longest=raising.LONGEST_NUMBER, hint="市级平台或来文上的编号；以后照它去问。")
    sent_on = Day("哪一天报的")
    tried = Words("区级做过什么、为什么办不了")
    asked = Words("请市级做什么")


class AnswerCity(StepForm):
    answer = Words("市级怎么答复的")
    answered_on = Day("哪一天答复的")


class TakeBack(StepForm):
    words = Words("为什么收回、街道怎么办")


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


class AskWhistle(StepForm):
    trigger = Choice("属于哪一种情形", hint="只有这三种情形可以吹哨。")
    tried = Words("试过什么、本级为什么办不了")
    wanted = Words("想请哪些单位、各做什么")


class RefuseWhistle(StepForm):
    words = Words("为什么不吹哨，该怎么办", longest=500)


class Whistle(StepForm):
    """Sounding a whistle: the lead and up to `MOST_ROWS` units that assist, each with what is asked of it."""

    trigger = Choice("属于哪一种情形", hint="只有这三种情形可以吹哨。")
    matter = Words("请来办什么事", hint="被请的单位都看得到，不要写反映人的姓名、电话、门牌。")
    tried = Words("本级试过什么、为什么办不了")
    meet_place = Line("碰头的地点", longest=200, required=False)
    meet_at = Moment("碰头的时间", required=False, hint="由街道来定；先吹哨后定也可以。")

    MOST_ROWS = 6

    def prepare(self) -> None:
        units = Unit.objects.filter(active=True, kind__in=calling.CALLABLE)
        for number in range(self.MOST_ROWS):
            label = "牵头单位" if number == 0 else f"配合单位 {number}"
            self.fields[f"unit_{number}"] = field = UnitChoice(label, required=number == 0)
            field.offer_units(units, "请选择")
            self.fields[f"asked_{number}"] = Words("请它做什么", longest=500, rows=2, required=number == 0)
            self.fields[f"reached_{number}"] = Line("谁接的电话", longest=100, required=False)
        if self.case is not None:
            self.propose_units(rows_holding(self.case.category_id, local_day(self.at)))

    def propose_units(self, listed) -> None:
        """Begin with the units of the duty list where it names one answer; where it depends on the place, only say so."""
        self.fields["unit_0"].help_text = listed_words(listed)
        if len(listed) == 1:
            named = [listed[0].lead_id, *listed[0].assist_ids][: self.MOST_ROWS]
            self.initial = {f"unit_{number}": str(pk) for number, pk in enumerate(named)} | self.initial

    def rows(self) -> list[tuple]:
        """Return the fields of each unit, for the page: (unit, asked, reached)."""
        return [
            (self[f"unit_{number}"], self[f"asked_{number}"], self[f"reached_{number}"])
            for number in range(self.MOST_ROWS)
        ]

    def clean(self) -> dict:
        """Say beside the row what is asked of nobody, what cannot be called, who stands there twice."""
        said = super().clean()
        chosen = set()
        for number in range(self.MOST_ROWS):
            unit, asked = said.get(f"unit_{number}"), said.get(f"asked_{number}")
            if unit and not asked and f"asked_{number}" not in self.errors:
                self.add_error(f"asked_{number}", f"请写明请{unit}做什么。")
            if asked and not unit and f"unit_{number}" not in self.errors:
                self.add_error(f"unit_{number}", "写了做什么，还没有选单位。")
            if unit in chosen:
                self.add_error(f"unit_{number}", calling.TWICE.format(unit=unit.name))
            elif unit:
                self._check_row(number)
                chosen.add(unit)
        return said

    def _check_row(self, number) -> None:
        try:
            calling.check_call(self._call(number), self.at)
        except NotSaid as refusal:
            for name, sentence in refusal.fields.items():
                if f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", sentence)

    def _call(self, number) -> calling.CallAsked:
        said = [self.cleaned_data.get(f"{name}_{number}") for name in ("unit", "asked", "reached")]
        unit, asked, reached = said
        return calling.CallAsked(unit, Part.ASSIST if number else Part.LEAD, asked or "", reached or "")

    def arguments(self) -> dict:
        said = self.cleaned_data
        calls = [self._call(number) for number in range(self.MOST_ROWS) if said.get(f"unit_{number}")]
        plain = ("trigger", "matter", "tried", "meet_at", "meet_place")
        return {name: said[name] for name in plain} | {"calls": calls}
