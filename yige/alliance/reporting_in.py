"""双报到: a head writes down which units reported in to a community; its members report in themselves, where they live.

Nobody reads who reported in but the person. It decides nothing: only the message of a call made for members asks for it.
"""

from django.db import IntegrityError, transaction

from yige.accounts.actors import STRANGER
from yige.accounts.scope import posts_with
from yige.alliance.branches import oneself
from yige.alliance.call_checks import MISSING, refuse
from yige.alliance.models import ReportIn, ReportingUnit
from yige.archive.models import Person
from yige.audit.log import action
from yige.cases.screening import faults_of
from yige.grids.models import Grid, Level
from yige.lib.ids import new_id
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

NOT_A_HEAD_HERE = "报到单位由这个范围的各级网格长登记。"
ALREADY = "这个单位已经向这个社区报到了。"


@action("alliance.open_reporting_unit", makes=ReportingUnit)
def open_reporting_unit(grid, *, by, at, id, name, offers) -> ReportingUnit:
    """Write down that a unit reported in to a community, and what it offers the neighbours."""
    check_writes(grid.path, by, at)
    if grid.level != Level.COMMUNITY:
        raise NotSaid("请另选。", grid="单位向社区报到，请选一个社区。")
    wrong = {}
    for field, text in {"name": name, "offers": offers}.items():
        longest = ReportingUnit._meta.get_field(field).max_length
        if not text:
            wrong[field] = MISSING
        elif len(text) > longest:
            wrong[field] = f"最多写 {longest} 个字，现在是 {len(text)} 个。"
        elif faults := faults_of(text):
            wrong[field] = "".join(faults) + "请换个写法，人人都看得到。"
    refuse(wrong)
    row = ReportingUnit(
        id=id, grid=grid, grid_path=grid.path, name=name, offers=offers, opened_at=at, opened_by=by
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(ALREADY, name=ALREADY) from None
    return row


@action("alliance.close_reporting_unit")
def close_reporting_unit(unit, *, by, at) -> ReportingUnit:
    """Say that a unit no longer comes; who reported in themselves stays."""
    row = ReportingUnit.objects.select_for_update().get(pk=unit.pk)
    check_writes(row.grid_path, by, at)
    if row.closed_at:
        raise Conflict("已经结束了。")
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    return row


def report_in(grid, *, by, at, person, unit=None, key=None) -> Grid:
    """Report in to the community of the own home, or say anew of which unit; the log does not say who."""
    person = oneself(person, by, at)
    home = community_of_home(person)
    if home is None or home.pk != grid.pk:
        raise NotAllowed("向住的社区报到，您家不在这个社区。")
    return note_report(grid, by=STRANGER, at=at, key=key, person=person, unit=unit)


@action("alliance.report_in")
def note_report(grid, *, by, at, person, unit) -> Grid:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    ReportIn.objects.update_or_create(
        person=person,
        defaults={"grid": grid, "unit": unit},
        create_defaults={"id": new_id(), "grid": grid, "unit": unit, "reported_at": at},
    )
    return grid


def withdraw_report(grid, *, by, at, person, key=None) -> Grid:
    """Take it back: the row goes, and the log does not say whose it was."""
    return drop_report(grid, by=STRANGER, at=at, key=key, person=oneself(person, by, at))


@action("alliance.withdraw_report")
def drop_report(grid, *, by, at, person) -> Grid:
    ReportIn.objects.filter(person=person).delete()
    return grid


def report_of(person) -> ReportIn | None:
    return ReportIn.objects.filter(person=person).select_related("grid", "unit").first()


def community_of_home(person) -> Grid | None:
    """Return the community in which somebody lives, None where there is none."""
    parts = person.household.grid_path.strip("/").split("/") if person.household else []
    path = "/" + "/".join(parts[: Level.COMMUNITY]) + "/"
    return Grid.objects.public().filter(path=path, level=Level.COMMUNITY).first() if parts else None


def units_near(path="") -> list[ReportingUnit]:
    """Return the units that report in now, of a place where one is named."""
    rows = ReportingUnit.objects.current().select_related("grid")
    return list(rows.filter(grid_path__startswith=path) if path else rows)


def check_writes(path, by, at) -> None:
    if by.actor_kind != "staff" or not posts_with(by, at, "keep_branches", path):
        raise NotAllowed(NOT_A_HEAD_HERE)
