"""Rosters as people send them, made for tests: workbooks of rows, runs brought as far as a test needs."""

import io
from datetime import timedelta

import xlsxwriter

from tests.factories import MONDAY_NOON, building
from yige.archive.models import RosterRow, RosterRun
from yige.archive.rosters import actions, job

AT = MONDAY_NOON
HEADINGS = ["姓名", "身份证号", "联系电话", "出生年", "性别", "与户主关系", "户主", "家庭住址"]
FIELDS = {
    "姓名": "name", "身份证号": "identity", "联系电话": "phone", "出生年": "born", "性别": "sex", "与户主关系": "relation",
    "户主": "head", "家庭住址": "address",
}  # fmt: skip
HOME = "向阳小院3号楼2单元501"
FAMILY = [
    ["王示例", "", "19900000001", "1958", "男", "户主", "王示例", HOME],
    ["李示例", "", "19900000002", "1960", "女", "配偶", "王示例", HOME],
    ["王小示", "", "", "2016", "男", "孙辈", "王示例", HOME],
]


def workbook(rows, *, headings=HEADINGS, sheets=("数据",), before=None):
    """Return an xlsx with these rows on every sheet; `before(page)` writes above or beside them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties(
            {"created": AT.replace(tzinfo=None)}
        )  # the same rows are the same bytes a second later
        for name in sheets:
            page = book.add_worksheet(name)
            first = before(page) or 0 if before else 0
            for number, row in enumerate([headings, *rows] if headings else rows, first):
                for column, value in enumerate(row):
                    page.write(number, column, value)
    return out.getvalue()


def sent(here, blob, *, by=None, at=AT, grid=None, source="社区台账", name="名册.xlsx"):
    return actions.send_roster(
        grid or here.grid, by=by or here.registrar, at=at, source=source, file_name=name, blob=blob
    )


def checked(here, rows, *, fields=FIELDS, basis="", headings=HEADINGS, at=AT, blob=None, **how):
    """Send a roster, say what its columns are, and let the worker check it."""
    building(here)
    run = sent(here, blob or workbook(rows, headings=headings), at=at, **how)
    actions.map_columns(run, by=here.registrar, at=at, fields=fields, basis=basis)
    return worked(run, at)


def taken(here, rows, *, at=AT, **how):
    """Bring a roster all the way in."""
    run = checked(here, rows, at=at, **how)
    actions.confirm(run, by=here.registrar, at=at + timedelta(minutes=5))
    return worked(run, at + timedelta(minutes=6))


def worked(run, at=AT):
    job.work(run.pk, at)
    return RosterRun.objects.select_related("grid", "source", "by").get(pk=run.pk)


def verdicts(run):
    return list(RosterRow.objects.filter(run=run).order_by("number").values_list("verdict", flat=True))


def reasons(run):
    return list(RosterRow.objects.filter(run=run).order_by("number").values_list("why", flat=True))


GOOD = ["王示例", "", "19900000001", "1958", "男", "户主", "", HOME]


def row(**said):
    """Return a good row, but for what is said."""
    return [said.get(FIELDS[heading], value) for heading, value in zip(HEADINGS, GOOD, strict=True)]


def many(count, *, room=1):
    """Return so many people, each alone at a door."""
    return [
        [
            f"赵示{chr(0x4E00 + n)}",
            "",
            f"1990002{n:04d}",
            "1970",
            "男",
            "户主",
            "",
            f"向阳小院3号楼2单元{n + room}01",
        ]
        for n in range(count)
    ]
