"""Moves, new households, contacts, safety, ends: the acts on a household's file, refused at the field that is wrong."""

from tests.factories import family, home, household
from tests.scenes import scene
from yige.archive.models import Household, Person


def file_of(someone):
    return f"/console/people/{someone.pk}/"


@scene
def made(here):
    return family(here)


@scene
def old(made):
    return made.contact


def test_household_moves_to_a_door_on_file_and_not_elsewhere(client, here, made):
    home(here, room="101", name="4号楼")
    home(here, room="1", path="/zz/js/9x/", name="9号楼")
    client.force_login(here.micro)
    address = f"/console/households/{made.pk}/move/"
    door = {"building": "向阳小院4号楼", "unit": "2单元", "room": "101", "kind": "rents"}

    for wrong, sentence in (({"building": "向阳小院9号楼"}, "您的片区里没有登记这栋楼"), ({"room": "999"}, "没有登记这个房号"), ({"kind": ""}, "请选一项")):  # fmt: skip
        refused = client.post(address, door | wrong)
        assert (refused.status_code, sentence in refused.text) == (422, True), sentence
    client.post(address, door)

    assert Household.objects.get(pk=made.pk).home.room == "101"


def test_person_moves_to_another_household_and_one_of_two_is_asked_for(client, here, made, old):
    first, second = household(here, room="601"), household(here, room="601")
    client.force_login(here.micro)
    address = f"{file_of(old)}move/"
    door = {"building": "向阳小院3号楼", "unit": "2", "room": "601", "relation": "parent"}

    asked = client.post(address, door)
    client.post(address, door | {"household": str(second.pk)})

    assert (asked.status_code, "这套房里有 2 户" in asked.text, str(first.pk) in asked.text) == (
        422,
        True,
        True,
    )
    assert Person.objects.get(pk=old.pk).household == second


def test_new_household_begins_at_a_door_of_the_own_area(client, here):
    home(here, room="801")
    client.force_login(here.micro)
    door = {"building": "向阳小院3号楼", "unit": "2", "room": "801", "kind": "lives"}

    refused = client.post("/console/households/new/", door | {"room": "802"})
    made = client.post("/console/households/new/", door)

    assert (refused.status_code, 'value="802"' in refused.text) == (422, True)
    assert made["Location"] == f"/console/households/{Household.objects.get().pk}/add-person/"


def test_contact_safety_and_the_end_of_a_household(client, here, made, old):
    other = Person.objects.of(made).exclude(pk=old.pk).get()
    client.force_login(here.micro)
    address = f"/console/households/{made.pk}/"

    client.post(f"{address}contact/", {"person": str(other.pk)})
    client.post(
        f"{address}safety/", {"use": "rent", "gas": "yes", "escape_clear": "no", "indoor_charging": ""}
    )
    after = Household.objects.select_related("home").get(pk=made.pk)
    client.post(f"{address}end/", {"since": ""})

    assert (after.contact, after.home.use, after.home.gas, after.home.escape_clear) == (
        other,
        "rent",
        "yes",
        "no",
    )
    assert Household.objects.get(pk=made.pk).ended_at is not None
    assert client.get(f"{address}move/").status_code == 404
