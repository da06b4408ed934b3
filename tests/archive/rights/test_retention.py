"""What may not be kept any longer is gone from every table, and the proof says that it went."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from tests.factories import MONDAY_NOON, family, home, household, linked_household, person
from yige.accounts.actors import Resident
from yige.archive.models import (
    Erasure,
    Household,
    Label,
    Link,
    Person,
    RightsRequest,
    RosterRow,
    RosterRun,
    RosterSource,
    SignIn,
    SignInCode,
)
from yige.archive.people import actions, sealing
from yige.archive.rights import exports, requests, retention, signing_in
from yige.audit.models import LogEntry
from yige.clock import acts
from yige.contact import retention as visits
from yige.contact.models import Answer, Appointment, Need, Patrol, Promise, Slot, Visit
from yige.steps.s1_approach import actions as s1

AT = MONDAY_NOON
DAY = timedelta(days=1)
# Words that stand nowhere else.
NAME, PHONE, CONTACT = "欧阳金丝雀", "19900004242", "女儿欧阳 19900004243"
NEED, PROMISE, ANSWER, LABEL = "金丝雀要的拐杖", "金丝雀的承诺", "金丝雀的答复", "veteran"


def dump():
    """Return every row of every table of the schema as text, the sealed columns in the way a dump shows them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            texts += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(texts)


def prints_of(row):
    """Return how the sealed columns and hashes of a person look in a dump."""
    blobs = (
        row.name_sealed,
        row.phone_sealed,
        row.emergency_sealed,
        row.name_index,
        row.phone_index,
        row.sound_index,
    )
    return [bytes(blob).hex() for blob in blobs if blob]


def canary(here):
    made = household(here)
    row = person(here, made, NAME, phone=PHONE, emergency=CONTACT)
    actions.grant_label(row, by=here.micro, at=AT, kind=LABEL)
    visit = s1.write_visit_without_timelines(
        made, by=here.micro, at=AT, mode="home", needs=[{"kind": "need", "words": NEED, "person": row}]
    )
    need = Need.objects.get(visit=visit)
    promise = s1.promise(made, by=here.micro, at=AT, words=PROMISE, due_on=date(2026, 3, 6), need=need)
    for field, of in (("need", need), ("promise", promise)):
        Answer.objects.create(
            **{field: of}, visit=visit, kind="done", words=ANSWER, ends=True, at=AT, heard_at=AT
        )
    Need.objects.update(closed_at=AT)
    Promise.objects.update(kept_at=AT)
    signing_in.ask_code(PHONE, at=AT)
    return made, row


def test_deleted_person_is_in_no_table(here):
    made, row = canary(here)
    row.refresh_from_db()
    prints = prints_of(row)
    before = dump()
    assert len(prints) == 6 and all(blob in before for blob in (*prints, NEED, PROMISE, ANSWER))
    request = requests.ask(
        row, by=Resident(row.pk, made.pk), at=AT, kind="delete", words=f"我是{NAME}，电话{PHONE}"
    )  # fmt: skip
    requests.answer(request, by=here.registrar, at=AT, granted=True, words=f"{NAME}同意删除")

    requests.agree_deletion(request, by=here.second_registrar, at=AT)

    after = dump()
    found = [text for text in (NAME, PHONE, CONTACT, NEED, PROMISE, *prints) if text in after]
    assert found == []
    assert not [line for line in after.splitlines() if LABEL in line and line.startswith("archive_label")]


def test_deleted_person_is_in_no_list(here):
    made, row = canary(here)
    person(here, made, "李建国", phone="19900000002")

    before = names_on_a_list(here)
    request = requests.ask(row, by=here.micro, at=AT, kind="delete")
    requests.answer(request, by=here.registrar, at=AT, granted=True, words="同意删除")
    requests.agree_deletion(request, by=here.second_registrar, at=AT)

    assert (before, names_on_a_list(here)) == ({NAME, "李建国"}, {"李建国"})


