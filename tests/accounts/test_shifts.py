"""The duty roster by its verbs: who may write it, one person once at a time, who can be reached, what is forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MONDAY_NOON, staff
from yige.accounts import actions as accounts
from yige.accounts import shifts
from yige.accounts.actors import STRANGER
from yige.accounts.models import Shift
from yige.accounts.shift_actions import add_shift, end_shift, move_shift
from yige.accounts.shift_rules import Stretch
from yige.audit.models import LogEntry
from yige.clock import acts
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, Refusal

AT = MONDAY_NOON
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TONIGHT = {"begins_at": AT + 8 * HOUR, "ends_at": AT + 20 * HOUR}
FIRM = {"name": "王值班", "phone": "+86 199 0001 2345"}


@pytest.fixture
def here(here):
    here.firm = staff("firm", "department_handler", "/zz/", here.property_unit)
    here.bureau_unit.path = here.property_unit.path = "/zz/"
    here.bureau_unit.save()
    here.property_unit.save()
    return here


def add(unit, by, **said):
    return add_shift(unit, by=by, at=AT, **(TONIGHT | FIRM | said))


def of_user(user, **said):
    return {"user": user, "name": "", "phone": "0371-6888 1234", **said}


@pytest.mark.parametrize(("who", "unit"), [
    ("desk", "bureau"), ("street_head", "team"), ("desk", "team_x"), ("desk", "property"), ("department", "bureau"),
    ("firm", "property"), ("community_head", "community"), ("seat", "district"),
])  # fmt: skip
def test_the_street_writes_every_roster_and_a_unit_its_own(here, who, unit):
    row = add(getattr(here, f"{unit}_unit"), getattr(here, who))

    assert (row.name, row.phone) == ("王值班", "19900012345")
    assert LogEntry.objects.filter(verb="accounts.add_shift", subject_id=str(row.pk)).count() == 1


@pytest.mark.parametrize(("who", "unit"), [
    ("department", "property"), ("firm", "bureau"), ("community_head", "team"), ("grid_head", "team"), ("desk", "street_z"),
    ("other_desk", "team"), ("other_desk", "bureau"), ("desk", "district"), ("seat", "bureau"), ("worker", "team"), ("intake", "station"), ("security", "street"), ("idle", "team"),
    ("former", "team"),
])  # fmt: skip
def test_nobody_else_writes_a_roster(here, who, unit):
    with pytest.raises(NotAllowed):
        add(getattr(here, f"{unit}_unit"), getattr(here, who))
    with pytest.raises(NotAllowed):
        add(getattr(here, f"{unit}_unit"), STRANGER)

    assert not Shift.objects.exists()


@pytest.mark.parametrize("verb", ["move", "end"])
def test_a_neighbour_unit_neither_moves_nor_ends_a_shift(here, verb):
    row = add(here.bureau_unit, here.desk)
    acts_of = {
        "move": lambda: move_shift(row, by=here.firm, at=AT, **TONIGHT),
        "end": lambda: end_shift(row, by=here.firm, at=AT),
    }

    with pytest.raises(NotAllowed):
        acts_of[verb]()


@pytest.mark.parametrize(("said", "field"), [
    ({"name": ""}, "name"), ({"name": "王" * 41}, "name"), ({"phone": ""}, "phone"), ({"phone": "66881234"}, "phone"),
    ({"phone": "请打门卫"}, "phone"), ({"note": "好" * 61}, "note"), ({"ends_at": AT}, "ends_at"),
])  # fmt: skip
def test_what_is_missing_is_said_at_its_place(here, said, field):
    with pytest.raises(NotSaid) as refused:
        add(here.bureau_unit, here.desk, **said)

    assert list(refused.value.fields) == [field]


def test_a_user_of_another_unit_is_refused_and_one_without_a_number_has_to_give_one(here):
    with pytest.raises(NotSaid) as stranger:
        add(here.bureau_unit, here.desk, **of_user(here.worker))
    with pytest.raises(NotSaid) as silent:
        add(here.bureau_unit, here.desk, **of_user(here.department, phone=""))
    with pytest.raises(NotSaid) as both:
        add(here.bureau_unit, here.desk, **of_user(here.department, name="王值班"))

    assert [list(refused.value.fields) for refused in (stranger, silent, both)] == [
        ["user"],
        ["phone"],
        ["name"],
    ]


def test_the_work_phone_of_an_account_is_rung_in_the_normal_form_when_no_other_is_said(here):
    here.department.phone = "199 0001-2345"
    here.department.save()
    row = add(here.bureau_unit, here.desk, **of_user(here.department, phone=""))

    assert (row.phone, row.phone_number) == ("", "19900012345")


# the same person


def test_two_persons_at_the_same_time_are_fine(here):
    add(here.bureau_unit, here.desk, **of_user(here.department))
    add(here.bureau_unit, here.desk)
    add(here.bureau_unit, here.desk, name="李值班")  # the same telephone, somebody else

    assert len(shifts.on_duty(here.bureau_unit, AT + 9 * HOUR)) == 3


@pytest.mark.parametrize(
    "again", [{}, {"name": "王 值班"}, {"begins_at": AT + 19 * HOUR, "ends_at": AT + 30 * HOUR}]
)
def test_the_same_person_twice_at_the_same_time_is_refused(here, again):
    add(here.bureau_unit, here.desk)
    with pytest.raises(Conflict):
        add(here.bureau_unit, here.desk, **again)

    assert Shift.objects.count() == 1


def test_a_user_is_on_duty_for_one_unit_at_a_time(here):
    accounts.give_post(here.department, by=here.security, at=AT, role="department_handler", unit=here.property_unit,
                       path="/zz/", since=(AT - DAY).date())  # fmt: skip
    add(here.bureau_unit, here.desk, **of_user(here.department))
    with pytest.raises(Conflict) as refused:
        add(here.property_unit, here.desk, **of_user(here.department))

    assert "在别的单位" in refused.value.fields["user"]


def test_who_hands_over_at_eight_is_not_twice_and_a_cancelled_shift_is_none(here):
    first = add(here.bureau_unit, here.desk)
    add(here.bureau_unit, here.desk, begins_at=TONIGHT["ends_at"], ends_at=TONIGHT["ends_at"] + HOUR)
    end_shift(first, by=here.desk, at=AT)
    add(here.bureau_unit, here.desk)

    assert Shift.objects.filter(cancelled_at=None).count() == 2


# moving and ending


def test_a_shift_is_moved_and_meets_itself_without_harm(here):
    row = add(here.bureau_unit, here.department)
    moved = move_shift(
        row, by=here.department, at=AT, begins_at=AT + 9 * HOUR, ends_at=AT + 21 * HOUR, note="换过"
    )

    assert (moved.begins_at, moved.note) == (AT + 9 * HOUR, "换过")


def test_what_runs_keeps_its_beginning_and_what_is_over_stays(here):
    row = add(here.bureau_unit, here.desk)
    later = AT + 10 * HOUR
    with pytest.raises(NotSaid):
        move_shift(row, by=here.desk, at=later, begins_at=AT + 9 * HOUR, ends_at=AT + 21 * HOUR)
    ended = end_shift(row, by=here.desk, at=later)

    assert (ended.ends_at, ended.cancelled_at) == (later, None)
    assert not shifts.on_duty(here.bureau_unit, later)
    for act in (
        lambda: end_shift(row, by=here.desk, at=later + HOUR),
        lambda: move_shift(row, by=here.desk, at=later + HOUR, begins_at=row.begins_at, ends_at=later + DAY),
    ):
        with pytest.raises(Conflict):
            act()


def test_pressed_twice_it_is_one_shift(here):
    first, second = (add(here.bureau_unit, here.desk, key="k" * 24) for _ in range(2))

    assert (first.pk, Shift.objects.count()) == (second.pk, 1)


# who can be reached


@pytest.mark.parametrize(("moment", "reached"), [
    (AT + 8 * HOUR - timedelta(seconds=1), False), (AT + 8 * HOUR, True), (AT + 12 * HOUR, True),
    (AT + 20 * HOUR - timedelta(seconds=1), True), (AT + 20 * HOUR, False),
])  # fmt: skip
def test_reached_from_the_first_moment_to_the_last(here, moment, reached):
    add(here.bureau_unit, here.desk)

    assert bool(shifts.on_duty(here.bureau_unit, moment)) is reached
    assert not shifts.on_duty(here.property_unit, moment)


@pytest.mark.parametrize("leaves", ["closed", "post", "never"])
def test_who_left_the_unit_is_nobody_to_call(here, leaves):
    add(here.bureau_unit, here.desk, **of_user(here.department))
    if leaves == "closed":
        accounts.deactivate(here.department, by=here.security, at=AT)
    elif leaves == "post":
        accounts.end_post(here.department.posts.get(), by=here.security, at=AT)
    span = (TONIGHT["begins_at"], TONIGHT["ends_at"])

    assert bool(shifts.on_duty(here.bureau_unit, AT + 9 * HOUR)) is (leaves == "never")
    assert shifts.gaps(here.bureau_unit, *span) == ([] if leaves == "never" else [Stretch(*span)])


def test_gaps_say_the_hours_of_a_unit_that_nobody_holds(here):
    add(here.bureau_unit, here.desk)
    end, whole = TONIGHT["ends_at"], (AT, AT + DAY)

    assert shifts.gaps(here.bureau_unit, *whole) == [Stretch(AT, AT + 8 * HOUR), Stretch(end, AT + DAY)]
    assert shifts.gaps(here.property_unit, *whole) == [Stretch(*whole)]


@pytest.mark.parametrize("n", [1, 3])
def test_asking_for_many_units_takes_as_many_statements_as_for_one(here, n, django_assert_num_queries):
    units = [here.bureau_unit, here.property_unit, here.team_unit][:n]
    for unit in units:
        add(unit, here.desk)
    add(here.bureau_unit, here.desk, **of_user(here.department))

    with django_assert_num_queries(2):
        found = shifts.on_duty_in(units, AT + 9 * HOUR)

    assert all(found[unit.pk] for unit in units)


@pytest.mark.parametrize(("who", "units"), [
    ("desk", {"street", "community", "team", "team_x", "bureau", "property", "station", "district"}),
    ("grid_head", {"street", "community", "team", "bureau", "property", "station", "district"}),
    ("neighbour_head", {"street", "community", "team_x", "bureau", "property", "station", "district"}),
    ("department", {"bureau"}), ("firm", {"property"}), ("other_desk", {"street_z", "district"}), ("seat", {"district"}),
    ("worker", set()), ("intake", set()), ("registrar", set()), ("security", set()), ("idle", set()), ("former", set()),
])  # fmt: skip
def test_who_may_call_whom(here, who, units):
    assert {unit.slug for unit in shifts.rosters_seen_by(getattr(here, who), AT)} == units


# what the tables refuse, and what is forgotten


@pytest.mark.parametrize("wrong", [
    {"ends_at": AT}, {"ends_at": AT + 81 * HOUR}, {"name": ""}, {"phone": ""}, {"with_user": True},
])  # fmt: skip
def test_what_must_never_be_true_is_refused_by_the_table(here, wrong):
    said = TONIGHT | {"name": "王值班", "phone": "19900012345"} | wrong
    user = here.department if said.pop("with_user", False) else None

    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(unit=here.bureau_unit, user=user, **said)


def test_a_shift_is_forgotten_three_months_after_it_ended(here):
    row = add(here.bureau_unit, here.desk)
    kept = acts.forget_expired(AT + 85 * DAY)["shifts"]
    gone = acts.forget_expired(AT + 95 * DAY)["shifts"]

    assert (kept, gone, Shift.objects.filter(pk=row.pk).exists()) == (0, 1, False)


def test_a_unit_out_of_use_gets_no_shift(here):
    here.property_unit.active = False
    here.property_unit.save()

    with pytest.raises(Refusal):
        add(here.property_unit, here.desk)
