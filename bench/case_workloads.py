"""The workloads that are measured, each beside its floor; targets: docs and design §9."""

import random
import time

from bench import (
    archive_workloads,
    assessment_workloads,
    contact_workloads,
    cpu,
    map_workloads,
    sheet_workloads,
    whistle_workloads,
)
from bench.against_floor import against_floor, browser
from bench.clients import hidden_inputs, key


def report(here, seconds):
    """A resident's report from POST to commit, no photo; reach ≤ 6 CPU-ms."""
    form = {}

    def send(client, n):
        one = browser(here)
        if "csrfmiddlewaretoken" not in form:
            _, text, _ = one.get("/report/")
            form.update(hidden_inputs(text), grid=leaf(text))
            form["csrf"] = dict(one.cookies)
        one.cookies = {name: value for name, value in form["csrf"].items() if name != "yg-phone"}
        said = {"words": f"路灯不亮 {n} {client}", "place": "3号楼东侧", "category": "facilities.street-lamp"}
        sent = {
            **{k: v for k, v in form.items() if k != "csrf"},
            **said,
            "key": key(),
            "different": "on" if n % 2 else "",
        }
        return one.post("/report/", **sent)[0]

    def bare(client, n):
        return browser(here, "floor").post("/post", words=f"路灯不亮 {n}", place="3号楼东侧")[0]

    return against_floor(here, seconds, send, bare)


def leaf(text):
    """Return the id of some grid that the page offers."""
    import re

    return re.findall(r'<option value="([0-9a-f-]{36})"', text)[-1]


def queue(here, seconds):
    """The desk's queue, 50 rows with filters; reach ≤ 20 CPU-ms."""
    pages = [
        "/console/cases/",
        "/console/cases/?state=accepted",
        "/console/cases/?q=路灯",
        "/console/cases/?due=overdue",
    ]

    def look(client, n):
        return browser(here, who="desk").get(quote(pages[n % len(pages)]))[0]

    return against_floor(
        here, seconds, look, lambda client, n: browser(here, "floor").get("/list")[0], clients=4
    )


def quote(path):
    from urllib.parse import quote as quoted

    return quoted(path, safe="/?=&")


def case_page(here, seconds):
    """A case page with its timeline; reach ≤ 8 CPU-ms."""
    numbers = links(here)
    serials = [link.split("/")[3].split("-")[1] for link in numbers]

    def look(client, n):
        return browser(here, who="desk").get(numbers[n % len(numbers)])[0]

    def bare(client, n):
        return browser(here, "floor").get(f"/page/{serials[n % len(serials)]}")[0]

    return against_floor(here, seconds, look, bare, clients=4)


def desk(here, seconds):
    """The desk of the street: its heaps, and the first rows of each."""
    return page_beside_list(here, seconds, "/console/")


def console_shell(here, seconds):
    """A page of the console with nothing on it: what every page of staff costs before it says anything."""
    return page_beside_list(here, seconds, "/console/inbox/")


def page_beside_list(here, seconds, address):
    def look(client, n):
        return browser(here, who="desk").get(address)[0]

    return against_floor(
        here, seconds, look, lambda client, n: browser(here, "floor").get("/list")[0], clients=4
    )


def links(here, page="/console/cases/"):
    import re

    _, text, _ = browser(here, who="desk").get(page)
    return sorted(set(re.findall(r"/console/cases/\d{6}-\d+-\d/", text)))


def transition(here, seconds):
    """A verb by form: words added to an open case (lock, table, timeline, log, next mark); reach ≤ 8 CPU-ms."""
    numbers = links(here)
    forms = {}

    def act(client, n):
        one = browser(here, who="desk")
        link = numbers[random.randrange(len(numbers))]
        if not forms:
            _, text, _ = one.get(link)
            forms.update(
                csrfmiddlewaretoken=hidden_inputs(text).get("csrfmiddlewaretoken", ""),
                cookies=dict(one.cookies),
            )
        one.cookies.update(forms["cookies"])
        sent = {"csrfmiddlewaretoken": forms["csrfmiddlewaretoken"], "key": key(), "words": f"补充 {n}"}
        return one.post(f"{link}add/", **sent)[0]

    def bare(client, n):
        return browser(here, "floor").post("/post", words=f"补充 {n}", place="x")[0]

    return against_floor(here, seconds, act, bare, clients=4)


def map_points(here, seconds):
    """The points of up to 4,000 open cases; reach ≤ 25 CPU-ms."""

    def look(client, n):
        return browser(here, who="desk").get("/console/map/points.json")[0]

    return against_floor(
        here, seconds, look, lambda client, n: browser(here, "floor").get("/points")[0], clients=4
    )


def memory(here, seconds):
    """The memory of each web process after the workloads above; reach ≤ 120 MB."""
    workers = [pid for pid in cpu.family([here.servers["product"].pid]) if pid != here.servers["product"].pid]
    sizes = [cpu.resident_mb(pid) for pid in workers]
    return [{"resident_mb": round(whole, 1), "proportional_mb": round(share, 1)} for whole, share in sizes]


def locate(here, seconds):
    """One point among 100,000 polygons of 41 corners; reach ≤ 20 µs. Floor: the bare tree query."""
    import numpy
    import shapely

    side = 317
    angles = numpy.linspace(0, 2 * numpy.pi, 41)[:-1]
    shapes = []
    for n in range(side * side):
        x, y = 113 + (n % side) * 0.001, 34 + (n // side) * 0.001
        ring = numpy.stack([x + 0.00049 * numpy.cos(angles), y + 0.00049 * numpy.sin(angles)], axis=1)
        shapes.append(shapely.Polygon(ring))
    return locate_among(shapes, side)


def locate_among(shapes, side):
    import os

    import django
    import shapely

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from yige.grids import locate as place

    rng = random.Random(1)
    points = [(113 + rng.random() * side * 0.001, 34 + rng.random() * side * 0.001) for _ in range(20_000)]
    tree = shapely.STRtree(shapes)
    # The map is put in by hand: reading 100,000 outlines from the database is not what is measured.
    place._map = place._Map(0, tree, [place.LocatedGrid(None, str(n)) for n in range(len(shapes))])
    place._looked_at = time.monotonic() + 3600
    took, bare = [], []
    for _ in range(3):
        began = time.process_time()
        for lon, lat in points:
            place.locate(lon, lat)
        took.append((time.process_time() - began) / len(points) * 1e6)
        began = time.process_time()
        for lon, lat in points:
            tree.query(shapely.Point(lon, lat), predicate="intersects")
        bare.append((time.process_time() - began) / len(points) * 1e6)
    return {"us_a_point": round(min(took), 1), "floor_us": round(min(bare), 1), "polygons": len(shapes)}


WORKLOADS = {
    "report": report,
    "console_shell": console_shell,
    "desk": desk,
    "queue": queue,
    "case_page": case_page,
    "transition": transition,
    **whistle_workloads.WORKLOADS,
    **assessment_workloads.WORKLOADS,
    **sheet_workloads.WORKLOADS,
    "map_points": map_points,
    "command_view": map_workloads.command_view,
    "people_map": map_workloads.people_map,
    **contact_workloads.WORKLOADS,
    "memory": memory,
    "locate": locate,
    **archive_workloads.WORKLOADS,
}
