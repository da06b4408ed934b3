"""Lists of persons that leave the house: one asks for a purpose, a second agrees, one download within a day.

Each person in the list has a line in the log before the file leaves, so that he or she reads of it. Children under 14
are in no list. Who objected to such use is in none either, except when there is danger (`RESPONSE`): then a list that
lacks somebody could cost a life. Rule: docs/policy/files.md.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from yige.accounts.limits import take_turn
from yige.accounts.scope import posts_with
from yige.archive import labels
from yige.archive.models import Export, Household, Label, Person, RightsRequest
from yige.archive.people import sealing
from yige.archive.people.access import seat
from yige.archive.person_fields import CLEAR, FIELD_BY_NAME, MASKED, PLAIN, words_of
from yige.archive.words import ExportPurpose, RequestKind
from yige.audit.log import action, write_many
from yige.lib import small_numbers
from yige.lib.crypto import keyed_hashes
from yige.lib.local_time import local, local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.lib.sheets import write_xlsx
from yige.lib.typed_text import clean_line

HOURS = 24
MOST_PERSONS = 3_000  # persons in one list; nobody takes a whole subdistrict away
WORDS = 200
KEEPER = "一份名单要两个人：您申请，另一位档案管理员来批。"
NOT_HERE = "只有档案管理员和本网格的三级网格长可以申请导出这里的名单。"


class ExportColumn(NamedTuple):
    """A column of a list; `purposes` are those for which it may be chosen.

    `field` is what it carries of a person (person_fields.py), `way` how: masked, in the clear, or as it stands.
    """

    name: str
    label: str
    field: str
    way: str
    purposes: tuple


# fmt: off
ANY = tuple(ExportPurpose)
AT_THE_DOOR = (ExportPurpose.NOTICE, ExportPurpose.SERVICE, ExportPurpose.RESPONSE)
WITH_NEEDS = (ExportPurpose.SERVICE, ExportPurpose.RESPONSE)
EXPORT_COLUMNS = (
    #            name          what it is called     field         in which way  for which purposes it may be chosen
    ExportColumn("door",       "住址",              "",           "",           ANY),
    ExportColumn("name",       "姓名（遮住）",        "name",       MASKED,       ANY),
    ExportColumn("name_clear", "姓名",              "name",       CLEAR,        AT_THE_DOOR),
    ExportColumn("phone",      "电话（遮住）",        "phone",      MASKED,       ANY),
    ExportColumn("phone_open", "电话",              "phone",      CLEAR,        WITH_NEEDS),
    ExportColumn("relation",   "与户主关系",         "relation",   PLAIN,        ANY),
    ExportColumn("birth_year", "出生年",            "birth_year", PLAIN,        WITH_NEEDS),
    ExportColumn("labels",     "服务标签",           "",           "",           WITH_NEEDS),
)
# fmt: on
EXPORT_COLUMN = {column.name: column for column in EXPORT_COLUMNS}


@action("archive.ask_export", makes=Export, purpose="purpose")
def ask(grid, *, by, at, id, purpose, words, columns, label="") -> Export:
    """Ask for a list of the persons of an area; how many they are is counted now, and again when it is fetched."""
    _check_asks(by, grid.path, at)
    words = clean_line(words or "")
    columns = [column.name for column in EXPORT_COLUMNS if column.name in set(columns or ())]
    _check_said(purpose, words, columns, label)
    export = Export(
        id=id, grid_path=grid.path, purpose=purpose, words=words, columns=columns, label=label, asked_at=at, asked_by=by,
    )  # fmt: skip
    export.count = persons(export, at).count()
    if not export.count:
        raise NotSaid("这个范围里没有符合的人，不用导出。", label="没有符合的人。")
    if export.count > MOST_PERSONS:
        raise NotSaid(
            f"一份名单最多 {MOST_PERSONS} 人，请缩小范围。",
            grid=f"最多 {MOST_PERSONS} 人，请选小一点的网格。",
        )
    export.save(force_insert=True)
    return export


@action("archive.decide_export")
def decide(export, *, by, at, granted, answer="") -> Export:
    """Agree or refuse; never the person who asked, and only one decision counts."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    if export.asked_by_id == by.actor_id or not may_decide(by, export, at):
        raise NotAllowed(KEEPER)
    if export.decided_at:
        raise Conflict("这份申请已经有人批过了。")
    answer = clean_line(answer or "")
    if granted is None:
        raise NotSaid("请选同意或不同意。", granted="请选同意或不同意。")
    if not granted and not answer:
        raise NotSaid("不同意的，请写为什么。", answer="请写为什么，申请人会看到。")
    if len(answer) > WORDS:
        raise NotSaid(f"意见最多 {WORDS} 个字。", answer=f"最多 {WORDS} 个字。")
    export.granted, export.answer, export.decided_at, export.decided_by = granted, answer, at, by
    export.save(update_fields=["granted", "answer", "decided_at", "decided_by"])
    return export


@action("archive.fetch_export")
def fetch(export, *, by, at) -> bytes:
    """Return the list as xlsx, once; every person in it has a line in the log before it leaves."""
    export = Export.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=export.pk)
    _check_fetch(export, by, at)
    take_turn("export.staff", by.pk, at=at)
    rows = list(persons(export, at).select_related("household__home__building")[: MOST_PERSONS + 1])
    if len(rows) > MOST_PERSONS:
        raise Conflict(f"申请以后人数超过了 {MOST_PERSONS} 人，请缩小范围重新申请。")
    held = _held(export, rows, at)
    cells = [_cells(person, export.columns, held) for person in rows]
    export.digest = keyed_hashes(f"{export.pk}|{cells}")[0]
    export.count, export.fetched_at = len(rows), at
    export.save(update_fields=["digest", "count", "fetched_at"])
    acting = seat(by, Household(grid_path=export.grid_path), at)
    write_many(
        "archive.export_person", by=acting, at=at, kind=Person._meta.label_lower, pks=[person.pk for person in rows],
        fields=export.columns, purpose=export.purpose,
    )  # fmt: skip
    return _file(export, by, at, cells)


