"""A door is one however it is written: in two rosters, and in a roster and a form."""

from datetime import timedelta

import pytest

from tests.archive.rosters.roster_files import AT, reasons, row, taken, verdicts
from tests.factories import building
from yige.archive.models import Building, Home, Household, Person
from yige.archive.places.buildings import SAME_HOME, change_building, make_home
from yige.lib.ids import new_id
from yige.lib.refusals import Conflict


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# fmt: off
ONE_DOOR = [
    (1, "向阳小院3号楼1单元1102", "向阳小院3号楼1102"),
    (1, "向阳小院3号楼1102", "向阳小院3栋第01单元1102室"),
    (2, "向阳小院3号楼1单元102", "向阳小院3号楼1单元0102"),
    (2, "向阳小院3号楼2单元0102室", "向阳小院3-2-102"),
    (None, "向阳小院3号楼2单元10603", "向阳小院３＃２－１０６０３"),
]
# fmt: on


@pytest.mark.parametrize(("entrances", "first", "second"), ONE_DOOR)
def test_a_door_is_one_however_it_is_written(here, entrances, first, second):
    block = building(here)
    Building.objects.filter(pk=block.pk).update(units=entrances, floors=None)

    taken(here, [row(address=first)])
    run = taken(here, [row(address=second)], at=AT + timedelta(hours=1))

    assert verdicts(run) == ["same"], reasons(run)
    assert (Home.objects.count(), Household.objects.count(), Person.objects.count()) == (1, 1, 1)


def test_a_door_that_is_typed_is_the_one_that_a_roster_names(here):
    block = building(here)
    Building.objects.filter(pk=block.pk).update(units=1, floors=None)
    taken(here, [row(address="向阳小院3号楼1单元0102")])

    with pytest.raises(Conflict, match=SAME_HOME):
        make_home(
            Building.objects.get(),
            by=here.worker,
            at=AT + timedelta(hours=1),
            id=new_id(),
            room="102室",
            unit="1单元",
        )


def test_a_building_that_turns_out_to_have_one_entrance_takes_its_number_from_its_doors(here):
    block = building(here)
    Building.objects.filter(pk=block.pk).update(units=None, floors=None)
    taken(
        here,
        [row(address="向阳小院3号楼1单元102"), row(name="王示二", phone="", address="向阳小院3号楼1单元202")],
    )

    change_building(Building.objects.get(), by=here.worker, at=AT + timedelta(hours=1), units=1)

    assert sorted(Home.objects.values_list("unit", "room")) == [("", "102"), ("", "202")]
