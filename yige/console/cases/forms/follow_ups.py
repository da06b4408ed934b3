"""A call-back: what is said, what is asked, and what is written down afterwards."""

from django import forms

from yige.cases import after_closing, hearing
from yige.cases.words import HeardHow, Satisfaction, SolvedAnswer
from yige.steps.fields import Choice, Words
from yige.steps.s7_clear import actions as s7
from yige.steps.s7_clear.end_checks import rating_of

QUESTIONS = ("contacted", "solved", "satisfied")


class CallForm(forms.Form):
    """One attempt: not reached, or reached with the three answers; who said “partly” is asked again about that alone."""

    how = Choice("怎么问的", HeardHow)
    reached = forms.ChoiceField(
        label="联系上了吗？",
        choices=[("yes", "联系上了"), ("no", "没有联系上")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项。", "invalid_choice": "请选一项。"},
    )
    contacted = Choice("一、办理中有人联系过您吗？", [("yes", "联系过"), ("no", "没有")], coerce="yes".__eq__)
    solved = Choice("二、问题解决了吗？", SolvedAnswer)
    satisfied = Choice("三、您满意吗？", Satisfaction)
    words = Words("反映人的话，或没联系上的情况", required=False, longest=500, rows=2)

    use_required_attribute = False  # the three questions go away when nobody was reached

    def __init__(self, *args, case, at, **kwargs):
        self.case, self.at = case, at
        super().__init__(*args, **kwargs)
        ways = hearing.ways_to_hear(case)
        self.fields["how"].narrow_to(ways)
        self.fields["how"].initial = ways[0] if ways else None
        if rating_of(case):
            del self.fields["contacted"], self.fields["satisfied"]
            self.fields["solved"].label = "上次说部分解决，现在解决了吗？"
        for name in QUESTIONS:
            if name not in self.fields:
                continue
            self.fields[name].required = self.data.get("reached") != "no"
            self.fields[name].error_messages["required"] = "联系上了的，请把这一问也问了。"

    def asked(self) -> list:
        """Return the questions as they are drawn."""
        return [self[name] for name in QUESTIONS if name in self.fields]

    def clean_reached(self):
        reached = self.cleaned_data["reached"]
        if reached == "no" and after_closing.had_a_vain_call_on(self.case, self.at):
            raise forms.ValidationError("今天已经打过一次没联系上，请改天再打，隔一天才算第二次。")
        return reached


def record_call(form, case, *, by, at, key, seen):
    """Keep the attempt; when the reporter was reached, keep the answers and do what follows from them."""
    said = form.cleaned_data
    answers = {name: said.get(name) for name in QUESTIONS}
    return s7.follow_up(
        case, by=by, at=at, key=key, seen=seen, reached=said["reached"] == "yes", how=said["how"],
        words=said["words"], **answers,
    )  # fmt: skip


def call_script(case, leader, unit):
    """Return what to say, sentence by sentence: what was reported, and what was done about it where it was handled."""
    done = next(
        (entry.said.get("words", "") for entry in leader.entries.order_by("-at") if entry.verb == "finish"),
        "",
    )
    together = (
        [f"别人也反映了这件事，是和编号 {leader.number} 的合在一起办的。"] if leader.pk != case.pk else []
    )
    return [
        f"您好，我是{unit}的，打电话回访您反映的事，只耽误您两分钟。",
        f"您反映的是“{case.category}”，{f'地点在{case.place}，' if case.place else ''}编号 {case.number}。",
        *together,
        f"承办单位{leader.unit or ''}说已经这样办了：{done}"
        if done
        else f"承办单位{leader.unit or ''}说已经办好了。",
        "我问您三句话，您照实说就行，怎么说都不影响您。",
    ]
