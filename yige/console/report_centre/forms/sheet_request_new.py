"""The form in which a unit writes down who asks it for which sheet."""

from django import forms

from yige.accounts.models import Unit
from yige.report_centre.actions import AREAS, BASIS, CELLS, MOST_MINUTES, NAME, units_to_ask
from yige.report_centre.words import Basis, Rhythm
from yige.steps.fields import Choice, Line, UnitChoice, Words
from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm

WHOLE = f"请写 1 到 {MOST_MINUTES} 的整数。"


class RequestForm(KeyedForm):
    unit = UnitChoice("向哪个单位要")
    name = Line("表名", longest=NAME)
    asker = Line("谁来要", longest=NAME, required=False, hint="写单位，不写人名。本系统的单位请在下面选。")
    inside = UnitChoice("或者：本系统的哪个单位", required=False)
    basis_kind = Choice("依据", Basis)
    basis = Line(
        "哪一部、哪一份", longest=BASIS, required=False, hint="例如文件名称和文号。选了“没有说依据”就不用写。"
    )
    marked = forms.BooleanField(
        label="对方的表标明了表号、制定机关、批准或者备案文号、有效期限", required=False
    )
    cells = Words("要哪些内容", longest=CELLS, rows=3)
    rhythm = Choice("多久一次", Rhythm)
    minutes = WholeNumber(
        label="用手填一次大约几分钟", min_value=1, max_value=MOST_MINUTES, help_text="几个人一起填的，加起来。",
        error_messages={"required": WHOLE, "invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
    )  # fmt: skip

    def __init__(self, *args, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer_units(units_to_ask(user, at), "请选择")
        inside = Unit.objects.filter(active=True, kind__in=AREAS)
        self.fields["inside"].offer_units(inside, "不是本系统的单位")

    def clean(self):
        said = super().clean()
        self.unit = said.pop("unit", None)
        if not said.get("asker") and not said.get("inside"):
            self.add_error("asker", "请写是哪个单位来要的，或者在下面选。")
        return said
