"""Stopping, taking back and going on: no half of an import stays, and a killed worker's work is done exactly once."""

from collections import Counter
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.archive.rosters.roster_files import AT, FAMILY, checked, many, taken, verdicts, worked
from tests.factories import building, family
from yige.archive.models import (
    Home,
    Household,
    Likeness,
    Origin,
    Person,
    RosterRow,
    RosterRun,
    Tie,
)
from yige.archive.people import actions as archive
from yige.archive.people import sealing
from yige.archive.person_fields import SEALED_FIELDS
from yige.archive.rosters import actions, importing, planning
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed

LATER = AT + timedelta(hours=1)
TRACES = (Person, Household, Home, Tie, Origin, Likeness, RosterRow)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def traces():
    """Return every row that an import could leave behind, with all it says."""
    return {model.__name__: sorted(map(str, model.objects.order_by("pk").values())) for model in TRACES}


def without_versions(rows):
    return [{key: value for key, value in row.items() if key != "version"} for row in rows]


def undone(run, by, at=LATER):
    actions.undo(run, by=by, at=at)
    return worked(run, at)


def test_undo_leaves_no_trace_but_the_log(here, tmp_path, django_capture_on_commit_callbacks):
    building(here)
    before = traces()
    run = taken(here, FAMILY)
    assert traces() != before

    with django_capture_on_commit_callbacks(execute=True):
        run = undone(run, here.registrar)

    assert (run.state, run.counts["kept"]) == ("undone", 0)
    assert traces() == before
    assert list(tmp_path.rglob("*.sealed")) == []
    said = LogEntry.objects.filter(subject_id=str(run.pk)).order_by("id").values_list("verb", flat=True)
    assert [verb.removeprefix("archive.") for verb in said] == [
        "send_roster",
        "map_roster",
        "confirm_roster",
        "undo_roster",
    ]


def test_undo_puts_back_what_was_changed_and_moved(here):
    family(here, room="301")
    taken(here, FAMILY[:2], at=AT - timedelta(days=3))
    people = list(Person.objects.order_by("pk").values())
    households, ties = (
        list(Household.objects.order_by("pk").values()),
        list(Tie.objects.order_by("pk").values()),
    )
    origins = list(Origin.objects.order_by("pk").values())
    rows = [
        ["王小英", "", "19900000077", "1948", "女", "户主", "", "向阳小院3号楼2单元301"],
        ["王示例", "", "19900000001", "1958", "男", "户主", "", "向阳小院3号楼1单元101"],
        ["李示例", "", "19900000002", "1960", "女", "配偶", "", "向阳小院3号楼1单元101"],
    ]

    run = taken(here, rows)
    assert (run.counts["changed"], run.counts["moved"]) == (1, 2)
    undone(run, here.registrar)

    after = list(Person.objects.order_by("pk").values())
    for row in (*people, *after):
        row.update({name: sealing.open_value(Person(**row), name) for name in SEALED_FIELDS})
        for name in [*(f"{field}_sealed" for field in SEALED_FIELDS), "version"]:
            del row[name]
    assert after == people
    assert without_versions(Household.objects.order_by("pk").values()) == without_versions(households)
    assert list(Tie.objects.order_by("pk").values()) == ties
    assert list(Origin.objects.order_by("pk").values()) == origins


def test_what_somebody_used_since_stays_and_is_counted(here):
    run = taken(here, FAMILY[:2])
    labelled = Person.objects.get(relation="spouse")
    archive.grant_label(labelled, by=here.registrar, at=LATER, kind="living_alone")

    run = undone(run, here.registrar)

    assert (run.state, run.counts["kept"]) == ("undone", 1)
    assert Person.objects.get() == labelled
    assert (Household.objects.count(), Home.objects.count()) == (1, 1)
    assert RosterRow.objects.get(run=run).why == "导入后有人用过或改过，没有撤销。"


def test_undone_roster_may_come_in_again(here):
    run = undone(taken(here, FAMILY), here.registrar)

    again = taken(here, FAMILY, at=AT + timedelta(days=1))

    assert (run.state, again.state, Person.objects.count()) == ("undone", "taken", 3)


