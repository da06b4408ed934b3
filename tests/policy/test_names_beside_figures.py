"""No name of a colleague stands beside a figure: every page, panel and layer that a head can open, row by row.

Names belong on a card of contact. A figure under the name of a micro-grid is a person's figure too: it is for that person
and the head directly above.
"""

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import family
from tests.policy import places
from tests.policy.test_routes import POLICY
from tests.scenes import scene
from yige.archive.models import Building
from yige.contact.models import AreaFigure

HEADS = ("street_head", "desk", "community_head", "grid_head", "neighbour_head", "other_desk")
MORE = ("worker", "micro", "member", "registrar")
MICRO = "网格zz-js-9-1"
UNITS = "户|件|处|人|次|个|套|单|%"
COUNT = re.compile(rf"(?:约|不到|少于)?\d{{1,5}}(?:–\d+)? ?(?:{UNITS})?")
SAID_COUNT = re.compile(rf"(?<![\d-])\d{{1,5}} ?(?:{UNITS})")
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.S)
ITEM = re.compile(r"<li\b[^>]*>((?:(?!</?li\b).)*)", re.S)
PAIRS = re.compile(r"<dl\b.*?</dl>", re.S)
NAME = re.compile(r"某(?:[a-z_]+)")


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows_of(text):
    """Yield (words, has a figure) of each row of a table, item of a list and list of facts of a page."""
    for row in ROW.findall(text):
        cells = [plain(cell) for cell in CELL.findall(row)]
        yield cells, any(COUNT.fullmatch(cell) for cell in cells)
    for part in (*ITEM.findall(text), *PAIRS.findall(text)):
        yield [plain(part)], bool(SAID_COUNT.search(plain(part)))


def features_of(said):
    """Yield the same of everything in a layer that holds others."""
    if isinstance(said, dict | list):
        parts = list(said.values()) if isinstance(said, dict) else said
        flat = [str(part) for part in parts if not isinstance(part, dict | list)]
        if flat:
            yield flat, any(COUNT.fullmatch(part) for part in flat)
        for part in parts:
            yield from features_of(part)


def rows_in(response):
    if "json" in response.headers["Content-Type"]:
        return features_of(json.loads(response.text))
    return rows_of(response.text.partition("<main")[2] or response.text)


def faults(rows):
    """Return the rows where a name of somebody stands beside a figure."""
    return [" | ".join(cells) for cells, counts in rows if counts and any(map(NAME.search, cells))]


def persons_figures(rows):
    """Return the rows that say figures under the name of an area that is one person."""
    return [" | ".join(cells) for cells, counts in rows if counts and cells[0].startswith(MICRO)]


@scene
def values(here):
    made = places.make(here)
    for room in range(6):
        family(here, room=f"70{room}")
    for path in ("/zz/js/9/", "/zz/js/9x/"):
        for name, count in (("households", 40), ("met", 20), ("late", 15), ("living_alone", 10)):
            AreaFigure.objects.create(path=path, name=name, count=count, published_on=timezone.localdate())
    return made


def addresses(values, who):
    """Return every address of the console that this person may open, with the panels, layers and filters of the maps."""
    for route, row in POLICY.items():
        of_staff = route.startswith(("console/", "work/"))
        if of_staff and row["get"] == "200" and who in places.named(row["who"]):
            yield values.address(route)
    for path in ("/zz/", "/zz/js/", "/zz/js/9/", "/zz/js/9/1/", "/zz/js/9x/"):
        yield from (
            f"/console/{page}/?grid={path}" for page in ("people-map", "patrols", "buildings", "cases")
        )
    yield f"/console/people-map/?building={Building.objects.first().pk}"
    yield from (
        f"/console/people-map/layers/{name}.json" for name in ("outlines", "areas", "buildings", "things")
    )


@pytest.mark.parametrize("who", (*HEADS, *MORE))
def test_no_name_of_a_colleague_stands_beside_a_figure(here, values, who):
    client, wrong, counted = Client(), [], 0
    client.force_login(getattr(here, who))
    for address in dict.fromkeys(addresses(values, who)):
        response = client.get(address)
        if (
            response.streaming
        ):  # a photo or a file, read to its end: closing it halfway would end the connection
            list(response.streaming_content)
        if response.status_code != 200 or response.streaming:
            continue
        if not response.headers["Content-Type"].startswith(("text/html", "application/json")):
            continue
        rows = list(rows_in(response))
        counted += sum(counts for _, counts in rows)
        wrong += [f"{address}: {fault}" for fault in faults(rows)]
        if who not in ("grid_head", "micro"):
            wrong += [f"{address}: {fault}" for fault in persons_figures(rows)]

    assert "\n".join(wrong) == ""
    assert counted > (0 if who in ("other_desk", "member", "registrar") else 5)  # it does read figures


@pytest.mark.parametrize(
    "row",
    [
        '<tr><th scope="row"><a>网格一</a><span>某grid_head</span></th><td>365</td><td>61</td><td>10–14</td></tr>',
        "<ul><li>网格一 <span>某grid_head</span> <b>约60</b> 户</li></ul>".replace(
            "约60</b> 户", "60</b> 户"
        ),
        "<dl><dt>某grid_head</dt><dd>办了 12 件</dd></dl>",
    ],
)
def test_a_name_beside_a_figure_is_seen(row):
    assert faults(rows_of(row))


def test_a_name_beside_a_figure_in_a_layer_is_seen():
    assert faults(features_of({"/zz/js/9/": ["某grid_head", "365", "约60", 3]}))
    assert persons_figures(rows_of(f"<tr><th>{MICRO}</th><td>7</td></tr>"))
    assert not faults(features_of({"/zz/js/9/": ["365", "约60", 3]}))
