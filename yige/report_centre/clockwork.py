"""What time does with sheets: makes them on their day, asks for the cells that are missing, ends those nobody renews."""

from collections import Counter

from yige.accounts.actors import CLOCK
from yige.lib.local_time import local_day
from yige.lib.refusals import Refusal
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind
from yige.report_centre import actions, kept_files, making, queries
from yige.report_centre.models import AskedSheet, SheetFile
from yige.report_centre.terms import due_since, is_over

NOBODY_RENEWED = "到期 30 天没有人续，自己停了。"


def wake(at) -> Counter:
    """Do what is due today; done once for each period and each term, however often it is called."""
    day, done = local_day(at), Counter()
    for sheet in AskedSheet.objects.standing().select_related("request__unit", "owner").order_by("pk"):
        done += end_of_term(sheet, day, at) or make_due(sheet, day, at)
    return done + kept_files.forget_files(at)


def end_of_term(sheet, day, at) -> Counter:
    standing = sheet.standing_at(at)
    if is_over(sheet.until, day):
        actions.end_sheet(sheet, by=CLOCK, at=at, words=NOBODY_RENEWED)
        return Counter(ended_sheets=1)
    if standing.waits_for and sheet.warned_for != sheet.until:
        AskedSheet.objects.filter(pk=sheet.pk).update(warned_for=sheet.until)
        people = queries.people_told(sheet.request.unit, at) | {sheet.owner_id}
        tell(people, sheet, at, f"报表要到期了：{sheet}", f"到 {sheet.until} 为止，还要用就续，不用就停。")
        return Counter(warned_sheets=1) + (make_due(sheet, day, at) if standing.is_made else Counter())
    return Counter()


def make_due(sheet, day, at) -> Counter:
    """Make the file of this round for its owner, or say once which cells it waits for."""
    if not sheet.standing_at(at).is_made or due_since(sheet.rhythm, sheet.due_day, day) is None:
        return Counter()
    period = queries.span_now(sheet, at)
    if SheetFile.objects.filter(sheet=sheet, first=period.first, after=period.after, by_clock=True).exists():
        return Counter()
    if missing := queries.cells_missing(sheet, period):
        return remind(sheet, period, missing, at)
    try:
        making.make_file(
            sheet, by=CLOCK, at=at, reader=sheet.owner, key=f"{sheet.pk}:{period.first}:{period.after}"
        )
    except Refusal as refusal:
        return tell_not_made(sheet, period, refusal.sentence, at)
    return Counter(made_sheets=1)


def remind(sheet, period, missing, at) -> Counter:
    if sheet.reminded_for == period.first:
        return Counter()
    AskedSheet.objects.filter(pk=sheet.pk).update(reminded_for=period.first)
    tell(
        {sheet.owner_id},
        sheet,
        at,
        f"报表还差 {len(missing)} 格：{sheet}",
        f"只有这几格要手填：{'、'.join(missing)}。",
    )
    return Counter(reminded_sheets=1)


def tell_not_made(sheet, period, sentence, at) -> Counter:
    """Tell those who can put it right, once a period: its owner may have another post by now."""
    if sheet.reminded_for == period.first:
        return Counter()
    AskedSheet.objects.filter(pk=sheet.pk).update(reminded_for=period.first)
    tell(queries.people_told(sheet.request.unit, at), sheet, at, f"报表没有生成：{sheet}", sentence)
    return Counter(left_sheets=1)


def tell(people, sheet, at, title, body) -> None:
    notices.tell_staff(
        people, kind="sheet", title=title, body=body, at=at, subject=Subject(SubjectKind.SHEET, sheet.pk)
    )
