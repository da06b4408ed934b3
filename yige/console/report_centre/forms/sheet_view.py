"""The form of a sheet of the list: which columns, filters and days, which cells by hand, whose, until when."""

from datetime import timedelta

from django import forms

from yige.cases.models import Category
from yige.cases.words import Channel, Urgency
from yige.lib.local_time import local_day
from yige.report_centre import columns as catalogue
from yige.report_centre.actions import WORDS
from yige.report_centre.queries import possible_owners
from yige.report_centre.terms import LAST_DUE_DAY, SPANS
from yige.report_centre.typed_cells import names_as_text, read_names
from yige.report_centre.views import View
from yige.report_centre.words import Rhythm
from yige.steps.fields import Choice, Day, RowChoice, Words
from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm

ANY = "不限"
WHOLE = f"请写 1 到 {LAST_DUE_DAY} 的整数。"
KINDS = (
    ("row", "一件一行的列", "只列公共事项，没有姓名、电话、问题描述、门牌。"),
    ("count", "数件数的列", "选了分组才有。"),
    ("figure", "单位考评的数", "选了按单位、按社区、只要合计才有；和“单位考评”是同一个数。"),
)


class Optional(Choice):
    """One of a closed list, or any."""

    def __init__(self, label, choices):
        super().__init__(label, choices, required=False)
        self.choices = [("", ANY), *list(self.choices)[1:]]


class Columns(forms.MultipleChoiceField):
    def __init__(self):
        wrong = {
            "required": catalogue.NO_COLUMNS,
            "invalid_choice": catalogue.UNKNOWN,
            "invalid_list": catalogue.UNKNOWN,
        }
        super().__init__(
            label="列",
            choices=[(each.name, each.label) for each in catalogue.CATALOGUE],
            error_messages=wrong,
        )


class ViewForm(KeyedForm):
    grouping = Choice("怎么分组", [(each.name or "rows", each.label) for each in catalogue.GROUPINGS])
    columns = Columns()
    span = Choice("哪段时间", SPANS)
    moment = Choice("按哪个时间算", catalogue.MOMENTS, initial="reported_at")
    condition = Optional("办得怎样", catalogue.CONDITIONS[1:])
    category = Optional("大类", ())
    channel = Optional("来源", Channel.choices)
    urgency = Optional("紧急程度", Urgency.choices)
    typed = Words(
        "平台没有、要手填的格", longest=800, required=False, rows=3,
        hint="一行一格，后面可以写类型，例如：参加人数（数）、会议日期（日期）、备注（字）。越少越好，每月数一次。",
    )  # fmt: skip
    rhythm = Choice("多久一次", Rhythm)
    due_day = WholeNumber(
        label="第几天自动生成", min_value=1, max_value=LAST_DUE_DAY, initial=1,
        help_text="每周的从周一数，每月、每季、每年的从 1 日数。只要一次的不自动生成。",
        error_messages={"required": WHOLE, "invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
    )  # fmt: skip
    owner = RowChoice("谁负责", hint="生成的文件给他，只看得到他看得到的。")
    until = Day("到哪天为止", hint="最多 12 个月，到时候还要用再续。")
    words = Words("给对方的话", longest=WORDS, rows=2, hint="例如：已列入清单，每月 1 日从平台取。")

    def __init__(self, *args, about, at, sheet=None, **kwargs):
        kwargs["initial"] = first_values(about, sheet, at)
        super().__init__(*args, **kwargs)
        self.outside = about.leaves_the_house
        owners = {str(user.pk): user for user in possible_owners(about.unit, at)}
        self.fields["owner"].offer([(pk, user.name) for pk, user in owners.items()], owners)
        classes = [(each.slug, each.label) for each in Category.objects.classes()]
        self.fields["category"].choices = [("", ANY), *classes]
        if sheet:
            del self.fields["words"]

    def clean_grouping(self):
        chosen = self.cleaned_data["grouping"]
        return "" if chosen == "rows" else chosen

    def clean_typed(self):
        cells, sentence = read_names(self.cleaned_data["typed"])
        if sentence:
            raise forms.ValidationError(sentence)
        return cells

    def clean(self):
        said = super().clean()
        names = ("moment", "condition", "category", "channel", "urgency")
        said["filters"] = {name: value for name in names if (value := said.pop(name, None))}
        for field, sentence in self.view_faults(said).items():
            self.add_error(field, sentence)
        return said

    def view_faults(self, said):
        """Say what does not go together as soon as both parts are there, so that a preview is told it too."""
        if "columns" not in said or said.get("grouping") is None:
            return {}
        return catalogue.faults(said["columns"], said["grouping"], said["filters"])

    def view(self):
        """Return what the form shows, where its parts go together; None where not."""
        said = self.cleaned_data
        if {"columns", "grouping", "span"} & set(self.errors) or not said.get("columns"):
            return None
        return View(tuple(said["columns"]), said["grouping"], said["filters"], self.outside)

    def column_groups(self):
        """Return (heading, hint, [(column, whether it is chosen)]) of each kind of column."""
        chosen = set(self["columns"].value() or ())
        for kind, heading, hint in KINDS:
            yield (
                heading,
                hint,
                [(each, each.name in chosen) for each in catalogue.CATALOGUE if each.of == kind],
            )


def first_values(about, sheet, at):
    if sheet is None:
        until = local_day(at) + timedelta(days=180)
        return {
            "rhythm": about.rhythm,
            "span": "last_month",
            "moment": "reported_at",
            "until": until,
            "due_day": 1,
        }
    return {
        "grouping": sheet.grouping or "rows", "columns": sheet.columns, "span": sheet.span, "moment": "reported_at",
        **sheet.filters, "typed": names_as_text(sheet.typed), "rhythm": sheet.rhythm, "due_day": sheet.due_day,
        "owner": str(sheet.owner_id), "until": sheet.until,
    }  # fmt: skip
