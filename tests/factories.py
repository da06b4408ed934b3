"""One place that knows how a valid town, its people and a case in any state look; cases are made by the verbs.

The paths are chosen to catch a careless prefix: the grid is /zz/js/9/, its neighbour /zz/js/9x/.
"""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from yige.accounts.actors import COMMAND, STRANGER, LinkHolder
from yige.accounts.models import Post, Unit, User
from yige.archive.models import Building, Home, Link
from yige.archive.people import actions as archive
from yige.cases import actions, reports
from yige.cases.hearing import ways_to_reach
from yige.cases.models import Case, Category
from yige.cases.reporters import ReporterContact
from yige.grids.models import Grid
from yige.steps.s3_report import actions as s3
from yige.steps.verbs import VERBS

MONDAY_NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai, a working day
LONG_AGO = date(2020, 1, 1)
LONG_AGO_NOON = datetime(2025, 6, 2, 4, 0, tzinfo=UTC)
LAMP = "facilities.street-lamp"
PASSWORD = "correct-horse-battery"

# role, place, unit of every person of the town; the names are the users' names
PEOPLE = {
    "street_head": ("street_head", "/zz/", "street"),
    "desk": ("desk", "/zz/", "street"),
    "community_head": ("community_head", "/zz/js/", "community"),
    "grid_head": ("grid_head", "/zz/js/9/", "team"),
    "worker": ("grid_worker", "/zz/js/9/", "team"),
    "micro": ("micro_worker", "/zz/js/9/1/", "team"),
    "member": ("party_member", "/zz/js/9/1/", "team"),
    "department": ("department_handler", "/zz/", "bureau"),
    "seat": ("district_seat", "/zz/", "district"),
    "choir": ("organisation_seat", "/zz/js/", "community"),
    "intake": ("intake", "/zz/", "station"),
    "registrar": ("registrar", "/zz/", "street"),
    "second_registrar": ("registrar", "/zz/", "street"),
    "auditor": ("auditor", "/zz/", "street"),
    "security": ("security_admin", "/zz/", "street"),
    "system": ("system_admin", "/zz/", "street"),
    "neighbour_head": ("grid_head", "/zz/js/9x/", "team_x"),
    "neighbour_worker": ("grid_worker", "/zz/js/9x/", "team_x"),
    "other_registrar": ("registrar", "/zzz/", "street_z"),
    "other_desk": ("desk", "/zzz/", "street_z"),
}
PLACES = {
    "street": "/zz/",
    "community": "/zz/js/",
    "grid": "/zz/js/9/",
    "micro_grid": "/zz/js/9/1/",
    "neighbour_grid": "/zz/js/9x/",
    "other_street": "/zzz/",
}
UNITS = {
    "street": ("street", "/zz/"),
    "community": ("community", "/zz/js/"),
    "team": ("grid_team", "/zz/js/9/"),
    "team_x": ("grid_team", "/zz/js/9x/"),
    "bureau": ("department", ""),
    "district": ("district", ""),
    "property": ("property", ""),
    "station": ("station", "/zz/"),
    "street_z": ("street", "/zzz/"),
}


def town():
    """Make the whole place: grids, units, one person for each role, a former head, somebody without a post."""

    grids = {name: grid(path) for name, path in PLACES.items()}
    units = {
        slug: Unit(slug=slug, name=f"单位{slug}", kind=kind, path=path)
        for slug, (kind, path) in UNITS.items()
    }
    Unit.objects.bulk_create(units.values())
    secret = make_password(PASSWORD)
    people = {
        name: User(username=name, name=f"某{name}", password=secret) for name in (*PEOPLE, "former", "idle")
    }
    User.objects.bulk_create(people.values())
    posts = [
        Post(user=people[name], role=role, unit=units[slug], path=path, since=LONG_AGO)
        for name, (role, path, slug) in PEOPLE.items()
    ]
    gone = Post(
        user=people["former"], role="grid_head", unit=units["team"], path="/zz/js/9/", since=LONG_AGO,
        until=MONDAY_NOON.date() - timedelta(days=1),
    )  # fmt: skip
    Post.objects.bulk_create([*posts, gone])
    return SimpleNamespace(**grids, **{f"{name}_unit": row for name, row in units.items()}, **people)


def grid(path="/zz/js/9/", **fields):
    """Return the grid with this path, made with all above it."""
    found = Grid.objects.filter(path=path).first()
    if found:
        return found
    parts = path.strip("/").split("/")
    above = "/" + "/".join(parts[:-1]) + "/"
    fields.setdefault("name", f"网格{'-'.join(parts)}")
    return Grid.objects.create(
        level=len(parts), path=path, code="-".join(parts), valid_from=LONG_AGO,
        parent=grid(above) if len(parts) > 1 else None, **fields,
    )  # fmt: skip


def unit(slug="team", kind="grid_team", path="/zz/js/9/", name=None):
    row, _ = Unit.objects.get_or_create(
        slug=slug, defaults={"name": name or f"单位{slug}", "kind": kind, "path": path}
    )
    return row


def user(username="worker", name=None):
    return User.objects.create_user(username, PASSWORD, name=name or f"某{username}")


