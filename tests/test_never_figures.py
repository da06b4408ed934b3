"""By no grouping, filter, export or chart of assessment is a person counted or a unit ranked. Source: docs/policy/never.md."""

import inspect
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from tests import factories
from tests.factories import life
from tests.house import python, shown
from tests.never import rows_with
from tests.scenes import scene
from yige.accounts.models import Unit, User
from yige.assessment import figures, groupings, indicators, own_figures
from yige.assessment.models import DayCount
from yige.assessment.periods import month_of
from yige.assessment.roll_up import roll_up
from yige.cases.models import Category, Closing
from yige.cases.words import Channel
from yige.lib.local_time import local_day

PERSONS = ("handler", "reported_by", "by", "user", "household", "person")
PAGES = (
    "",
    "groups/place/",
    "groups/category/",
    "groups/channel/",
    "groups/level/",
    "groups/channel/snap/",
    "team/",
)


def relations(model):
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def test_what_is_kept_by_day_names_units_and_categories_alone():
    assert relations(DayCount) == {Unit, Category}
    assert User not in relations(Closing)


def test_groupings_are_by_what_and_where():
    assert {each.field for each in groupings.GROUPINGS.values()} <= figures.TOLD_BY
    assert not figures.TOLD_BY & set(PERSONS)


@pytest.mark.parametrize(
    "field", ["case__handler", "case__reported_by", "case", "by", "case__household", "handler__name"]
)
def test_nothing_is_counted_by_a_person(db, field):
    with pytest.raises(ValueError, match="never by a person"):
        figures.counts(month_of(local_day(timezone.now())), Q(), by=(field,))


def test_no_indicator_asks_who_did_it():
    asked = {
        name.split("__")[0]
        for each in indicators.INDICATORS
        for condition in (each.among, each.met)
        for name in re.findall(r"\('(\w+)'", str(condition))
    }

    assert len(asked) > 8
    assert not {
        name for name in asked if any(part in name.split("_") for part in ("by", "handler", "user", "person"))
    }


def test_no_module_of_assessment_asks_for_users_but_to_say_who_may_read():
    """Who reads and which team is one person is `readers.py`'s; nothing that counts knows users."""
    found = {
        shown(path)
        for path in python()
        if shown(path).startswith("yige/assessment/")
        and re.search(r"\b(User|Post|handler|reported_by)\b", path.read_text())
    }

    known = {"readers.py", "bases.py", "own_figures.py"}
    assert found - {f"yige/assessment/{name}" for name in known} == set()
    assert "values(" not in inspect.getsource(figures.rows)


def test_own_figures_go_to_one_page_alone(db):
    """No export, sheet, screen or list asks for them; and whoever does names one person."""
    asks = {
        shown(path)
        for path in python()
        if shown(path).startswith("yige/") and re.search(r"\bown_figures\b", path.read_text())
    }
    named = list(inspect.signature(own_figures.takings).parameters)

    assert asks == {"yige/console/assessment/rows/own_acceptance.py"}
    assert named == ["person", "period", "at", "areas"]
    with pytest.raises(AttributeError):  # several persons are none
        own_figures.takings(list(User.objects.all()), month_of(local_day(timezone.now())), timezone.now())


@scene
def here():
    return factories.town()


def test_no_page_of_figures_counts_what_one_person_did(client, here):
    """Three closings of one worker, whom nobody else helped: nowhere does a number stand beside the name."""
    for number in range(3):
        life(here, "closed", at=timezone.now() - timedelta(hours=6), place=f"{number}号楼")
    names = [here.worker.name, here.micro.name]
    read, found = 0, []
    for counted in (False, True):
        if counted:
            roll_up(timezone.now())
        for head in (here.street_head, here.grid_head):
            client.force_login(head)
            for page in PAGES:
                response = client.get(f"/console/assessment/{page}", {"span": "3"})
                read += response.status_code == 200
                main = response.text.split("<main", 1)[1]
                found += [row for name in names for row in rows_with(main, name)]

    assert (read, found) == (4 * len(PAGES), [])


def test_tables_keep_their_own_order_whatever_the_figures_are(client, here):
    """The channel with all the cases stands where the list of channels has it, and so do units."""
    wanted = [Channel.SNAP, Channel.HOTLINE, Channel.STATION]
    for channel, count in zip(wanted, (1, 3, 2), strict=True):
        for number in range(count):
            case = factories.reported(
                here,
                at=timezone.now() - timedelta(hours=6),
                by=here.intake,
                channel=channel,
                place=f"{channel}{number}号楼",
            )
            life(here, "closed", at=timezone.now() - timedelta(hours=6), case=case)
    client.force_login(here.desk)

    text = client.get("/console/assessment/groups/channel/").text
    shown_order = list(dict.fromkeys(re.findall(r"/groups/channel/(\w+)/\?", text)))

    assert shown_order == [channel.value for channel in Channel if channel in wanted]
    assert not re.search(r"第 ?\d+ ?名|名次是|sort=|order=", text)


def test_no_address_of_figures_takes_an_order_or_a_person(client, here):
    life(here, "closed", at=timezone.now() - timedelta(hours=6))
    client.force_login(here.desk)
    plain = client.get("/console/assessment/groups/category/").text.split("<main", 1)[1]

    for query in ({"order": "-kept"}, {"sort": "kept"}, {"by": "handler"}, {"person": str(here.worker.pk)}):
        assert client.get("/console/assessment/groups/category/", query).text.split("<main", 1)[1] == plain
    assert client.get("/console/assessment/groups/handler/").status_code == 404


def test_no_column_of_a_sheet_and_no_group_of_it_is_a_person():
    from yige.report_centre import columns

    names = {each.name for each in (*columns.CATALOGUE, *columns.GROUPINGS)} | set(columns.FILTERS)

    assert not {
        name
        for name in names
        if set(name.split("_")) & {"handler", "user", "by", "reporter", "person", "worker"}
    }


def test_no_published_figure_is_of_a_unit_or_a_person():
    published = apps.get_model("bulletins", "OpenFigure")

    assert not relations(published) & {Unit, User}
