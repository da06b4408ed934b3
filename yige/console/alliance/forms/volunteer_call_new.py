"""A new call: what is needed, where, when, how many, what one should know how to do."""

from django.forms import BooleanField

from yige.alliance.actions import LATE_WORDS
from yige.alliance.words import HelpSkill
from yige.console.alliance.forms.volunteer_call import ALL_READ, Number
from yige.steps.fields import Choice, Line, Moment, RowChoice, Words
from yige.web.forms import KeyedForm


class NewCallForm(KeyedForm):
    title = Line("做什么", longest=30, hint="一句话，例如“一起清理楼道杂物”。")
    words = Words("具体要做的", longest=400, rows=4, hint="要带什么、会不会脏、老人孩子能不能来。" + ALL_READ)
    area = RowChoice("给哪一片的邻里看")
    place = Line("在哪里集合", longest=60, hint="写到楼就行，不写门牌。")
    starts_at = Moment("什么时候开始")
    ends_at = Moment("什么时候结束")
    wanted = Number("要几位", hint="报满以后来的人排队，有人退了按先后问下一位。")
    skill = Line("要会什么", longest=40, required=False, hint="什么都不用会的，空着。")
    needs = Choice(
        "正好是哪一样",
        HelpSkill,
        required=False,
        hint="选了，这一片说过会这个、那时有空的邻里会收到一条短信。没有名单。",
    )
    tells_members = BooleanField(label="告诉这一片支部和双报到的党员", required=False)
    late_words = Words(
        "临时来不了的，对他说什么", longest=120, required=False, rows=2, hint=f"空着就说：{LATE_WORDS}"
    )

    def __init__(self, *args, areas, organisation=None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(grid.pk): grid for grid in areas}
        if organisation is not None:
            self.fields["tells_members"].label = "告诉参加我们的人"
        self.fields["area"].offer([(key, grid.name) for key, grid in rows.items()], rows)

    def clean(self):
        said = super().clean()
        self.area = said.pop("area", None)
        said["needs"] = said.get("needs") or ""
        return said
