"""An attacker collects every number that somebody can read over one area, of two days, and solves for what is hidden."""

import json
import random
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.contact import former_rules
from tests.contact.attacker import about_of, between, equal, interval_of, known, narrowed, plain, tables
from tests.factories import LONG_AGO_NOON, grid
from tests.scenes import scene
from yige.archive.labels import LABELS
from yige.archive.models import Building, Export, Home, Household, Label, Person
from yige.archive.rights import exports
from yige.contact.published_figures import publish_figures
from yige.grids.models import Grid
from yige.lib import short_cache

AT = timezone.make_aware(datetime(2026, 11, 23, 9))  # noqa: DTZ001
READERS = ("street_head", "desk", "community_head", "registrar", "member")
FIGURES = {"户数": "households", "75天内走到": "met", "久未走访": "late"}
SERVICES = {label.label: label.name for label in LABELS}
# households, met, not visited for long, of those left: no visits wished; the last two are too small to be told alone
GRIDS = {
    "/zz/js/9/": (69, 54, 13, 2), "/zz/js/8/": (31, 31, 0, 0), "/zz/js/7/": (36, 31, 1, 4), "/zz/js/6/": (40, 0, 40, 0),
    "/zz/js/5/": (16, 11, 4, 1), "/zz/js/4/": (16, 1, 15, 0),
}  # fmt: skip
ALONE = [path for path, (households, *_) in GRIDS.items() if households >= 30]
LIVING_ALONE = {
    "/zz/js/9/": 7,
    "/zz/js/8/": 0,
    "/zz/js/7/": 36,
    "/zz/js/6/": 1,
    "/zz/js/5/": 3,
    "/zz/js/4/": 0,
}
PICKS = {"down": lambda base: 0, "up": lambda base: base - 1, "at random": random.Random(7).randrange}


def settle(path, kinds, labelled=0):
    """Fill a grid with households of these kinds, the first two in buildings of their own; the first are labelled."""
    place = grid(path)
    names = [f"{Building.objects.count() + number}号楼" for number in range(min(len(kinds), 3))]
    blocks = Building.objects.bulk_create(
        Building(grid=place, grid_path=path, estate=place.name, name=name) for name in names
    )
    homes = Home.objects.bulk_create(
        Home(building=blocks[min(number, len(blocks) - 1)], grid_path=path, room=str(101 + number))
        for number in range(len(kinds))
    )
    households = Household.objects.bulk_create(
        Household(
            grid=place, grid_path=path, home=dwelling, made_at=AT if kind == "young" else LONG_AGO_NOON,
            met_at=AT - timedelta(days=3) if kind == "met" else None,
            declines_until=AT.date() + timedelta(days=90) if kind == "declined" else None,
        )
        for dwelling, kind in zip(homes, kinds, strict=True)
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(household=household, grid_path=path, name_sealed=b"", made_at=LONG_AGO_NOON)
        for household in households[:labelled]
    )
    until = AT.date() + timedelta(days=300)
    Label.objects.bulk_create(
        Label(person=person, kind="living_alone", granted_at=AT, until=until) for person in people
    )


@scene
def settled(here):
    for path, (count, met, late, declined) in GRIDS.items():
        kinds = ["met"] * met + ["late"] * late + ["declined"] * declined
        settle(path, kinds + ["young"] * (count - len(kinds)), LIVING_ALONE[path])
    return here


def pages(user):
    """Yield every page, panel, layer and list with numbers of households that somebody can open over the area."""
    client = Client()
    client.force_login(user)
    paths = ["/zz/js/", *(f"{path}" for path in GRIDS)]
    buildings = list(Building.objects.filter(grid_path="/zz/js/9/").values_list("pk", flat=True)[:2])
    addresses = [
        "/console/contact/", "/console/people-map/", "/console/buildings/", "/console/promises/", "/console/",
        "/console/exports/", "/console/exports/new/", *(f"/console/exports/{row.pk}/" for row in Export.objects.all()),
        "/work/", "/work/households/", "/work/patrol/", "/console/patrols/",
        *(f"/console/people-map/?grid={path}" for path in paths),
        *(f"/console/people-map/?building={pk}" for pk in buildings),
        *(f"/console/buildings/?grid={path}" for path in paths), *(f"/console/buildings/{pk}/" for pk in buildings),
        *(f"/console/people-map/layers/{name}.json" for name in ("areas", "buildings")),
    ]  # fmt: skip
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200:
            yield address, response.text


