"""From a sheet to a file: what is typed by hand, a file that is asked for, a file that its reader takes.

A file is for one reader and opened by nobody else; whoever lost the reach that it was cut to opens it no more. What the
worker writes into it stands in `writing.py`. Rule: docs/policy/report-centre.md.
"""

from django.db import IntegrityError, transaction

from yige.audit.log import action
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.report_centre import kept_files, queries, typed_cells
from yige.report_centre.models import AskedSheet, SheetFile, TypedCell
from yige.report_centre.reach import LOST, marks_of, still_sees
from yige.report_centre.tasks import make_later
from yige.report_centre.words import FileForm

NOT_MADE = "这张表现在不生成：{}。"


@action("report_centre.type_cells")
def type_cells(sheet, *, by, at, first, after, values) -> AskedSheet:
    """Keep what was typed by hand for a period; an empty cell stays as it was."""
    sheet = (
        AskedSheet.objects.select_for_update(of=("self",)).select_related("request__unit").get(pk=sheet.pk)
    )
    if not queries.standings_of(by, at, sheet.request.unit) and sheet.owner_id != by.pk:
        raise NotAllowed("这几格由负责这张表的单位来填。")
    if not sheet.standing_at(at).is_made:
        raise Conflict(NOT_MADE.format(sheet.standing_at(at).label))
    period = queries.span_now(sheet, at)
    if (first, after) != (period.first, period.after):
        raise Conflict("已经换了一期，请看过新的一期再填。")
    wrong, kept = {}, {}
    for place, cell in enumerate(sheet.typed):
        kept[cell["name"]], sentence = typed_cells.read_value(cell["kind"], values.get(cell["name"], ""))
        wrong |= {f"cell_{place}": sentence} if sentence else {}
    if wrong:
        raise NotSaid("有几格要改一下。" if len(wrong) > 1 else next(iter(wrong.values())), **wrong)
    keep_cells(sheet, period, {name: value for name, value in kept.items() if value}, at)
    return sheet


def keep_cells(sheet, period, values, at) -> None:
    there = queries.typed_in(sheet, period)
    for cell in sheet.typed:
        name, value = cell["name"], values.get(cell["name"])
        if value is None or (name in there and there[name].value == value):
            continue
        TypedCell.objects.update_or_create(
            sheet=sheet, first=period.first, after=period.after, name=name,
            defaults={"value": value, "kind": cell["kind"], "unit": sheet.request.unit, "typed_at": at},
        )  # fmt: skip


@action("report_centre.make_file", makes=SheetFile)
def make_file(sheet, *, by, at, id, form=FileForm.XLSX, reader=None) -> SheetFile:
    """Ask for a file of the period that the sheet tells of now; the worker writes it."""
    standing, period = sheet.standing_at(at), queries.span_now(sheet, at)
    if not standing.is_made:
        raise Conflict(NOT_MADE.format(standing.label))
    if missing := queries.cells_missing(sheet, period):
        raise NotSaid(f"还有 {len(missing)} 格没有填：{'、'.join(missing)}。填好再生成。")
    reader = reader or by
    marks = marks_of(reader, at)
    if not marks:
        raise NotAllowed("您现在的岗位看不到报表。")
    file = SheetFile(
        id=id, sheet=sheet, first=period.first, after=period.after, form=form, by=reader, reach=marks, asked_at=at,
        by_clock=by.actor_kind != "staff",
    )  # fmt: skip
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这一份正在生成，请看下面的进度。") from None
    make_later(file)
    return file


@action("report_centre.fetch_file")
def fetch_file(file, *, by, at) -> SheetFile:
    """Let its reader have the file, while it is kept and while he or she still sees what it tells."""
    if file.by_id != by.pk:
        raise NotAllowed("这份文件是给别人生成的。")
    if file.is_working or file.why:
        raise Conflict("这份文件还没有做好。")
    if not file.stored_name:
        raise Conflict(f"文件只留 {kept_files.KEPT_DAYS} 天，已经删了，请重新生成。")
    if not still_sees(by, at, file.reach):
        raise NotAllowed(LOST)
    return file
