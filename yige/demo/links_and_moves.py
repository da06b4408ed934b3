"""Who looks after whom in the demo, who wants no visits, who moved since and who works where: by the verbs alone."""

from datetime import timedelta
from random import Random

from django.db import transaction

from yige.accounts.models import User
from yige.archive.models import Home, Household, Link, Organisation, Person
from yige.archive.people import actions
from yige.archive.words import HomeUse, TieKind
from yige.demo import households, staff
from yige.demo.residents import KEEPER, moment
from yige.lib.local_time import local_day
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import linking

LINK_SEED = households.HOUSEHOLD_SEED + 30
DECLINED, MOVED, LEFT, ENDED, WORK = 100, 20, 30, 10, 120  # how many
LINKED_DAYS = (60, 500)  # ago


@transaction.atomic
def link(now):
    """Give heads and deputies their areas, and party members the households that agreed, once."""
    if Link.objects.filter(user__username="community").exists():
        return
    random, keeper = Random(LINK_SEED), User.objects.get(username=KEEPER)  # noqa: S311 a fixed seed is the point
    for person in staff.invented_staff():
        at = moment(now, random.randint(*LINKED_DAYS), 600)
        user = (
            User.objects.get(username=person.username)
            if person.role in ("community_head", "party_member")
            else None
        )
        if person.role == "community_head":
            linking.link_area(user, by=keeper, at=at, path=area_of(person))
        elif person.role == "party_member":
            _households(user, person.path, random, at)


def area_of(person):
    """The micro-grid that a head or deputy of a community looks after: one in the first grid, the other in the second."""
    return f"{person.path}{'02' if person.username.startswith('deputy') else '01'}/03/"


def _households(user, path, random, at):
    by, count = User.objects.get(username=staff.micro_worker(path)), len(households.households_of(path))
    wanted = (
        households.LINKED
        if path == households.MEMBERS_GRID
        else random.sample(range(count), random.randint(5, 10))
    )
    for place in wanted:
        household = standing(path, place)
        linking.link_household(
            household, by=by, at=max(at, household.made_at + timedelta(days=1)), user=user, consented=True
        )


def standing(path, place):
    """Return the household that the rows name, where it has lived from the first."""
    home = households.households_of(path)[place].home
    rows = Household.objects.select_related("home__building", "grid")
    return rows.get(
        home__building__estate=home.building.estate, home__building__name=home.building.name,
        home__unit=home.unit, home__room=home.room, grid_path=path,
    )  # fmt: skip


@transaction.atomic
def go_on(now):
    """Some want no visits, some moved away or across the yard, some say where they work; once, after the visits."""
    if Household.objects.exclude(declines_until=None).count() > DECLINED // 2:
        return
    random = Random(LINK_SEED + 1)  # noqa: S311
    spared = set(Link.objects.exclude(household=None).values_list("household", flat=True))
    spared |= {standing(*where).pk for where in households.STORIES}
    rows = [
        row for row in Household.objects.current().order_by("pk").select_related("home__building")[:9_000] if row.pk not in spared
    ]  # fmt: skip
    chosen = iter(random.sample(rows, DECLINED + MOVED + LEFT + ENDED))
    keeper = User.objects.get(username=KEEPER)
    for _ in range(DECLINED):
        at = moment(now, random.randint(2, 60), 900)
        until = local_day(now) + timedelta(days=random.randint(20, 300))
        s1.decline_visits(next(chosen), by=keeper, at=at, until=until)
    for _ in range(MOVED):
        _move(next(chosen), keeper, moment(now, random.randint(1, 200), 660))
    for _ in range(LEFT):
        _leave(next(chosen), keeper, moment(now, random.randint(1, 200), 660))
    for _ in range(ENDED):
        actions.end_household(next(chosen), by=keeper, at=moment(now, random.randint(1, 100), 660))
    _work(random, keeper, now)


def _move(household, by, at):
    """Across the yard, into a home that stands empty."""
    empty = Home.objects.filter(grid_path=household.grid_path, use=HomeUse.VACANT, households=None)
    home = empty.select_related("building").order_by("pk").first()
    if home is not None:
        actions.move_household(household, by=by, at=max(at, household.made_at), home=home, kind=TieKind.RENTS)


def _leave(household, by, at):
    """A grown child moves out."""
    gone = Person.objects.of(household).filter(relation="child", guardian=None).first()
    if gone is not None:
        actions.leave(gone, by=by, at=max(at, gone.made_at))


def _work(random, by, now):
    firms = list(Organisation.objects.filter(kind__in=("shop", "firm")))
    year = local_day(now).year
    able = Person.objects.current().exclude(household=None).filter(birth_year__range=(year - 58, year - 20))
    for person in random.sample(list(able.order_by("pk")[:4_000]), WORK):
        at = max(moment(now, random.randint(5, 600), 700), person.made_at)
        actions.work_at(person, by=by, at=at, organisation=random.choice(firms))
