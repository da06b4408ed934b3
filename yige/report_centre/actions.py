"""Every write to the registry of sheets that are asked for: asked, answered, listed, changed, renewed, ended."""

from yige.accounts.models import Unit, UnitKind
from yige.audit.log import action
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.lib.typed_text import clean_line
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind
from yige.report_centre import columns as catalogue
from yige.report_centre import queries
from yige.report_centre.models import AskedSheet, SheetRequest
from yige.report_centre.request_rules import KEEPER, REFUSAL_BY_NAME, why_no_refusal, why_not
from yige.report_centre.terms import LONGEST_MONTHS, last_due_day, latest_end
from yige.report_centre.words import Answer, Basis, Rhythm

NOT_HERE = "这张表不在您的范围里。"
KEEPERS = "清单由街道来管。"
MOST_MINUTES = 2_000
NAME, BASIS, CELLS, WORDS = 60, 200, 500, 300
AREAS = (UnitKind.STREET, UnitKind.COMMUNITY, UnitKind.GRID_TEAM, UnitKind.DEPARTMENT, UnitKind.UTILITY)


@action("report_centre.ask_sheet", makes=SheetRequest)
def ask_sheet(
    unit, *, by, at, id, name, asker, basis_kind, cells, rhythm, minutes, basis="", marked=False, inside=None
) -> SheetRequest:
    """Write down that somebody asks a unit for a sheet; nobody has to fill anything yet."""
    if not queries.standings_of(by, at, unit):
        raise NotAllowed(NOT_HERE)
    request = SheetRequest(
        id=id, unit=unit, name=clean_line(name)[:NAME], asker=clean_line(inside.name if inside else asker)[:NAME],
        inside=inside, basis_kind=basis_kind, basis=clean_line(basis), marked=bool(marked), cells=clean_line(cells),
        rhythm=rhythm, minutes=minutes, asked_at=at, asked_by=by,
    )  # fmt: skip
    check_request(request)
    request.save(force_insert=True)
    title = f"{request.asker}要一张表：{request.name}"
    tell(request, at, queries.people_told(unit, at) - {by.pk}, title, f"向{unit}要，请答复。")
    return request


def check_request(request) -> None:
    wrong = {}
    if not request.name:
        wrong["name"] = "请写表名。"
    if not request.asker:
        wrong["asker"] = "请写是哪个单位来要的。"
    if not request.cells or len(request.cells) > CELLS:
        wrong["cells"] = f"请写要哪些内容，最多 {CELLS} 个字。"
    if request.basis_kind != Basis.NONE and not request.basis:
        wrong["basis"] = "请写是哪一部、哪一份，对方说不出来就选“没有说依据”。"
    elif len(request.basis) > BASIS:
        wrong["basis"] = f"最多写 {BASIS} 个字。"
    if request.inside and request.inside.kind not in AREAS:
        wrong["inside"] = "请另选一个单位。"
    if not 1 <= request.minutes <= MOST_MINUTES:
        wrong["minutes"] = f"请写 1 到 {MOST_MINUTES} 分钟。"
    say(wrong)


@action("report_centre.answer_sheet")
def answer_exists(request, *, by, at, sheet, words) -> SheetRequest:
    """Answer that the house has it: from this sheet of the list, as often as it is wanted."""
    request = lock_request(request)
    check_answer(request, Answer.EXISTS, by, at)
    if not queries.sheets_to_answer_from(request, at).filter(pk=sheet.pk).exists():
        raise NotSaid("请另选一张表。", sheet="请选一张这个单位在用的表。")
    return record_answer(request, Answer.EXISTS, words, by, at, answered_from=sheet)


@action("report_centre.refuse_sheet")
def refuse_sheet(request, *, by, at, refusal, words) -> SheetRequest:
    """Refuse to fill it, by a rule that lets the unit; the rule is said to whoever asks."""
    request = lock_request(request)
    check_answer(request, Answer.REFUSED, by, at)
    if refusal not in REFUSAL_BY_NAME:
        raise NotSaid("请选按哪一条规定。", refusal="请选按哪一条规定。")
    if sentence := why_no_refusal(refusal, queries.facts_of(request, at)):
        raise NotSaid(sentence, refusal=sentence)
    return record_answer(request, Answer.REFUSED, words, by, at, refusal=refusal)


@action("report_centre.list_sheet", makes=AskedSheet)
def list_sheet(request, *, by, at, id, words, owner, until, **view) -> AskedSheet:
    """Adopt it into the list: what it shows, whose it is, when it is made, until when it stands."""
    request = lock_request(request)
    check_answer(request, Answer.LISTED, by, at)
    sheet = AskedSheet(
        id=id, request=request, name=request.name, owner=owner, until=until, minutes=request.minutes, listed_at=at,
        listed_by=by,
    )  # fmt: skip
    put_view(sheet, view)
    say(wrong_with(sheet, at))
    sheet.save(force_insert=True)
    record_answer(request, Answer.LISTED, words, by, at)
    return sheet


