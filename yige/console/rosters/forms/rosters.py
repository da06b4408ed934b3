"""What is said about a roster: where it comes from, for which area, and what each of its columns is."""

from typing import NamedTuple

from django import forms

from yige.archive.models import RosterSource
from yige.archive.people import queries
from yige.archive.rosters import actions, columns, reading, sealed_files
from yige.grids.models import Grid
from yige.lib import sheets
from yige.lib.sheets import NotASheet
from yige.steps.typed_fields import OneFile

BASIS_LABEL = "依法登记需要身份号码：这份名册是法律法规要求的登记"
BASIS_HINT = "不勾选，身份号码只在导入时用来核对是不是同一个人，核对完就丢掉，不保存。勾选会记进操作日志。"


class SendForm(forms.Form):
    source = forms.CharField(
        label="名册来源", max_length=actions.NAME, help_text="同一来源的列只需对照一次，比如“社区 2026 年人口台账”。",
        error_messages={"required": "请写明名册是哪里来的。"},
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )  # fmt: skip
    grid = forms.ChoiceField(
        label="导入到", help_text="只导入住在这个范围里的人；不在这里的行会列出来。",
        error_messages={"required": "请选范围。", "invalid_choice": "请选您管的网格。"},
    )  # fmt: skip
    file = OneFile(
        label="花名册文件", help_text=f"xlsx、xls、ods 或 csv，最多 {sheets.MOST_BYTES // 1024 // 1024} MB、{reading.MOST_ROWS // 10_000} 万行。",
        error_messages={"required": "请选文件。", "empty": "这个文件是空的。"},
    )  # fmt: skip

    def __init__(self, data=None, sent=None, *, user, at):
        super().__init__(data, sent)
        kept = [(path, name) for path, name in queries.grids_of(user, at) if keeps(user, path, at)]
        self.fields["grid"].choices = [("", "请选"), *kept]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > sheets.MOST_BYTES:
            raise forms.ValidationError(
                f"文件太大，最多 {sheets.MOST_BYTES // 1024 // 1024} MB，请分成几个文件。"
            )
        return file

    def clean(self):
        said = super().clean()
        self.place = Grid.objects.current().filter(path=said.pop("grid", "")).first()
        if file := said.pop("file", None):
            said |= {"file_name": file.name, "blob": file.read()}
        return said


def keeps(user, path, at):
    return any(post.rule.files == "keeper" and post.covers(path) for post in user.posts_at(at))


def sources():
    """Return the names of sources used before, the latest first."""
    return RosterSource.objects.values_list("name", flat=True)[:50]


class Heading(NamedTuple):
    """One column of the file: its field in the form, its words, what it was taken for; `never` bars it by rule."""

    field: str
    words: str
    chosen: str
    never: bool


class Columns(NamedTuple):
    """What the page asks about a file: which sheet, or what its columns are; or why it cannot be read."""

    sheets: list
    sheet: str
    headings: list
    error: str = ""


def columns_of(run, asked, said=None):
    """Read the headings of the run's file; `asked` is the sheet, `said` the form that was sent before."""
    try:
        blob = sealed_files.read_file(run)
        names = reading.sheets_of(blob)
        sheet = asked if asked in names else (names[0] if len(names) == 1 else "")
        if len(names) > 1 and not sheet:
            return Columns(names, "", [])
        remembered = run.columns.get("fields") or run.source.columns
        words = reading.headings(blob, sheet or None, remembered)
    except NotASheet as fault:
        return Columns([], "", [], str(fault))
    except FileNotFoundError:
        return Columns([], "", [], "文件已经不在了，请重新上传。")
    guessed = columns.guess(words, remembered)
    return Columns(names, sheet, [_heading(place, each, guessed, said) for place, each in enumerate(words)])


def _heading(place, words, guessed, said):
    field = f"column-{place}"
    chosen = guessed.get(words, "") if said is None else said.get(field, "")
    return Heading(field, words, chosen, columns.is_never_taken(words))


def columns_chosen(asked):
    """Return {heading: column} as the form says it; what is barred by rule or no column of ours is left out."""
    return {
        each.words: each.chosen
        for each in asked.headings
        if each.chosen in columns.ROSTER_COLUMN_BY_NAME and not each.never
    }
