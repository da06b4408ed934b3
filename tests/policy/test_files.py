"""Who gets which page of whose file: roles × ways × pages, as tests/policy/files.csv says, written by hand.

A way is where the household stands to the post: in its own micro-grid, next door, in the neighbour grid, the other
community, the other street; or it is linked to the person by name or by area; or the link, or the post, is over.
Words: ALLOW the page with what it is about · MASKED or HIDDEN on a list · REASON nothing before a purpose is stated ·
302, 403, 404.
"""

import csv
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import LONG_AGO
from tests.scenes import scene
from yige.accounts import roles
from yige.accounts.actors import COMMAND, Resident
from yige.accounts.models import Post
from yige.archive.models import Likeness, Link, RosterRun, RosterSource
from yige.archive.people import actions as archive
from yige.archive.people import sealing
from yige.archive.places.organisations import make_organisation
from yige.archive.places.things import make_thing
from yige.archive.rights import exports, requests
from yige.contact.models import Route, Spot, Visit
from yige.lib.local_time import local_day

# Where the household of each way stands.
PLACES = {
    "own": "/zz/js/9/1/", "sibling": "/zz/js/9/2/", "neighbour": "/zz/js/9x/1/", "community": "/zz/qh/3/1/",
    "street": "/zzz/a/1/1/", "by_name": "/zz/js/9x/2/", "by_area": "/zz/js/9x/3/", "link_over": "/zz/js/9x/4/",
    "former": "/zz/js/9/1/", "not_yet": "/zz/js/9/1/",
}  # fmt: skip
POSTS = {
    "street_head": "/zz/", "desk": "/zz/", "community_head": "/zz/js/", "grid_head": "/zz/js/9/",
    "grid_worker": "/zz/js/9/", "micro_worker": "/zz/js/9/1/", "department_handler": "/zz/", "district_seat": "/zz/", "organisation_seat": "/zz/js/",
    "party_member": "/zz/js/9/1/", "intake": "/zz/", "registrar": "/zz/", "auditor": "/zz/", "security_admin": "/zz/",
    "system_admin": "/zz/",
}  # fmt: skip
NAMES = dict(zip(PLACES, "赵钱孙李周吴郑王冯陈", strict=True))

with (Path(__file__).parent / "files.csv").open(newline="") as rows:
    TABLE = list(csv.DictReader(rows))
KINDS = [name for name in TABLE[0] if name not in ("role", "way")]
EXPECTED = {(role, way): row for row in TABLE for role in row["role"].split() for way in row["way"].split()}


def at_(path, **said):
    return lambda of: ("get", path.format(of=of), said)


# What is opened, by the kind of page that the table names.
PAGES = {
    "file": [at_("/console/households/{of.household.pk}/"), at_("/console/people/{of.person.pk}/")],
    "print": [at_("/console/households/{of.household.pk}/print/")],
    "edit": [
        *(at_(f"/console/households/{{of.household.pk}}/{verb}/") for verb in ("add-person", "contact", "safety", "move", "end")),
        *(at_(f"/console/people/{{of.person.pk}}/{verb}/") for verb in ("describe", "label", "move", "leave")),
    ],
    "reveal": [lambda of: ("post", f"/console/people/{of.person.pk}/reveal/", {"field": "phone", "reason": "visit"})],
    "visit": [at_("/work/households/{of.household.pk}/"), at_("/work/households/{of.household.pk}/visit/")],
    "visited": [at_("/work/visits/{of.visit.pk}/")],
    "place": [
        at_("/console/buildings/{of.building.pk}/"),
        at_("/console/things/{of.thing.pk}/"),
        at_("/console/organisations/{of.shop.pk}/"),
    ],
    "tend": [
        at_("/console/buildings/{of.building.pk}/change/"),
        at_("/console/things/{of.thing.pk}/change/"),
        at_("/console/organisations/{of.shop.pk}/change/"),
    ],
    "door": [at_("/console/homes/{of.home.pk}/")],
    "round": [at_("/console/patrols/spots/{of.spot.pk}/")],
    "export": [at_("/console/exports/{of.export.pk}/")],
    "request": [at_("/console/requests/{of.request.pk}/")],
    "roster": [at_("/console/rosters/{of.run.pk}/"), at_("/console/alike/{of.alike.pk}/")],
    "list": [at_("/console/households/?building={of.way}院")],
    "worklist": [at_("/work/households/?door={of.way}院")],
}  # fmt: skip


@scene
def town():
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    return here, {way: subject(here, way, at) for way in PLACES}, at


@pytest.fixture
def browsers(town):
    """A log-in for each role and way; whoever lost a post, or has not begun, holds the same one in the other street."""
    here, subjects, _ = town
    found = {("nobody", way): Client() for way in PLACES} | {
        ("none", way): browser(here.idle) for way in PLACES
    }
    today, day = local_day(timezone.now()), timedelta(days=1)
    spans = {"former": {"since": LONG_AGO, "until": today - day}, "not_yet": {"since": today + day}}
    for role, path in POSTS.items():
        now = browser(worker(f"now_{role}", role, path, here, subjects, since=LONG_AGO))
        found |= {(role, way): now for way in PLACES}
        for way, span in spans.items():
            user = worker(f"{way}_{role}", role, path, here, subjects, **span)
            Post.objects.create(
                user=user, role=role, unit=here.street_z_unit, path=path_there(path), since=LONG_AGO
            )
            found[role, way] = browser(user)
    return found


def path_there(path):
    """Return the place in the other street that is as far down."""
    return "/" + "/".join(["zzz", "a", "1", "1"][: path.count("/") - 1]) + "/"