def staff(username, role, path, unit, *, since=LONG_AGO, until=None):
    """Make a user who holds one post."""
    person = user(username)
    Post.objects.create(user=person, role=role, unit=unit, path=path, since=since, until=until)
    return person


def category(slug=LAMP):
    """Return a category of the installed tree."""
    if not Category.objects.exists():
        actions.install()
    return Category.objects.get(slug=slug)


def reported(here, *, at=MONDAY_NOON, by=STRANGER, key=None, **said):
    """Report a broken lamp in the grid of a town, or what `said` says by the names of a case's fields."""
    place, contact, photos = said.pop("grid", here.grid), said.pop("contact", None), said.pop("photos", ())
    said = {"words": "路灯不亮好几天了", "place": "3号楼", **said}
    said["category"] = said.get("category") or category()
    values = {
        "problem": take(reports.Problem, said),
        "location": take(reports.Location, said),
        "origin": take(reports.Origin, said),
        "contact": ReporterContact(**contact) if contact else None,
    }
    return s3.report(place, by=by, at=at, key=key, photos=photos, **values, **said)


def take(value, said):
    """Take the parts of a value out of what was said."""
    return value(**{name: said.pop(name) for name in value._fields if name in said})


def life(here, until="cleared", *, at=MONDAY_NOON, every=timedelta(minutes=10), case=None, **said):
    """Bring a case to a state by its verbs, one act every ten minutes, by the people who do it in life.

    `until` is a state (or "progressed"); `said` goes to the report. The path is the ordinary one through the grid's own team.
    """
    case = case or reported(here, at=at, **said)
    for step, (verb, by, words) in enumerate(path_to(until, here, case), 1):
        case = VERBS[verb](case, by=by, at=at + step * every, **words)
    return Case.objects.select_related("unit", "handler", "category", "grid").get(pk=case.pk)


def path_to(until, here, case):
    """Return (verb, who, what is said) of every act after the report, up to a state."""
    reporter = LinkHolder(case.pk)
    sides = {
        "reported": [],
        "rejected": [("reject", here.desk, {"reason": "outside", "words": "请联系邻街道"})],
        "withdrawn": [("withdraw", reporter, {"words": "已经好了"})],
    }
    if until in sides:
        return sides[until]
    if until == "merged":
        return [("merge", here.desk, {"into": reported(here, at=case.reported_at)})]
    acts = [
        ("accepted", "accept", here.desk, {"category": case.category, "urgency": case.urgency, "nature": case.nature}),
        ("dispatched", "dispatch", here.desk, {"unit": here.team_unit, "person": here.worker}),
        ("signed", "sign", here.worker, {}),
        ("handling", "contact", here.worker, {"how": ways_to_reach(case)[0], "words": "约了下午去看"}),
        ("progressed", "progress", here.worker, {"words": "灯头坏了，明天换"}),
        ("handled", "finish", here.worker, {"words": "换了灯头"}),
        ("closed", "close", here.desk, {"words": "灯已亮"}),
        ("cleared", "rate", reporter, {"contacted": True, "solved": "yes", "satisfied": "yes"}),
    ]  # fmt: skip
    names = [state for state, *_ in acts]
    return [(verb, by, words) for _, verb, by, words in acts[: names.index(until) + 1]]


def act(name, case, **how):
    """Call a verb by its name in the table."""
    return VERBS[name](case, **how)


def building(here, path="/zz/js/9/1/", estate="向阳小院", name="3号楼"):
    """Return the building of this name in the grid with this path."""
    place = grid(path)
    found = Building.objects.filter(estate=estate, name=name).first()
    return found or Building.objects.create(grid=place, grid_path=place.path, estate=estate, name=name)


def home(here, room="501", unit="2", **where):
    """Return a home in a building of the town."""
    block = building(here, **where)
    found, _ = Home.objects.get_or_create(
        building=block, unit=unit, room=room, defaults={"grid_path": block.grid_path}
    )
    return Home.objects.select_related("building").get(pk=found.pk)


def household(here, *, at=LONG_AGO_NOON, by=COMMAND, **where):
    """Open the file of a household in its own home, by default in the micro-grid of the town."""
    return archive.make_household(home(here, **where), by=by, at=at)


def person(here, of, name="王小英", *, at=LONG_AGO_NOON, by=COMMAND, **said):
    """Add a person to a household."""
    return archive.add_person(
        of, by=by, at=at, name=name, **{"birth_year": 1948, "phone": "19900000001", **said}
    )


def family(here, *, at=LONG_AGO_NOON, **where):
    """Open the file of a household of two, with whom to speak to first."""
    made = household(here, at=at, **where)
    first = person(here, made, at=at)
    person(here, made, "李建国", at=at, relation="spouse", phone="19900000002")
    return archive.name_contact(made, by=COMMAND, at=at, person=first)


def linked_household(here, user=None, **where):
    """Return a household that agreed to be linked to the town's party member."""
    made = household(here, **where)
    Link.objects.create(
        kind="household", user=user or here.member, household=made, consented_at=MONDAY_NOON, since=LONG_AGO
    )
    return made