def names_on_a_list(here):
    """Return the names on a list of the grid that two registrars agreed on."""
    said = {"purpose": "notice", "words": "发停水通知", "columns": ["name_clear"]}
    export = exports.ask(here.grid, by=here.registrar, at=AT, **said)
    exports.decide(export, by=here.second_registrar, at=AT, granted=True)
    book = CalamineWorkbook.from_filelike(BytesIO(exports.fetch(export, by=here.registrar, at=AT)))
    cells = {cell for line in book.get_sheet_by_index(0).to_python() for cell in line}
    return cells & {NAME, "李建国"}


def test_household_that_ended_goes_after_a_year_with_its_people(here):
    made, row = canary(here)
    row.refresh_from_db()
    prints = prints_of(row)
    actions.end_household(made, by=here.registrar, at=AT)

    early = retention.forget(AT + 360 * DAY)
    late = acts.forget_files(AT + 400 * DAY)

    assert (early["households"], late["households"]) == (0, 1)
    after = dump()
    assert [text for text in (NAME, PHONE, CONTACT, NEED, PROMISE, ANSWER, *prints) if text in after] == []
    gone = Household.objects.get(pk=made.pk)
    assert (gone.home, gone.met_at, gone.tried_at, gone.ties.count()) == (None, None, None, 0)
    assert Person.objects.get(pk=row.pk).removed_at == AT + 400 * DAY
    assert {proof.what for proof in Erasure.objects.all()} == {"moved_away", "needs", "codes"}
    assert retention.forget(AT + 401 * DAY) == {}


def test_whoever_left_goes_after_a_year_and_the_others_stay(here):
    made = family(here)
    first, second = Person.objects.of(made).order_by("made_at", "id")
    actions.leave(first, by=here.registrar, at=AT)

    early, late = (retention.forget(AT + days * DAY)["people"] for days in (365, 367))

    assert (early, late) == (0, 1)
    assert Person.objects.get(pk=first.pk).name_sealed is None
    assert sealing.open_value(Person.objects.get(pk=second.pk), "name") == "李建国"


def test_file_stays_while_a_request_waits(here):
    made = family(here)
    first = made.contact
    request = requests.ask(first, by=Resident(first.pk, made.pk), at=AT, kind="explain", words="记了什么")
    actions.end_household(made, by=here.registrar, at=AT)

    waiting = retention.forget(AT + 400 * DAY)
    requests.answer(request, by=here.registrar, at=AT + 400 * DAY, granted=True, words="都告诉您了")
    answered = retention.forget(AT + 401 * DAY)

    assert (waiting["households"], answered["households"]) == (0, 1)


def test_household_that_lives_here_is_left_alone(here):
    made = family(here)

    assert retention.forget(AT + 4000 * DAY) == {}
    assert sealing.open_value(made.contact, "name") == "王小英"


def test_labels_go_thirty_days_after_they_ended_or_were_taken_back(here):
    row = family(here).contact
    taken_back = actions.grant_label(row, by=here.micro, at=AT, kind="living_alone")
    actions.withdraw_label(taken_back, by=here.micro, at=AT)
    actions.grant_label(row, by=here.micro, at=AT, kind="veteran", months=1)
    held = actions.grant_label(row, by=here.micro, at=AT, kind="mobility_help", months=12)

    counts = [retention.forget(AT + days * DAY)["labels"] for days in (30, 31, 61, 63)]

    assert counts == [0, 1, 0, 1]
    assert list(Label.objects.all()) == [held]
    assert Erasure.objects.filter(what="labels").count() == 2
    assert LogEntry.objects.filter(verb="archive.clear_expired", purpose="labels").count() == 2


def test_codes_and_sign_ins_go_after_a_day(here):
    family(here)
    row = signing_in.ask_code("19900000001", at=AT)
    signing_in.answer_code(row.pk, signing_in.to_send(row.pk, at=AT)[1], at=AT)

    early, late = (retention.forget(AT + timedelta(hours=hours)) for hours in (23, 27))

    assert (early, late) == ({}, {"codes": 1, "sign_ins": 1})
    assert (SignInCode.objects.count(), SignIn.objects.count()) == (0, 0)


