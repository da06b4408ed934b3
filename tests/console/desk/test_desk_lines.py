"""What a head sees of the own area: every line opens as many rows as it says, and says something good where there are none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import life, reported
from tests.scenes import scene
from yige.cases.models import Case, LookBack
from yige.contact.heads_lines import lines_of_head
from yige.contact.models import AreaFigure, Promise
from yige.lib.local_time import local_day
from yige.steps.s2_discover import planning

NOW = timezone.now()
TODAY = local_day(NOW)
LONG_AGO = NOW - timedelta(days=100)


@scene
def monday(here):
    """A grid in which something of everything went wrong, once or twice."""
    life(here, "handling", at=NOW - timedelta(days=20), words="路灯不亮")
    life(here, "accepted", at=NOW - timedelta(days=20), words="井盖响")
    twice = [life(here, "accepted", at=NOW), life(here, "accepted", at=NOW)]
    Case.objects.filter(pk=twice[0].pk).update(return_count=2)
    Case.objects.filter(pk=twice[1].pk).update(reopen_no=2)
    closed = life(here, "closed", at=LONG_AGO, every=timedelta(minutes=1))
    for level in (1, 2):
        days = timedelta(days=level)
        LookBack.objects.create(case=closed, at=LONG_AGO, due_on=TODAY - days, why="sample", level=level)
    family = factories.household(here, at=LONG_AGO)
    Promise.objects.create(
        household=family, grid_path=family.grid_path, words="来修灯", due_on=TODAY - timedelta(days=3), made_at=LONG_AGO,
        first_due_on=TODAY - timedelta(days=3), by=here.micro, unit=here.team_unit,
    )  # fmt: skip
    seen, _ = [
        planning.make_spot(
            here.grid, by=here.grid_head, at=LONG_AGO, kind="facility", name=name, every_days=7
        )
        for name in ("充电棚", "水泵房")
    ]
    type(seen).objects.filter(pk=seen.pk).update(looked_at=NOW - timedelta(days=30))
    AreaFigure.objects.create(path="/zz/js/9/1/", name="households", count=70, published_on=TODAY)
    AreaFigure.objects.create(path="/zz/js/9/1/", name="late", count=15, published_on=TODAY)
    return here


def rows_on(page):
    """Return how many rows the page of a line shows, whichever of the lists it is."""
    if "areas" in page.context:
        return len(page.context["areas"])
    return int(page.context["found"]) if page.context.get("found") else len(page.context["page"])


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("grid_head", "overdue returned_twice reopened_twice promises spots_late spots_never households"),
        (
            "community_head",
            "overdue returned_twice reopened_twice look_backs promises spots_late spots_never areas",
        ),
        (
            "street_head",
            "overdue returned_twice reopened_twice look_backs promises spots_late spots_never areas",
        ),
    ],
)
def test_every_line_opens_as_many_rows_as_it_says(client, monday, who, names):
    client.force_login(getattr(monday, who))

    lines = client.get("/console/").context["lines"]

    wrong = [told.line.name for told in lines_of_head(getattr(monday, who), timezone.now()) if told.count]
    assert " ".join(wrong) == names
    assert len(lines) == len(wrong)
    for line in lines:
        assert str(line.count) in line.words
        assert rows_on(client.get(line.address)) == line.count, line


@pytest.mark.parametrize("who", ["grid_head", "community_head", "street_head"])
def test_a_good_week_is_said_plainly(client, here, who):
    client.force_login(getattr(here, who))

    page = client.get("/console/")

    assert page.context["lines"] == []
    assert "辖区里没有超时的、没有失约的、没有漏看的。" in page.text
    assert "答应居民的事，没有一个过期。" in page.text


@pytest.mark.parametrize("who", ["worker", "neighbour_head", "department", "desk"])
def test_others_read_no_line_of_this_area(client, monday, who):
    client.force_login(getattr(monday, who))

    page = client.get("/console/")

    assert not page.context.get("lines")


def test_units_that_are_late_stand_in_the_order_of_the_tree_and_not_by_how_many(client, here):
    for number, (grid, unit, worker) in enumerate(
        [(here.grid, here.team_unit, here.worker)]
        + [(here.neighbour_grid, here.team_x_unit, here.neighbour_worker)] * 3
    ):
        at = NOW - timedelta(days=20)
        case = reported(here, grid=grid, at=at, words=f"第{number}件")
        accept = {"category": case.category, "urgency": "normal", "nature": "public"}
        case = factories.act("accept", case, by=here.desk, at=at + timedelta(hours=1), **accept)
        factories.act("dispatch", case, by=here.desk, at=at + timedelta(hours=2), unit=unit, person=worker)
    client.force_login(here.street_head)

    late = client.get("/console/").context["late"]

    assert [(row.words, row.count.count) for row in late] == [("单位team", 1), ("单位team_x", 3)]


@pytest.mark.parametrize("n", [1, 3])
def test_the_lines_cost_the_same_however_many_rows_there_are(client, here, n, django_assert_num_queries):
    for _ in range(n):
        life(here, "handling", at=NOW - timedelta(days=20))
    client.force_login(here.street_head)
    client.get("/console/")

    with django_assert_num_queries(18):
        page = client.get("/console/")

    assert page.context["lines"][0].count == n
