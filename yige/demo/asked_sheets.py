"""The demo's report centre, written by the verbs: a sheet that fills itself, one with two cells by hand, one whose term is
over, and a request that was refused."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction

from yige.audit.log import was_done
from yige.demo.story_context import StoryContext
from yige.lib.local_time import local_day
from yige.report_centre import actions
from yige.report_centre.words import Basis, Rhythm

WISH_KEY, LIST_KEY, REFUSE_KEY = "demo-wish-{}", "demo-listed-{}", "demo-refused-{}"
CELLS = ({"name": "开了几次会", "kind": "number"}, {"name": "参加的居民代表", "kind": "number"})


class Wish(NamedTuple):
    """A sheet that somebody asked for so many days ago; `stands` days from then it is on the list, none where refused."""

    name: str
    asker: str
    basis_kind: str
    basis: str
    cells: str
    minutes: int
    days_ago: int
    stands: int = 0
    view: dict = {}
    typed: tuple = ()


BY_UNIT = {
    "columns": ["matters", "still_open", "late", "kept__of", "kept__met", "kept__share"],
    "grouping": "unit",
}
BY_KIND = {"columns": ["matters", "still_open", "reopened_once"], "grouping": "category"}
ROWS = {
    "columns": ["number", "category", "community", "unit", "reported_at", "closed_at", "days"],
    "grouping": "",
}
WISHES = (
    Wish("事项办理月报", "区城市运行中心（演示）", Basis.DECISION, "区政府办公室 2026 年 5 号文（演示）", "各单位件数、办结、超时", 90,
         60, 300, BY_UNIT),
    Wish("居民议事月报", "区民政局（演示）", Basis.DECISION, "区民政局年度工作要点（演示）", "各类事项件数，开会次数和人数", 60, 45, 300, BY_KIND,
         CELLS),
    Wish("扬尘问题台账", "区生态环境分局（演示）", Basis.DECISION, "专项行动方案（演示）", "每一件在哪里、什么时候办结", 120, 200, 195, ROWS),
    Wish("群众工作周报", "区某协会（演示）", Basis.NONE, "", "每周走访了几户、发了几条信息、拍了几张照片", 40, 20),
)  # fmt: skip


def write_sheets(now):
    """Write every request and its answer that does not stand yet."""
    cast = StoryContext()
    with transaction.atomic():
        for wish in WISHES:
            write_wish(wish, cast, now - timedelta(days=wish.days_ago), now)


def write_wish(wish, cast, at, now):
    desk, key = cast.user("desk"), WISH_KEY.format(wish.name)
    if was_done("report_centre.ask_sheet", desk, key):
        return
    request = actions.ask_sheet(
        cast.units["street"], by=desk, at=at, key=key, name=wish.name, asker=wish.asker, basis_kind=wish.basis_kind,
        basis=wish.basis, cells=wish.cells, rhythm=Rhythm.MONTHLY, minutes=wish.minutes,
    )  # fmt: skip
    if not wish.stands:
        said = {
            "refusal": "not_listed",
            "words": "不在街道的报表清单上，也没有说依据，不填。平台公开的数请直接看。",
        }
        actions.refuse_sheet(request, by=cast.user("street"), at=at, key=REFUSE_KEY.format(wish.name), **said)
        return
    actions.list_sheet(
        request, by=desk, at=at, key=LIST_KEY.format(wish.name), words="已列入清单，每月 2 日从平台取。", owner=desk,
        until=local_day(at) + timedelta(days=wish.stands), span="last_month", filters={}, typed=list(wish.typed),
        rhythm=Rhythm.MONTHLY, due_day=2, **wish.view,
    )  # fmt: skip