def test_cancel_before_it_is_taken_in_removes_the_file(here, tmp_path, django_capture_on_commit_callbacks):
    run = checked(here, FAMILY)

    with django_capture_on_commit_callbacks(execute=True):
        actions.stop(run, by=here.registrar, at=LATER)

    assert RosterRun.objects.get(pk=run.pk).state == "cancelled"
    assert (RosterRow.objects.count(), Person.objects.count(), list(tmp_path.rglob("*.sealed"))) == (0, 0, [])


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(planning, "PLAN_BATCH", 5)


def stops_after(monkeypatch, batches, act):
    """Let the worker do something in the middle of an import: after so many batches."""
    count, plain = Counter(), importing._take_batch

    def take_batch(*words):
        if count["done"] == batches:
            count["done"] += 1
            act()
        count["done"] += 1
        return plain(*words)

    monkeypatch.setattr(importing, "_take_batch", take_batch)


def test_cancel_in_the_middle_takes_back_what_was_taken(here, monkeypatch, small_batches):
    building(here)
    before = traces()
    run = checked(here, many(20))
    actions.confirm(run, by=here.registrar, at=AT)
    stops_after(monkeypatch, 2, lambda: actions.stop(run, by=here.registrar, at=LATER))

    run = worked(run, LATER)

    assert (run.state, traces()) == ("cancelled", before)


def test_killed_worker_goes_on_exactly_once(here, monkeypatch, small_batches):
    run = checked(here, many(20))
    actions.confirm(run, by=here.registrar, at=AT)

    def die():
        raise MemoryError

    with monkeypatch.context() as patched:
        stops_after(patched, 2, die)
        with pytest.raises(MemoryError):
            worked(run)
    half = RosterRun.objects.get(pk=run.pk)
    assert (half.state, half.done, Person.objects.count()) == ("taking", 10, 10)

    run = worked(run, LATER)

    assert (run.state, run.done, Person.objects.count(), Household.objects.count()) == ("taken", 20, 20, 20)
    assert Tie.objects.filter(kind="belongs").values("person").distinct().count() == 20
    assert RosterRow.objects.filter(run=run, taken_at__isnull=False).count() == 20


def test_batch_that_breaks_inside_leaves_nothing_of_itself(here, monkeypatch, small_batches):
    run = checked(here, many(10))
    actions.confirm(run, by=here.registrar, at=AT)
    with monkeypatch.context() as patched:
        patched.setattr(importing, "CONTACTS", "SELECT 1 / 0 WHERE %s::uuid[] IS NOT NULL")
        with pytest.raises(Exception, match="division by zero"):
            worked(run)

    assert (Person.objects.count(), Home.objects.count(), RosterRun.objects.get(pk=run.pk).done) == (0, 0, 0)
    assert worked(run).state == "taken"
    assert Person.objects.count() == 10


def test_family_over_the_edge_of_a_batch_stays_one(here, small_batches):
    rows = many(4) + [[*row[:7], "向阳小院3号楼1单元101"] for row in FAMILY]

    taken(here, rows)

    assert Household.objects.count() == 5
    assert Household.objects.get(home__unit="1").people.count() == 3


def test_verb_asks_the_worker_in_its_transaction(here):
    run = checked(here, FAMILY)
    before = ProcrastinateJob.objects.filter(task_name="archive.roster").count()

    actions.confirm(run, by=here.registrar, at=AT)

    assert ProcrastinateJob.objects.filter(task_name="archive.roster").count() == before + 1


@pytest.mark.parametrize("verb", ["confirm", "stop", "undo"])
@pytest.mark.parametrize("name", ["other_registrar", "desk", "grid_head"])
def test_nobody_else_decides_about_a_run(here, verb, name):
    run = checked(here, FAMILY)

    with pytest.raises(NotAllowed):
        getattr(actions, verb)(run, by=getattr(here, name), at=AT)

    assert verdicts(run) == ["new"] * 3


@pytest.mark.parametrize(("state", "verb"), [("checked", "undo"), ("taken", "confirm"), ("taken", "stop")])
def test_what_does_not_fit_the_state_is_a_conflict(here, state, verb):
    run = checked(here, FAMILY) if state == "checked" else taken(here, FAMILY)

    with pytest.raises(Conflict):
        getattr(actions, verb)(run, by=here.registrar, at=LATER)