def may_ask(by, path, at) -> bool:
    """Say whether somebody may ask for lists of this area: who keeps its files, and the head of the grid itself."""
    return bool(posts_with(by, at, "ask_for_lists", path))


def may_decide(by, export, at) -> bool:
    return bool(posts_with(by, at, "agree_to_lists", export.grid_path))


def persons(export, at) -> QuerySet:
    """Return the persons of a list in the order of their doors: no child, nobody who objected."""
    year = local_day(at).year
    rows = Person.objects.current().filter(
        household__ended_at=None, household__grid_path__startswith=export.grid_path
    )
    rows = rows.filter(Q(birth_year=None) | Q(birth_year__lt=year - 14), guardian=None)
    if export.purpose != ExportPurpose.RESPONSE:
        asked = RightsRequest.objects.filter(kind=RequestKind.OBJECT)
        rows = rows.exclude(pk__in=asked.filter(Q(answered_at=None) | Q(granted=True)).values("person"))
    if export.label:
        held = Label.objects.held_on(local_day(at)).filter(kind=export.label)
        rows = rows.filter(pk__in=held.values("person"))
    return rows.order_by("household__grid_path", "household", "id")


def told_count(export) -> str:
    """Return how large a list is, in words that single nobody out and cannot be subtracted from each other."""
    return small_numbers.band(export.count)


def ends_at(export) -> datetime | None:
    return export.decided_at + timedelta(hours=HOURS) if export.decided_at else None


def number(export) -> str:
    """Return the number of a list as it stands on every sheet of it."""
    return export.pk.hex[-12:].upper()


def _check_asks(by, path, at):
    if not may_ask(by, path, at):
        raise NotAllowed(NOT_HERE)


def _check_said(purpose, words, columns, label):
    wrong = {}
    if purpose not in ExportPurpose.values:
        wrong["purpose"] = "请选用途。"
    if not words:
        wrong["words"] = "请写清楚给谁用、做什么、用完怎么处理。"
    elif len(words) > WORDS:
        wrong["words"] = f"最多 {WORDS} 个字。"
    if not columns:
        wrong["columns"] = "请选要哪几列，用不着的不要选。"
    elif purpose in ExportPurpose.values:
        over = [column.label for column in map(EXPORT_COLUMN.get, columns) if purpose not in column.purposes]
        if over:
            wrong["columns"] = f"“{ExportPurpose(purpose).label}”用不着这几列：{'、'.join(over)}。"
    if label and label not in labels.LABEL_BY_NAME:
        wrong["label"] = labels.NO_SUCH
    elif label and purpose in ExportPurpose.values and purpose not in WITH_NEEDS:
        wrong["label"] = f"“{ExportPurpose(purpose).label}”不能按服务标签挑人。"
    if wrong:
        raise NotSaid("有几处要改一下。" if len(wrong) > 1 else next(iter(wrong.values())), **wrong)


def _check_fetch(export, by, at):
    if export.asked_by_id != by.actor_id:
        raise NotAllowed("名单只有申请的人可以下载。")
    _check_asks(by, export.grid_path, at)
    if not export.granted:
        raise NotAllowed("这份申请还没有同意，不能下载。")
    if export.fetched_at:
        raise Conflict("这份名单已经下载过一次，不能再下载。还要用，请重新申请。")
    if at > ends_at(export):
        raise Conflict(f"同意后 {HOURS} 小时没有下载，已经过期，请重新申请。")


def _held(export, rows, at):
    """Return the labels of these persons by their ids, in words; asked only where the column was chosen."""
    if "labels" not in export.columns:
        return {}
    held = Label.objects.held_on(local_day(at)).filter(person__in=[person.pk for person in rows])
    found = {}
    for pk, kind in held.order_by("kind").values_list("person_id", "kind"):
        found.setdefault(pk, []).append(labels.LABEL_BY_NAME[kind].label)
    return found


def _cells(person, columns, held):
    home = person.household.home
    others = {
        "door": f"{home.building} {home.door}" if home else "",
        "labels": "、".join(held.get(person.pk, ())),
    }
    return [others[name] if name in others else _cell(person, EXPORT_COLUMN[name]) for name in columns]


def _cell(person, column):
    if column.way == MASKED:
        return sealing.mask_value(person, column.field)
    if column.way == CLEAR:
        return sealing.open_value(person, column.field)
    value, field = getattr(person, column.field), FIELD_BY_NAME[column.field]
    return words_of(field, value) if field.choices else value


def _file(export, by, at, cells):
    """Return the xlsx: who took it, when, under which number, and that it must not be passed on, on every sheet."""
    when = f"{local(at):%Y-%m-%d %H:%M}"
    mark = f"不得转发　编号 {number(export)}　{by.name}　{when}"
    above = (
        f"{mark}　用途：{export.get_purpose_display()}，{export.words}",
        f"批准：{export.decided_by.name}　共 {len(cells)} 人　校验 {export.digest[:16]}　用完请删除；每个人都会看到这次导出。",
    )
    headings = [EXPORT_COLUMN[column].label for column in export.columns]
    return write_xlsx(
        headings, cells, sheet="名单", above=above, below=(mark,), mark=f"{mark}　校验 {export.digest[:16]}"
    )
