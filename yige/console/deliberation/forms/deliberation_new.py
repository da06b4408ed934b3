"""What is typed to raise a matter."""

from django.conf import settings

from yige.cases.models import Case
from yige.console.cases.forms.intake import Phone
from yige.deliberation.words import RaisedFrom, TakenAs
from yige.lib.numbers import parse
from yige.steps.fields import Choice, Line, RowChoice, Words
from yige.web.forms import KeyedForm


class RaiseForm(KeyedForm):
    raised_from = Choice("从哪里提的", RaisedFrom, hint="来自哪里，办完以后还查得到。")
    taken_as = Choice(
        "怎么办",
        TakenAs,
        initial=TakenAs.MATTER,
        hint="要大家定的列入议事，要人去办的登记成事项，当场说清楚的写下答复。",
    )
    area = RowChoice("哪个范围的事", hint="由这个范围的社区党组织研究。")
    words = Words("提的是什么", longest=600, rows=4, hint="照说的写，只给工作人员和本人看。")
    phone = Phone(
        "提的人的手机号", longest=30, hint="档案里有的，结果写在本人的“居民议事”里。不愿意留的空着。"
    )
    answer = Words("怎么答复的", longest=600, rows=3, required=False, hint="当场答复了的才写。")
    topic = RowChoice("哪个专题", required=False, hint="来自专题的才选。")
    number = Line("事项编号", longest=40, required=False, hint="来自反复反映的事的，写其中一件的编号。")

    def __init__(self, *args, offer, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.at, self.area = user, at, None
        areas = {str(grid.pk): grid for grid in offer.areas}
        topics = {str(topic.pk): topic for topic in offer.topics}
        self.fields["area"].offer([(key, grid.name) for key, grid in areas.items()], areas)
        self.fields["topic"].offer(
            [(key, str(topic)) for key, topic in topics.items()], topics, "不是来自专题"
        )

    def clean_number(self):
        typed = self.cleaned_data["number"]
        self.case = None
        if typed:
            serial = parse(typed, settings.YIGE_DISTRICT_CODE)
            cases = Case.objects.visible_to(self.user, self.at)
            self.case = cases.filter(serial=serial).first() if serial is not None else None
            if self.case is None:
                self.add_error("number", "没有这个编号，请对一下；只找得到您能看的事项。")
        return typed

    def clean(self):
        said = super().clean()
        said.pop("number", None)
        self.area = said.pop("area", None)
        return said | {"case": getattr(self, "case", None)}
