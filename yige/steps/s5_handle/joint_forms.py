"""What has to be said in joint work, by verb: of a called unit, of the street to it, of a whistle, of a step."""

from django import forms

from yige.accounts.models import Unit
from yige.steps.fields import Choice, Day, Line, Moment, UnitChoice, Until, Words, yes_no
from yige.steps.s5_handle.calls import CALL_VERBS
from yige.steps.s5_handle.joint_plan import STEP_VERBS, WHISTLE_VERBS, leader_of, name_lead
from yige.whistles import calling
from yige.whistles.models import Call
from yige.whistles.words import CALL_OPEN, Part, ReleaseReason, Ruling

PHONE_FIRST = "没有账号也没有人值班的单位，先打电话再写。"
VERBS = CALL_VERBS | WHISTLE_VERBS | STEP_VERBS | {"name_lead": name_lead}


class JointForm(forms.Form):
    """The form of one verb about one row: a whistle, a call or a step."""

    def __init__(self, *args, row, at, **kwargs):
        self.row, self.at = row, at
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Set choices and first values that depend on the row."""

    def arguments(self) -> dict:
        """Return what the verb is called with, once the form is valid."""
        return dict(self.cleaned_data)


def offer_callable(field, whistle_id, empty) -> None:
    """Offer the units that a whistle may still call; say beside the field which were released and stay so."""
    calls = Call.objects.filter(whistle=whistle_id).select_related("unit").order_by("called_at", "pk")
    units = Unit.objects.filter(active=True, kind__in=calling.CALLABLE)
    field.offer_units(units.exclude(calls__whistle=whistle_id), empty)
    field.turn_away({str(call.unit_id): calling.why_not_again(call) for call in calls})
    field.help_text += calling.released_hint(calls)


class ContactLine(Line):
    """Who it is and which number to call: words that stay on no device."""

    def __init__(self, label, **how):
        super().__init__(label, **how)
        self.widget.attrs["data-yg-private"] = ""


class Sign(JointForm):
    person = ContactLine(
        "谁来办、怎么联系", longest=100, hint="写工作电话；只有街道、社区和网格的负责人看得到。"
    )


class Contact(JointForm):
    person = ContactLine("谁来办、怎么联系", longest=100)
    discussed = Line("和街道谁商量的", longest=200)
    measure = Words("什么措施", longest=500)
    until = Until("什么时候办完")

    def prepare(self) -> None:
        self.initial = {"person": self.row.person} | self.initial


class Arrive(JointForm):
    words = Words("到了以后看到什么、先做什么", longest=500)


class NoteProgress(JointForm):
    words = Words("做了什么、下一步", longest=500)
    until = Until("什么时候办完", required=False, hint="现在说得出的，写上日子。")


class Deliver(JointForm):
    words = Words("怎么办的、现在怎么样", longest=500)


class RefuseDuty(JointForm):
    words = Words("为什么不是本单位的事", longest=500, hint="由一级网格长来定；定下来以前时间照算。")
    basis = Line("依据哪一条", longest=200, required=False)
    suggested = UnitChoice("该由谁办", required=False)

    def prepare(self) -> None:
        units = Unit.objects.filter(active=True, kind__in=calling.CALLABLE).exclude(pk=self.row.unit_id)
        self.fields["suggested"].offer_units(units, "不清楚")


class DecideDuty(JointForm):
    ruling = Choice("怎么定", Ruling)
    instead = UnitChoice("改请哪家单位", required=False, hint="定为改请别的单位时要选。")
    reached = Line("谁接的电话", longest=100, required=False, hint=PHONE_FIRST)
    words = Words("理由和依据", longest=500)

    def prepare(self) -> None:
        offer_callable(self.fields["instead"], self.row.whistle_id, "不用改请")


class Confirm(JointForm):
    words = Words("要说的话", longest=500, rows=2, required=False)


class TurnBack(JointForm):
    words = Words("还差什么", longest=500)


class Release(JointForm):
    reason = Choice("为什么不用来了")
    words = Words("说明", longest=500)

    def prepare(self) -> None:
        self.fields["reason"].take_from(ReleaseReason)
        self.fields["reason"].narrow_to(
            [reason for reason in ReleaseReason if reason != ReleaseReason.NOT_THEIRS]
        )


class Assess(JointForm):
    passed = yes_no(
        "办得行不行", "行", "不行", hint="单位先看到，可以回应一次；两边的话都留着，不打分、不排名。"
    )
    words = Words("说一句怎么样：来得及时吗，办好了吗", longest=500)


class Answer(JointForm):
    words = Words("回应", longest=500, hint="只能回应一次。")


class NameLead(JointForm):
    pass


class SetMeeting(JointForm):
    meet_at = Moment("碰头的时间")
    meet_place = Line("碰头的地点", longest=200)

    def prepare(self) -> None:
        self.initial = {"meet_at": self.row.meet_at, "meet_place": self.row.meet_place} | self.initial


class CallUnit(JointForm):
    unit = UnitChoice("请哪家单位")
    part = Choice("牵头还是配合", Part)
    asked = Words("请它做什么", longest=500)
    reached = Line("谁接的电话", longest=100, required=False, hint=PHONE_FIRST)

    def prepare(self) -> None:
        offer_callable(self.fields["unit"], self.row.pk, "请选择")
        if leader_of(self.row):
            self.fields["part"].narrow_to([Part.ASSIST])
            self.initial = {"part": Part.ASSIST} | self.initial


class AddStep(JointForm):
    unit = UnitChoice("哪个单位")
    words = Line("做什么", longest=200)
    due_on = Day("哪一天前")

    def prepare(self) -> None:
        units = Unit.objects.filter(calls__whistle=self.row, calls__state__in=CALL_OPEN)
        self.fields["unit"].offer_units(units, "请选择")


class Stabilise(JointForm):
    words = Words("现在怎么样、还有什么要修", longest=500)


class EndWhistle(JointForm):
    words = Words("办成了什么样", longest=1000)


class ShiftStep(JointForm):
    due_on = Day("改到哪一天前")
    words = Line("为什么改", longest=200)


class FinishStep(JointForm):
    words = Words("怎么做的", longest=500)


class AcceptStep(JointForm):
    pass


class RedoStep(JointForm):
    words = Line("还差什么", longest=200)


class DropStep(JointForm):
    words = Line("为什么不做了", longest=200)


def form_class(verb) -> type:
    """Return the class whose name is the verb's: `turn_back` → `TurnBack`."""
    return globals()["".join(word.capitalize() for word in verb.split("_"))]


JOINT_FORMS = {verb: form_class(verb) for verb in VERBS}
# Pictures help to see what was done; none is ever required.
PHOTO_VERBS = ("arrive", "note_progress", "deliver", "finish_step")


def joint_form(verb, data=None, *, row, at, initial=None) -> JointForm:
    """Return the form of a verb of joint work."""
    return JOINT_FORMS[verb](data, row=row, at=at, initial=initial, auto_id=f"{verb}_%s")