def worker(name, role, path, here, subjects, **span):
    user = factories.user(name)
    Post.objects.create(user=user, role=role, unit=here.team_unit, path=path, **span)
    said = {"user": user, "since": LONG_AGO}
    by_name = {"kind": "household", "consented_at": factories.MONDAY_NOON, **said}
    Link.objects.create(household=subjects["by_name"].household, **by_name)
    Link.objects.create(household=subjects["link_over"].household, until=local_day(timezone.now()), **by_name)
    Link.objects.create(kind="area", path=PLACES["by_area"], **said)
    return user


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def subject(here, way, at):
    """Make a household with one of everything in the place of this way."""
    where = {"path": PLACES[way], "estate": f"{way}院", "room": "501"}
    household = factories.household(here, **where)
    person = factories.person(here, household, f"{NAMES[way]}金雀", phone="19912345678")
    archive.name_contact(household, by=COMMAND, at=at, person=person)
    grid = factories.grid(PLACES[way])
    street = "other_registrar" if way == "street" else "registrar"
    export = exports.ask(
        grid, by=getattr(here, street), at=at, purpose="notice", words="发停水通知", columns=["door"]
    )
    visit = Visit.objects.create(
        household=household, grid_path=grid.path, by=here.former, unit=here.team_unit, role_label="微网格员", mode="home", at=at
    )  # fmt: skip
    asked = requests.ask(
        person, by=Resident(person.pk, household.pk), at=at, kind="correct", words="名字写错了一个字"
    )
    route = Route.objects.create(grid=grid, grid_path=grid.path, name=f"{way}一圈")
    spot = Spot.objects.create(
        grid=grid, grid_path=grid.path, kind="facility", name=f"{way}充电棚", route=route
    )
    thing = make_thing(grid, by=COMMAND, at=at, category="01037", unit=here.bureau_unit, place=f"{way}东侧")
    shop = make_organisation(grid, by=COMMAND, at=at, kind="shop", name=f"{way}超市")
    other = factories.person(here, household, f"{NAMES[way]}金却", phone="19912345679")
    one, two = sorted((person, other), key=lambda row: row.pk)
    alike = Likeness.objects.create(one=one, other=two, grid_path=grid.path, reasons=["sound"], found_at=at)
    source = RosterSource.objects.get_or_create(name="社区", defaults={"used_at": at})[0]
    run = RosterRun.objects.create(
        source=source, grid=grid, grid_path=grid.path, file_name="a.xlsx", digest=way, state="taken", by=here.former, at=at
    )  # fmt: skip
    return SimpleNamespace(
        way=way, household=household, person=person, export=export, visit=visit, request=asked, spot=spot, thing=thing, run=run, alike=alike,
        shop=shop, home=household.home, building=household.home.building, name=sealing.mask_value(person, "name"),
    )  # fmt: skip


def cells():
    """Every (role, way, kind, how it is asked for), in the order of the table."""
    return [
        (role, way, kind, page)
        for role, way in EXPECTED
        for kind in KINDS
        for page in PAGES[kind]
    ]  # fmt: skip


def got(browser, kind, of, page):
    """Ask for a page and say in the words of the table what came."""
    method, address, said = page(of)
    response = getattr(browser, method)(address, said)
    text, status = response.text if not response.streaming else "", response.status_code
    if status == 302 and "/accounts/login/" not in response["Location"]:
        return "REASON"
    if status != 200:
        return str(status)
    return WORD[kind](text, of)


def shown(text, of):
    return "ALLOW" if of.name in text else "REASON"


def listed(text, of):
    if f"households/{of.household.pk}/" not in text:
        return "HIDDEN"
    return "CLEAR" if f"{of.name[0]}金雀" in text or "19912345678" in text else "MASKED"


def edited(text, of):
    return "REASON" if f"{of.household.pk}/purpose/" in text else "ALLOW"


def revealed(text, of):
    return "ALLOW" if "19912345678" in text else "REASON"


WORD = {
    "file": shown, "print": shown, "edit": edited, "reveal": revealed, "visit": shown,
    "visited": shown, "place": lambda text, of: "ALLOW" if of.way in text else "REASON", "list": listed,
    "tend": lambda text, of: "ALLOW", "door": lambda text, of: "ALLOW", "round": lambda text, of: "ALLOW" if of.way in text else "REASON",
    "export": lambda text, of: "ALLOW", "request": lambda text, of: "ALLOW", "worklist": listed,
    "roster": lambda text, of: "ALLOW",
}  # fmt: skip


def test_the_table_names_every_role_and_way_once():
    named = [(role, way) for row in TABLE for role in row["role"].split() for way in row["way"].split()]

    assert len(named) == len(set(named))
    assert set(named) == {(role, way) for role in (*POSTS, "none", "nobody") for way in PLACES}
    assert set(POSTS) == set(roles.ROLE_BY_NAME)
    assert len(cells()) >= 3_000


def test_everybody_gets_of_every_file_what_the_table_says(town, browsers, monkeypatch):
    monkeypatch.setattr(
        "yige.archive.people.access.take_turn", lambda *bucket, at: None
    )  # how often is too often: test_access
    _, subjects, _ = town
    wrong = []
    for role, way, kind, page in cells():
        said = got(browsers[role, way], kind, subjects[way], page)
        if said != EXPECTED[role, way][kind]:
            wrong.append(
                f"{role} {way} {kind} {page(subjects[way])[1]}: {said} instead of {EXPECTED[role, way][kind]}"
            )

    assert "\n".join(wrong) == ""