@action("report_centre.change_sheet")
def change_sheet(sheet, *, by, at, owner, until, words="", **view) -> AskedSheet:
    """Change what a sheet shows, whose it is, or its term; what was made of it before stays as it was made."""
    sheet = lock_sheet(sheet, by, at)
    sheet.owner = owner
    if until != sheet.until:
        sheet.until, sheet.renewed_at = until, at
    put_view(sheet, view)
    say(wrong_with(sheet, at))
    sheet.save()
    return sheet


@action("report_centre.renew_sheet")
def renew_sheet(sheet, *, by, at, until) -> AskedSheet:
    """Let a sheet stand on for at most twelve months from today."""
    sheet = lock_sheet(sheet, by, at)
    say(wrong_term(until, at))
    sheet.until, sheet.renewed_at, sheet.warned_for = until, at, None
    sheet.save(update_fields=["until", "renewed_at", "warned_for"])
    return sheet


@action("report_centre.end_sheet")
def end_sheet(sheet, *, by, at, words) -> AskedSheet:
    """Take a sheet off the list; it stays to be read."""
    sheet = lock_sheet(sheet, by, at)
    words = clean_line(words)
    if not words:
        raise NotSaid("请写为什么停用。", words="请写为什么停用。")
    sheet.ended_on, sheet.ended_words = local_day(at), words[:200]
    sheet.save(update_fields=["ended_on", "ended_words"])
    tell(
        sheet.request, at, {sheet.owner_id} - {by.actor_id}, f"报表停用了：{sheet}", sheet.ended_words, sheet
    )
    return sheet


# ── what they share ──


def put_view(sheet, view) -> None:
    for name in ("columns", "grouping", "span", "filters", "typed", "rhythm", "due_day"):
        setattr(sheet, name, view[name])


def wrong_with(sheet, at) -> dict:
    """Return what is wrong with a sheet as it would stand, a sentence beside each field."""
    wrong = catalogue.faults(sheet.columns, sheet.grouping, sheet.filters) | wrong_term(sheet.until, at)
    if sheet.rhythm != Rhythm.ONCE and not 1 <= sheet.due_day <= last_due_day(sheet.rhythm):
        wrong["due_day"] = f"请写 1 到 {last_due_day(sheet.rhythm)}。"
    if not queries.possible_owners(sheet.request.unit, at).filter(pk=sheet.owner_id).exists():
        wrong["owner"] = "请选这个单位或街道管清单的人。"
    return wrong


def wrong_term(until, at) -> dict:
    if until <= local_day(at):
        return {"until": "请写今天以后的日子。"}
    if until > latest_end(local_day(at)):
        return {
            "until": f"最多 {LONGEST_MONTHS} 个月，到 {latest_end(local_day(at))} 为止；到时候还要用再续。"
        }
    return {}


def say(wrong) -> None:
    if wrong:
        raise NotSaid("有几处要改一下。" if len(wrong) > 1 else next(iter(wrong.values())), **wrong)


def check_answer(request, answer, by, at) -> None:
    standings = queries.standings_of(by, at, request.unit)
    if not standings:
        raise NotAllowed(NOT_HERE)
    if sentence := why_not(answer, queries.facts_of(request, at), standings):
        raise Conflict(sentence) if request.answered_at else NotAllowed(sentence)


def record_answer(request, answer, words, by, at, **more) -> SheetRequest:
    words = clean_line(words)
    if not words or len(words) > WORDS:
        raise NotSaid("请写答复的话。", words=f"请写给对方的话，最多 {WORDS} 个字。")
    for name, value in {
        "answer": answer,
        "words": words,
        "answered_at": at,
        "answered_by": by,
        **more,
    }.items():
        setattr(request, name, value)
    request.save()
    people = (queries.people_told(request.unit, at) | {request.asked_by_id}) - {by.pk}
    tell(request, at, people, f"要表的答复了：{request.name}", f"{request.get_answer_display()}。{words}")
    return request


def tell(request, at, people, title, body, sheet=None) -> None:
    about = Subject(SubjectKind.SHEET, sheet.pk) if sheet else Subject(SubjectKind.SHEET_REQUEST, request.pk)
    notices.tell_staff(people, kind="sheet", title=title, body=body, at=at, subject=about)


def lock_request(request) -> SheetRequest:
    return SheetRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=request.pk)


def lock_sheet(sheet, by, at) -> AskedSheet:
    """Return the row of a sheet that may still be changed, for whoever keeps the list over its unit."""
    rows = AskedSheet.objects.select_for_update(of=("self",)).select_related("request__unit")
    sheet = rows.get(pk=sheet.pk)
    if by.actor_kind == "staff" and KEEPER not in queries.standings_of(by, at, sheet.request.unit):
        raise NotAllowed(KEEPERS)
    if sheet.ended_on:
        raise Conflict("这张表已经停用了。")
    return sheet


def units_to_ask(user, at) -> list[Unit]:
    """Return the units for which somebody may write down that a sheet is asked of them."""
    units = Unit.objects.filter(active=True, kind__in=AREAS).order_by("kind", "path", "name")
    return [unit for unit in units if queries.standings_of(user, at, unit)]
