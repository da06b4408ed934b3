"""An attacker takes what is told of the other grids from what is told of their community: one person's number stays hidden."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.contact.attacker import about_of, equal, known, narrowed, tables
from tests.factories import grid, staff
from tests.scenes import scene
from yige.contact.models import AreaFigure

COMMUNITY = "/zz/k/"
COMMUNITIES = (COMMUNITY, "/zz/m/", "/zz/js/")
FIGURES = {"75天内走到": "met", "久未走访": "late"}
# what was published: the first grid is one person's; the community of the last has no other grid
MET = {"/zz/k/1/": 25, "/zz/k/2/": 15, "/zz/k/3/": 20, "/zz/m/1/": 30}
POSTS = {"lone": "/zz/k/1/", "two": "/zz/k/2/", "three": "/zz/k/2/", "four": "/zz/k/3/", "five": "/zz/k/3/"}


def publish(path, met, households=40):
    for name, count in (("households", households), ("met", met), ("late", 5)):
        AreaFigure.objects.create(path=path, name=name, count=count, published_on=timezone.localdate())


@scene
def settled(here):
    for path, met in MET.items():
        grid(path)
        publish(path, met)
    for path in ("/zz/js/8/", "/zz/js/9/"):
        grid(path)
        publish(path, 35)
    for name, path in POSTS.items():
        setattr(here, name, staff(name, "grid_worker", path, here.community_unit))
    here.k_head = staff("k_head", "community_head", COMMUNITY, here.community_unit)
    here.m_head = staff("m_head", "community_head", "/zz/m/", here.community_unit)
    here.only = staff("only", "grid_worker", "/zz/m/1/", here.community_unit)
    return here


def read(user):
    """Return {(area, figure): words} of every page that says how many were met, and the areas of the layer."""
    client, said = Client(), {}
    client.force_login(user)
    names = {
        f"网格{path.strip('/').replace('/', '-')}": path
        for path in ("/zz/", *COMMUNITIES, *MET, "/zz/js/8/", "/zz/js/9/")
    }
    for address in ("/console/contact/", "/console/people-map/", f"/console/people-map/?grid={COMMUNITY}"):
        for name, row in (pair for table in tables(client.get(address).text) for pair in table):
            said |= {
                (names.get(name), FIGURES[head]): words for head, words in row.items() if head in FIGURES
            }
    layer = json.loads(client.get("/console/people-map/layers/areas.json").text)
    return said | {(path, "late"): row[1] for path, row in layer.items()}


def solved(said, figure):
    """Return between which numbers what was published of each area lies, for somebody who read this."""
    grids = [*MET, "/zz/js/8/", "/zz/js/9/"]
    parts = {above: [path for path in grids if path.startswith(above)] for above in COMMUNITIES}
    sums = [equal((above, figure), [(path, figure) for path in below]) for above, below in parts.items()]
    sums.append(equal(("/zz/", figure), [(above, figure) for above in COMMUNITIES]))
    told = [
        known(cell, about_of(words)) for cell, words in said.items() if cell[1] == figure and "约" in words
    ]
    return narrowed([*sums, *told])


@pytest.mark.parametrize("who", ["street_head", "desk", "registrar", "two"])
def test_what_was_published_of_one_persons_grid_is_not_the_rest_of_a_sum(settled, who):
    said = read(getattr(settled, who))

    for path in ("/zz/k/1/", "/zz/m/1/"):
        for figure in FIGURES.values():
            assert (path, figure) not in said
            least, most = solved(said, figure).get((path, figure), (0, 1000))
            assert most > least, (path, figure)


def test_one_more_grid_goes_up_with_it_and_the_others_are_told(settled):
    said = read(settled.street_head)

    told = {path for (path, _), words in said.items() if "约" in words and path != "/zz/"}
    # of the community of one person nothing is told, nor of another whose parts would give it away
    assert told == {COMMUNITY, "/zz/k/3/", "/zz/js/9/"}


def test_the_head_above_and_the_person_read_it(settled):
    assert {path for path, figure in read(settled.k_head) if figure == "met"} == {
        COMMUNITY, *(path for path in MET if path.startswith(COMMUNITY)),
    }  # fmt: skip
    assert ("/zz/k/1/", "late") in read(settled.lone)
    assert {("/zz/m/", "met"), ("/zz/m/1/", "met")} <= set(read(settled.m_head))


def test_to_hide_the_one_grid_alone_would_tell_it(settled):
    """The rule before: the attacker has the number."""
    said = {(path, "met"): f"约{met}" for path, met in MET.items() if path != "/zz/k/1/"}
    said[COMMUNITY, "met"] = f"约{sum(met for path, met in MET.items() if path.startswith(COMMUNITY))}"

    assert solved(said, "met")["/zz/k/1/", "met"] == (25, 25)