def claims_of(user, when):
    """Return what somebody reads, as claims about {(path, figure, when)}; what a community says is its grids and the rest."""
    names = {f"网格{path.strip('/').replace('/', '-')}": path for path in ("/zz/", "/zz/js/", *GRIDS)}
    told = {}
    for address, text in pages(user):
        if address.endswith("areas.json"):
            for path, (households, late, _, _, _, services) in json.loads(text).items():
                told.update({(path, "households"): households, (path, "late"): late})
                told.update(services_in(path, services.split("，")))
            continue
        for name, row in (pair for table in tables(text) for pair in table):
            if name in names:
                told.update(
                    {(names[name], FIGURES[head]): words for head, words in row.items() if head in FIGURES}
                )
        if "只要有这种服务的" in text and "<dt>人数</dt>" in text:
            told.update(list_size_in(text, names))
        if "?grid=" in address and "<dt>服务标签</dt>" in text:
            part = plain(text.partition("<dt>服务标签</dt>")[2].partition("</dd>")[0])
            told.update(services_in(address.partition("=")[2], part.split("，")))
    return [
        claim for (path, figure), words in told.items() for claim in claim_of(path, figure, words, told, when)
    ]


def list_size_in(text, names):
    """A list of those with a label says how many of them an area has."""
    said = {
        part.partition("</dt>")[0]: plain(part.partition("</dt>")[2].partition("</dd>")[0])
        for part in text.split("<dt>")[1:]
    }
    words = said["人数"].removesuffix("（申请时）").strip().removesuffix("人")
    return {(names[said["范围"]], SERVICES[said["只要有这种服务的"]]): words}


def services_in(path, parts):
    pairs = (part.strip().rsplit(" ", 1) for part in parts if " " in part.strip())
    return {(path, SERVICES[label]): words for label, words in pairs if label in SERVICES}


def claim_of(path, figure, words, told, when):
    """A grid's number is about itself; a community's less those of its grids is what was published of its rest."""
    if interval_of(words) is None or path == "/zz/":
        return []
    if path != "/zz/js/":
        return [between([(path, figure, when)], interval_of(words))]
    rest = [(path, figure, when) for path in GRIDS if path not in ALONE]
    if figure == "households":
        known_parts = sum(interval_of(told.get((path, figure), "0"))[0] for path in ALONE)
        return [between(rest, [interval_of(words)[0] - known_parts] * 2)]
    published = about_of(words) - sum(about_of(told.get((path, figure), "0")) for path in ALONE)
    return [between(rest, (max(published - 4, 0), published + 4))]


def structure(when):
    """What everybody knows without a page: households are met, late or neither; who declines is among the last."""
    for path, (households, *_) in GRIDS.items():
        yield known((path, "households", when), households)  # who counted the doors knows the whole exactly
        yield equal((path, "households", when), [(path, name, when) for name in ("met", "late", "rest")])
        yield equal((path, "rest", when), [(path, "declined", when), (path, "young", when)])


def hidden(path, when):
    return [(path, name, when) for name in ("met", "late", "rest", "declined", "living_alone")]


@pytest.mark.parametrize("who", ["community_head", "member", "street_head"])
def test_pages_of_visits_say_no_number_of_households(settled, who):
    """`/work/` is read by heads too; it lists who waits and counts nothing."""
    texts = [
        plain(text.partition("<main")[2])
        for address, text in pages(getattr(settled, who))
        if "/work/" in address
    ]

    assert bool(texts) == (who != "street_head")
    assert [found for text in texts for found in re.findall(r"\d+ ?[户人套]", text)] == []


def test_the_size_of_a_list_of_persons_says_no_more_than_what_was_published(settled):
    said = {"purpose": "service", "words": "送水到门口", "columns": ["door"], "label": "living_alone"}
    exports.ask(Grid.objects.get(path="/zz/js/7/"), by=settled.registrar, at=AT, **said)

    bounds = narrowed(claims_of(settled.registrar, 1))

    assert bounds["/zz/js/7/", "living_alone", 1] == (20, 49)


