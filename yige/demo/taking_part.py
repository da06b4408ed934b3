"""Who takes part in the demo: members of branches and organisations, people and units that reported in.

In bulk with the lines of the verbs; a test lays one sample both ways and compares. Pages and seats by the verbs.
"""

from random import Random

from django.db import transaction

from yige.accounts.actors import STRANGER, Resident
from yige.accounts.models import User
from yige.alliance import branches, organisations, reporting_in
from yige.alliance.models import (
    Branch,
    Membership,
    OrganisationMember,
    OrganisationPage,
    ReportIn,
    ReportingUnit,
)
from yige.archive.models import Person
from yige.demo import subdistrict
from yige.demo.bulk_copy import RowHeap
from yige.grids.models import Grid, Level
from yige.lib.ids import new_id

OF_BRANCHES, OF_ORGANISATIONS, REPORTED = 330, 1800, 180
MOST_OF_A_GRID = 90
SEED = subdistrict.DISTRICT_SEED + 61
# fmt: off
UNITS = (
    # the community, by number      what it is called      what it offers
    (0, "演示税务所",   "每月一次政策咨询，帮忙扫雪搬东西"),
    (0, "演示图书馆",   "给孩子讲故事，送书上门"),
    (1, "演示医院",     "每月一次量血压、看报告"),
    (1, "演示供电所",   "检查楼道线路，教安全用电"),
    (2, "演示小学",     "放学以后辅导功课"),
    (2, "演示消防站",   "每季度一次楼道消防演练"),
    (3, "演示大学",     "学生志愿者教用手机"),
    (3, "演示法院",     "每月一次法律咨询"),
    (4, "演示铝厂",     "修水电、修车棚"),
    (4, "演示农商行",   "教老人防骗"),
)
# fmt: on
TIMES, WEEKEND = "点午周末月", "周末下午"
JOINING = "第一次来先看看，合适再说"


def lay_pages(head, now):
    """Write the page of every social organisation out of what the archive says, and give the accounts their seats."""
    if OrganisationPage.objects.exists():
        return
    for row in organisations.social_organisations():
        meets = row.services if set(row.services) & set(TIMES) else WEEKEND
        does = f"{row.name.removeprefix('演示')}，{row.services}"
        said = {"does": does, "meets": meets, "joins": JOINING}
        organisations.write_page(row, by=head, at=now, **said)
    for user in User.objects.filter(username__startswith="social-").order_by("username"):
        path = user.posts.get().path
        free = organisations.shown_organisations(path).filter(alliance_seats=None).order_by("name").first()
        if free:
            organisations.give_seat(free, by=head, at=now, user=user)


def lay_units(top, head, now):
    """Let units report in to the communities, once."""
    if ReportingUnit.objects.exists():
        return
    communities = communities_of(top)
    for number, name, offers in UNITS:
        if number < len(communities):
            reporting_in.open_reporting_unit(communities[number], by=head, at=now, name=name, offers=offers)


def communities_of(top):
    below = Grid.objects.public().filter(path__startswith=top, level=Level.COMMUNITY)
    return list(below.order_by("path"))


def lay_members(top, now, verbs=False):
    """Lay the members of branches and organisations and who reported in, once."""
    if Membership.objects.exists():
        return
    with transaction.atomic():
        heap = RowHeap()
        for kind, subject, person, said in takers(top, communities_of(top)):
            (by_verb if verbs else in_bulk)(heap, kind, subject, person, said, now)
        heap.write()


def takers(top, communities):
    """Yield (kind, subject, person, what is said) of everybody who takes part somewhere."""
    random = Random(SEED)  # noqa: S311 a fixed seed is the point
    rows = list(Branch.objects.filter(grid_path__startswith=top).order_by("grid_path"))
    pools = {row.grid_path: people_of(row.grid_path) for row in rows}
    for row, count in shares(rows, OF_BRANCHES):
        for number, person in enumerate(pools[row.grid_path][:count]):
            yield "branch", row, person, {"shows_name": number % 2 == 0}
    units = {grid.pk: list(ReportingUnit.objects.filter(grid=grid)) for grid in communities}
    for row, count in shares(rows, REPORTED):
        grid = next(each for each in communities if row.grid_path.startswith(each.path))
        for person in pools[row.grid_path][-count:]:
            yield "report", grid, person, {"unit": random.choice([*units[grid.pk], None])}
    shown = list(organisations.shown_organisations(top).order_by("grid_path", "name", "pk"))
    for row, count in shares(shown, OF_ORGANISATIONS):
        pool = pools.get(row.grid_path[: len(rows[0].grid_path)] if rows else "", [])
        for number, person in enumerate(random.sample(pool, min(count, len(pool)))):
            yield "organisation", row, person, {"shows_name": number % 3 == 0}


def shares(rows, whole):
    """Return [(row, its part of the whole)], the first rows one more where it does not come out even."""
    if not rows:
        return []
    each, more = divmod(whole, len(rows))
    return [(row, each + (number < more)) for number, row in enumerate(rows)]


def people_of(path):
    rows = Person.objects.current().filter(grid_path__startswith=path, birth_year__range=(1945, 2000))
    return list(rows.exclude(phone_index=None).order_by("made_at", "id")[:MOST_OF_A_GRID])


def in_bulk(heap, kind, subject, person, said, at):
    moment = {"report": "reported_at"}.get(kind, "joined_at")
    act, model, column = {
        "branch": (branches.take_in, Membership, "branch"),
        "organisation": (organisations.note_member, OrganisationMember, "organisation"),
        "report": (reporting_in.note_report, ReportIn, "grid"),
    }[kind]
    heap.did(act, subject, by=STRANGER, at=at, person=person, **said)
    heap.add(model(id=new_id(), person=person, **{column: subject, moment: at}, **said))


def by_verb(heap, kind, subject, person, said, at):
    act = {
        "branch": branches.join_branch,
        "organisation": organisations.join_organisation,
        "report": reporting_in.report_in,
    }[kind]
    act(subject, by=Resident(person.pk, person.household_id), at=at, person=person, **said)
