"""What a social organisation tells about itself, and who gets its seat."""

from yige.console.alliance.forms.volunteer_call import ALL_READ
from yige.steps.fields import Line, RowChoice, Words
from yige.web.forms import KeyedForm


class PageForm(KeyedForm):
    does = Words("做什么", longest=200, hint=ALL_READ)
    meets = Line("什么时候", longest=80, hint="例如“周二、周五下午”。")
    joins = Line("怎么参加", longest=120, hint="例如“周二下午到活动室来，第一次来先看看”。")


class SeatForm(KeyedForm):
    user = RowChoice("给哪个账号", hint="安全管理员先给这个账号“社会组织席位”的岗位，才在这里选得到。")

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(user.pk): user for user in users}
        self.fields["user"].offer([(key, user.name) for key, user in rows.items()], rows)
