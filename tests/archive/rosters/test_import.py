"""A roster from the file to the files of people: what a dry run shows, what an import makes, once, and what it leaves."""

from datetime import timedelta

import pytest

from tests.archive.rosters.roster_files import (
    AT,
    FAMILY,
    HOME,
    checked,
    reasons,
    sent,
    taken,
    verdicts,
    workbook,
    worked,
)
from tests.factories import building, family, home, person
from yige.archive.models import Home, Household, Origin, Person, RosterRow, RosterRun, Tie
from yige.archive.people import actions as archive
from yige.archive.people import sealing
from yige.archive.rosters import actions, sealed_files
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_dry_run_changes_nothing(here):
    run = checked(here, FAMILY)

    assert (run.state, run.total, run.counts["new"]) == ("checked", 3, 3)
    assert (Person.objects.count(), Household.objects.count(), Home.objects.count()) == (0, 0, 0)


def test_family_comes_in_with_home_household_ties_and_origins(here):
    run = taken(here, FAMILY)

    household = Household.objects.select_related("home__building", "contact").get()
    people = list(Person.objects.of(household))
    assert run.state == "taken"
    assert f"{household.home.building}{household.home.door}" == HOME
    assert [sealing.open_value(each, "name") for each in people] == ["王示例", "李示例", "王小示"]
    assert [each.relation for each in people] == ["head", "spouse", "grandchild"]
    assert [sealing.open_value(each, "phone") for each in people] == ["19900000001", "19900000002", ""]
    assert (people[2].guardian, household.contact) == (people[0], people[0])
    assert sorted(Tie.objects.values_list("kind", flat=True)) == ["belongs"] * 3 + ["lives"]
    origin = Origin.objects.get(subject_id=people[0].pk)
    assert (origin.source, origin.source_id, origin.by_id) == ("import", run.pk, here.registrar.pk)
    assert origin.fields == ["birth_year", "name", "phone", "relation", "sex"]
    assert {each.grid_path for each in people} == {"/zz/js/9/1/"}


def test_people_of_an_import_are_found_and_sealed_like_those_of_the_desk(here):
    taken(here, FAMILY)
    mine = Person.objects.get(phone_index=sealing.index("phone", "19900000001"))
    other = person(here, Household.objects.get(), "赵示例", birth_year=1958, phone="19900000009")

    again = Person(pk=mine.pk, birth_year=1958)
    sealing.seal_values(again, name="王示例", phone="19900000001")
    sealing.set_sound(again, "王示例")
    for field in ("name_index", "sound_index", "phone_index"):
        assert bytes(getattr(mine, field)) == getattr(again, field)
    assert bytes(mine.name_sealed)[:12] == bytes(other.name_sealed)[:12]


def test_identity_number_comes_in_on_a_lawful_basis_alone(here):
    rows = [["王示例", "11010519491231002X", "", "", "", "户主", "", HOME]]

    taken(here, rows)
    without = Person.objects.get()
    assert (without.identity_sealed, without.identity_index, without.birth_year, without.sex) == (
        None,
        None,
        1949,
        "2",
    )

    rows[0][2] = "19900000001"
    run = taken(here, rows, basis=actions.BASIS, at=AT + timedelta(hours=1))
    known = Person.objects.get()
    assert (run.counts["changed"], sealing.open_value(known, "identity")) == (1, "11010519491231002X")


def test_import_twice_is_import_once(here):
    first = taken(here, FAMILY)
    again = checked(here, FAMILY, at=AT + timedelta(days=1))

    assert verdicts(again) == ["same"] * 3
    with pytest.raises(Conflict, match="同一个文件已经导入过"):
        actions.confirm(again, by=here.registrar, at=AT + timedelta(days=1))
    assert (Person.objects.count(), RosterRun.objects.filter(state="taken").get()) == (3, first)


def test_other_file_with_the_same_people_changes_nothing(here):
    taken(here, FAMILY)
    before = Person.objects.order_by("pk").values_list("pk", "version", "household")

    run = taken(here, list(reversed(FAMILY)), at=AT + timedelta(days=1))

    assert (run.state, run.counts["same"], list(before)) == (
        "taken", 3, list(Person.objects.order_by("pk").values_list("pk", "version", "household")),
    )  # fmt: skip


def test_person_without_phone_who_turns_up_elsewhere_is_a_doubt_for_people(here):
    taken(here, [[*row[:2], "", *row[3:]] for row in FAMILY[:2]])
    rows = [["王示例", "", "19900000009", "1958", "男", "户主", "", "向阳小院3号楼1单元101"]]

    run = checked(here, rows, at=AT + timedelta(days=1))

    assert (verdicts(run), reasons(run)[0][:12]) == (["doubtful"], "档案里有一位同名同年出生")