def test_requests_and_links_go_after_three_years(here):
    made = linked_household(here)
    row = person(here, made)
    request = requests.ask(row, by=here.micro, at=AT, kind="explain", words="记了什么")
    requests.answer(request, by=here.registrar, at=AT, granted=True, words="告诉本人了")
    Link.objects.update(until=AT.date())

    early, late = (retention.forget(AT + days * DAY) for days in (1095, 1100))

    assert (early, late) == ({}, {"requests": 1, "links": 1})
    assert (RightsRequest.objects.count(), Link.objects.count()) == (0, 0)


def test_what_a_resident_was_told_goes_after_a_week(here):
    family(here)
    signing_in.ask_code("19900000001", at=AT)
    acts.send_notices(AT)

    early, late = (retention.forget(AT + days * DAY)["notices"] for days in (6, 8))

    assert (early, late) == (0, 1)


def test_runs_of_rosters_go_after_three_years(here):
    source = RosterSource.objects.create(name="花名册", used_at=AT)
    run = RosterRun.objects.create(
        source=source, grid=here.grid, grid_path=here.grid.path, file_name="a.xlsx", digest="d", by=here.registrar, at=AT
    )  # fmt: skip
    RosterRow.objects.create(run=run, number=1, verdict="new", why="欧阳金丝雀")

    early, late = (retention.forget(AT + days * DAY)["rosters"] for days in (1095, 1100))

    assert (early, late, RosterRow.objects.count()) == (0, 1, 0)


def test_words_go_a_year_after_it_was_settled_and_the_rows_stay(here):
    made, _ = canary(here)
    open_ = s1.raise_need(made, by=here.micro, at=AT, kind="problem", words="还没办完的事")

    early, late = (visits.forget_visits(AT + days * DAY) for days in (365, 370))

    assert (early, late) == ({}, {"visit_words": 4})
    assert list(Need.objects.order_by("id").values_list("words", flat=True)) == ["", "还没办完的事"]
    assert (Promise.objects.get().words, set(Answer.objects.values_list("words", flat=True))) == ("", {""})
    assert open_.pk == Need.objects.exclude(words="").get().pk
    assert {proof.count for proof in Erasure.objects.filter(what="needs")} == {1, 2}


def test_visits_go_after_three_years_and_what_was_raised_stays(here):
    canary(here)

    early, late = (visits.remove_old_visits(AT + days * DAY) for days in (1095, 1100))

    assert (early, late, Visit.objects.count()) == (0, 1, 0)
    assert (Need.objects.get().visit, Answer.objects.count()) == (None, 2)


def test_appointments_and_patrols_go_after_a_year(here):
    made = family(here)
    slot = Slot.objects.create(
        kind="visit", grid=here.grid, grid_path="/zz/js/9/", host=here.grid_head, unit=here.team_unit, place="站里", at=AT
    )  # fmt: skip
    Appointment.objects.create(
        slot=slot, household=made, grid_path=made.grid_path, words="想说楼顶漏水", booked_at=AT
    )
    Patrol.objects.create(
        grid_path="/zz/js/9/", by=here.worker, unit=here.team_unit, started_at=AT, finished_at=AT
    )

    early, late = (visits.forget_visits(AT + days * DAY) for days in (365, 370))

    assert (early, late) == ({}, {"appointments": 2, "patrols": 1})
    assert "想说楼顶漏水" not in dump()


def test_home_itself_stays(here):
    made = household(here)
    actions.end_household(made, by=here.registrar, at=AT)

    retention.forget(AT + 400 * DAY)

    assert home(here).room == "501"


@pytest.mark.parametrize("count", [1, 3])
def test_each_household_has_its_own_proof(here, count):
    for number in range(count):
        actions.end_household(household(here, room=str(number)), by=here.registrar, at=AT)

    assert retention.forget(AT + 400 * DAY) == {"households": count}
    assert Erasure.objects.filter(what="moved_away").count() == count
    assert len(set(Erasure.objects.values_list("digest", flat=True))) == count
