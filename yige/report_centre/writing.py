"""What the worker writes into the file of a sheet, row by row, with the progress; safe to be done again."""

from collections.abc import Iterator
from itertools import chain

from django.db import transaction

from yige.assessment.periods import Period
from yige.cases.unit_figures import reach_words
from yige.lib import sheets
from yige.lib.local_time import local
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind
from yige.report_centre import kept_files, queries, typed_cells, views
from yige.report_centre.models import SheetFile
from yige.report_centre.reach import LOST, still_sees
from yige.report_centre.terms import period_words
from yige.report_centre.version import definitions_version
from yige.report_centre.words import FileForm

STEP = 2_000  # rows between two looks at the progress


def write(file, at) -> SheetFile:
    """Write the file; safe to be called again. What it says of itself is decided here, not when it was asked for."""
    period = Period(file.first, file.after)
    view, reader = views.view_of(file.sheet), file.by
    if not still_sees(reader, at, file.reach):
        return fail(file, LOST, at)
    total = views.length(view, reader, at, period)
    SheetFile.objects.filter(pk=file.pk).update(total=total, done=0)
    found = with_progress(file, views.lines(view, reader, at, period))
    with kept_files.new_file(file.form) as (path, name):
        above = origin(file.sheet, reader, at, period)
        cells = typed_lines(file.sheet, period)
        save(path, file, views.headings(view), chain(found, [[], *cells] if cells else ()), above)
    finish(file, at, name, kept_files.digest(name))
    return file


def save(path, file, headings, rows, above) -> None:
    if file.form == FileForm.CSV:
        with open(path, "wb") as out:
            out.writelines(sheets.write_csv([above[0]], chain([headings], rows)))
        return
    sheets.save_xlsx(str(path), headings, rows, sheet=file.sheet.name, above=above, mark=above[0])


def with_progress(file, rows) -> Iterator[list]:
    """Pass the rows on and say from time to time how many they were."""
    done = 0
    for done, row in enumerate(rows, 1):
        if done % STEP == 0:
            SheetFile.objects.filter(pk=file.pk).update(done=done)
        yield row
    file.done = done


def typed_lines(sheet, period) -> list[list]:
    """Return the cells that were typed by hand, each a line under the table, as what they are."""
    there = queries.typed_in(sheet, period) if sheet.typed else {}
    return [
        [f"手填：{cell['name']}", typed_cells.value_of(there[cell["name"]].kind, there[cell["name"]].value)]
        for cell in sheet.typed
        if cell["name"] in there
    ]


def origin(sheet, reader, at, period) -> list[str]:
    """Return the lines that stand above every sheet: where it comes from, by which definitions, made when, of which reach."""
    made = f"{local(at):%Y-%m-%d %H:%M}"
    first = f"yige · 口径版本 {definitions_version()} · 生成时间 {made}"
    return [first, f"{sheet.name}　{period_words(period)}　范围：{reach_words(reader, at)}"]


@transaction.atomic
def finish(file, at, name, digest) -> None:
    """Say that it is done; the owner of what the clock made is told."""
    kept = SheetFile.objects.filter(pk=file.pk, ended_at=None)
    done = {"done": file.done, "total": file.done, "ended_at": at, "stored_name": name, "digest": digest}
    if not kept.update(**done):
        kept_files.remove(name)  # somebody else finished it meanwhile
    elif file.by_clock:
        about = Subject(SubjectKind.SHEET, file.sheet_id)
        title = f"报表做好了：{file.sheet}"
        notices.tell_staff(
            [file.by_id],
            kind="sheet",
            title=title,
            body="打开这张表下载，文件留 30 天。",
            at=at,
            subject=about,
        )


def fail(file, sentence, at) -> SheetFile:
    SheetFile.objects.filter(pk=file.pk, ended_at=None).update(why=sentence, ended_at=at)
    return file