@pytest.mark.parametrize("pick", PICKS)
@pytest.mark.parametrize("who", READERS)
def test_nothing_hidden_becomes_known_from_all_that_somebody_reads(settled, who, pick):
    publish_figures(AT, PICKS[pick])

    claims = claims_of(getattr(settled, who), 1)
    bounds = narrowed([*claims, *structure(1)])

    assert bool(claims) == (who != "member")  # a page that says nothing would prove nothing
    for path, (households, *truth) in GRIDS.items():
        for cell in hidden(path, 1):
            least, most = bounds.get(cell, (0, 10_000))
            assert most - least >= 2, cell
            assert set(range(least, most + 1)) - {0, households}, cell
        for name, count in zip(("met", "late", "declined"), truth, strict=True):
            assert bounds[path, name, 1][0] <= count <= bounds[path, name, 1][1]


def test_what_the_attacker_collects_holds_every_published_number(settled):
    publish_figures(AT, PICKS["at random"])

    cells = {cell for claim in claims_of(settled.street_head, 1) for cell in claim.plus}

    assert {(path, figure, 1) for path in GRIDS for figure in FIGURES.values()} <= cells
    assert ("/zz/js/7/", "living_alone", 1) in cells


def test_two_days_and_two_months_do_not_say_what_the_one_newcomer_is(settled):
    """The attacker saw one household arrive in one grid, and knows that nothing else changed there."""
    pick = random.Random(3).randrange
    publish_figures(AT, pick)
    first = claims_of(settled.street_head, 1)
    settle("/zz/js/9/", ["late"], 1)
    short_cache.forget_all()
    publish_figures(AT + timedelta(days=1), pick)
    same_week = claims_of(settled.street_head, 1)
    publish_figures(AT + timedelta(days=14), pick)
    second = claims_of(settled.street_head, 2)

    path = "/zz/js/9/"
    steps = [
        equal((path, name, 2), [(path, name, 1), (path, name, "newcomer")])
        for name in ("late", "met", "living_alone")
    ]
    bounds = narrowed(
        [*first, *same_week, *second, *steps],
        {(path, name, "newcomer"): (0, 1) for name in ("late", "met", "living_alone")},
    )

    assert same_week == first
    assert {bounds[path, name, "newcomer"] for name in ("late", "met", "living_alone")} == {(0, 1)}


# ── the same attacker against how it was done before ──


def former_claims(when, met, late, declined, buildings):
    names = FIGURES | {"不希望走访": "declined"}
    rows = (former_rules.coverage_page(met, late, declined), former_rules.map_page(buildings))
    return [
        between([("former", names[heading], when)], interval_of(words))
        for row in rows
        for heading, words in row.items()
    ]


def former_structure(when):
    cells = [("former", name, when) for name in ("met", "late", "declined")]
    return [equal(("former", "households", when), cells)]


@pytest.mark.parametrize("declined", [1, 2, 3, 4])
def test_the_former_rules_told_who_declines(declined):
    bounds = narrowed([*former_claims(1, 54, 13, declined, [54 + 13 + declined]), *former_structure(1)])

    assert bounds["former", "declined", 1] == (declined, declined)


def test_the_former_rules_named_the_person_in_a_building_of_one_household():
    """“独居 少于5” beside one household: at least one, and there is but one."""
    bounds = narrowed([between([("former", "living_alone", 1)], interval_of(former_rules.cell(1)))])

    assert bounds["former", "living_alone", 1][0] == 1


def test_the_former_rules_named_the_newcomer_by_two_days():
    days = [interval_of(former_rules.cell(count)) for count in (9, 10)]
    cells = [("former", "late", 1), ("former", "late", 2)]
    claims = [*(between([cell], day) for cell, day in zip(cells, days, strict=True))]
    claims.append(equal(cells[1], [cells[0], ("former", "late", "newcomer")]))

    assert narrowed(claims, {("former", "late", "newcomer"): (0, 1)})["former", "late", "newcomer"] == (1, 1)