def test_whole_household_moves(here):
    rows = [[*row] for row in FAMILY[:2]]
    taken(here, rows)
    household = Household.objects.get()
    later = AT + timedelta(days=1)

    run = taken(here, [[*row[:7], "向阳小院3号楼1单元101"] for row in rows], at=later)

    assert run.counts["moved"] == 2
    moved = Household.objects.select_related("home").get()
    assert (moved.pk, moved.home.door, moved.version) == (household.pk, "1单元101", 2)
    assert [tie.until for tie in Tie.objects.filter(kind="lives").order_by("since")] == [later.date(), None]
    assert Tie.objects.filter(kind="belongs", until=None).count() == 2


def test_one_of_a_family_moves_out(here):
    taken(here, FAMILY[:2])
    rows = [["李示例", "", "19900000002", "1960", "女", "户主", "", "向阳小院3号楼1单元101"]]

    run = taken(here, rows, at=AT + timedelta(days=1))

    mover = Person.objects.select_related("household__home").get(
        phone_index=sealing.index("phone", "19900000002")
    )
    assert (run.counts["moved"], mover.household.home.door, mover.relation) == (1, "1单元101", "head")
    assert Household.objects.count() == 2
    assert Tie.objects.filter(person=mover, until=None).get().household == mover.household


def test_changed_phone_is_written_into_the_file(here):
    made = family(here)
    rows = [["王小英", "", "19900000077", "1948", "女", "", "", HOME]]

    run = taken(here, rows)

    known = Person.objects.get(name_index=sealing.index("name", "王小英"))
    assert (run.counts["changed"], sealing.open_value(known, "phone"), known.household) == (
        1,
        "19900000077",
        made,
    )
    assert Origin.objects.filter(subject_id=known.pk, source_id=run.pk).get().fields == ["phone", "sex"]


def test_newborn_joins_the_household_on_file(here):
    made = family(here)
    head = Person.objects.of(made)[0]
    archive.describe_person(head, by=here.registrar, at=AT, relation="head")
    rows = [["王小宝", "", "", "2025", "男", "孙辈", "", HOME]]

    run = taken(here, rows)

    child = Person.objects.get(birth_year=2025)
    assert (run.counts["new"], child.household, child.guardian) == (1, made, head)


def test_what_changed_since_the_dry_run_is_left_for_people(here):
    run = checked(here, FAMILY)
    person(here, archive.make_household(home(here), by=here.registrar, at=AT), "王示例", birth_year=1958, phone="19900000001")  # fmt: skip
    actions.confirm(run, by=here.registrar, at=AT)

    run = worked(run)

    assert verdicts(run)[0] == "doubtful"
    assert "核对之后档案有了变化" in reasons(run)[0]
    assert Person.objects.filter(name_index=sealing.index("name", "王示例")).count() == 1


@pytest.mark.parametrize("name", ["other_registrar", "desk", "grid_head", "worker", "system", "idle"])
def test_nobody_else_sends_a_roster(here, name):
    with pytest.raises(NotAllowed):
        sent(here, workbook(FAMILY), by=getattr(here, name))

    assert RosterRun.objects.count() == 0


def test_file_is_sealed_and_named_by_chance(here):
    run = sent(here, workbook(FAMILY))
    stored = sealed_files.path_of(run.stored_name).read_bytes()

    assert stored.startswith(b"aes256gcm:")
    assert b"xl/worksheets" not in stored
    assert sealed_files.read_file(run).startswith(b"PK")
    assert len(run.stored_name) > 40


def test_run_without_a_source_is_refused(here):
    with pytest.raises(NotSaid) as refused:
        sent(here, workbook(FAMILY), source=" ")

    assert set(refused.value.fields) == {"source"}


def test_rows_and_memory_are_bounded_by_batches(here, monkeypatch):
    from yige.archive.rosters import planning

    monkeypatch.setattr(planning, "PLAN_BATCH", 10)
    building(here)
    rows = [[f"赵{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{chr(0x4E00 + n)}", "", f"1990001{n:04d}", "1980", "男", "户主", "", f"向阳小院3号楼2单元{n // 4 + 1}0{n % 4 + 1}"] for n in range(60)]  # fmt: skip
    largest = []
    plan = planning.Planner.plan
    monkeypatch.setattr(planning.Planner, "plan", lambda self, batch, *more, **how: largest.append(len(batch)) or plan(self, batch, *more, **how))  # fmt: skip

    run = taken(here, rows)

    assert (run.counts["new"], Person.objects.count()) == (60, 60)
    assert max(largest) <= 10
    assert RosterRow.objects.filter(run=run, taken_at__isnull=False).count() == 60
