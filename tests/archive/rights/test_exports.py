"""Lists of persons through the verbs: two persons, once, within a day; a line for each person or nothing leaves."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import COMMAND, MONDAY_NOON, family, household, person
from yige.archive.models import Export, Person, RightsRequest
from yige.archive.people import actions, sealing
from yige.archive.rights import exports
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, TooOften
from yige.lib.sheets import read_sheet

AT = MONDAY_NOON
CLEAR = ["door", "name_clear", "phone_open", "labels"]


def asked(here, *, by=None, grid=None, at=AT, **said):
    said = {"purpose": "service", "words": "送水到门口", "columns": CLEAR} | said
    return exports.ask(grid or here.grid, by=by or here.registrar, at=at, **said)


def agreed(here, by=None, **said):
    export = asked(here, by=by, **said)
    return exports.decide(export, by=here.second_registrar, at=AT, granted=True)


def rows(blob):
    return [row.cells for row in read_sheet(blob, known=("住址", "姓名", "电话"))]


def texts(blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


def test_list_goes_out_once_with_a_line_for_each_person(here):
    made = family(here)
    actions.grant_label(made.contact, by=COMMAND, at=AT, kind="living_alone")
    export = agreed(here)

    blob = exports.fetch(export, by=here.registrar, at=AT + timedelta(hours=1))

    assert [(row["住址"], row["姓名"], row["电话"], row["服务标签"]) for row in rows(blob)[:2]] == [
        ("向阳小院3号楼 2单元501", "王小英", "19900000001", "独居"),
        ("向阳小院3号楼 2单元501", "李建国", "19900000002", ""),
    ]
    lines = LogEntry.objects.filter(verb="archive.export_person")
    assert {line.subject_id for line in lines} == {
        str(pk) for pk in Person.objects.values_list("pk", flat=True)
    }
    assert {(line.purpose, tuple(line.fields), line.post_id, line.actor_id) for line in lines} == {
        ("service", tuple(sorted(CLEAR)), here.registrar.posts.get().pk, here.registrar.pk)
    }
    with pytest.raises(Conflict, match="已经下载过一次"):
        exports.fetch(export, by=here.registrar, at=AT + timedelta(hours=2))
    assert lines.count() == 2


def test_every_sheet_says_who_took_it_when_and_that_it_stays_here(here):
    family(here)
    export = agreed(here)

    text = texts(exports.fetch(export, by=here.registrar, at=AT))

    export.refresh_from_db()
    for words in ("某registrar", "2026-03-02 12:00", "不得转发", exports.number(export), export.digest[:16], "某second_registrar"):  # fmt: skip
        assert words in text, words
    header = text[text.index("<oddHeader>") : text.index("</oddFooter>")]
    assert header.count("不得转发") == 2 and header.count("某registrar") == 2


def test_masked_columns_hold_nothing_in_the_clear(here):
    family(here)
    export = agreed(here, purpose="handover", columns=["door", "name", "phone", "relation"])

    text = texts(exports.fetch(export, by=here.registrar, at=AT))

    assert "王*英" in text and "199****0001" in text
    assert "王小英" not in text and "19900000001" not in text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"purpose": "curious"}, "purpose"),
        ({"words": "  "}, "words"),
        ({"words": "长" * 201}, "words"),
        ({"columns": []}, "columns"),
        ({"columns": ["identity"]}, "columns"),
        ({"purpose": "handover", "columns": ["name_clear"]}, "columns"),
        ({"purpose": "notice", "columns": ["phone_open"]}, "columns"),
        ({"label": "key_person"}, "label"),
        ({"purpose": "notice", "columns": ["door"], "label": "living_alone"}, "label"),
        ({"label": "veteran"}, "label"),
    ],
)
def test_each_fault_of_a_request_is_told_at_its_field(here, said, field):
    family(here)

    with pytest.raises(NotSaid) as refused:
        asked(here, **said)

    assert set(refused.value.fields) == {field} and Export.objects.count() == 0


@pytest.mark.parametrize("who", ["micro", "worker", "member", "community_head", "street_head", "neighbour_head", "other_registrar", "auditor"])  # fmt: skip
def test_nobody_else_may_ask(here, who):
    family(here)

    with pytest.raises(NotAllowed):
        asked(here, by=getattr(here, who))


def test_grid_head_asks_for_the_own_grid_and_no_wider(here):
    family(here)

    assert asked(here, by=here.grid_head, grid=here.micro_grid).count == 2
    with pytest.raises(NotAllowed):
        asked(here, by=here.grid_head, grid=here.community)


def test_nobody_agrees_to_the_own_list(here):
    family(here)
    export = asked(here)

    for who in (here.registrar, here.other_registrar, here.grid_head, here.street_head):
        with pytest.raises(NotAllowed):
            exports.decide(export, by=who, at=AT, granted=True)
    with pytest.raises(IntegrityError, match="export_takes_two_persons"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(decided_by=here.registrar)
    exports.decide(export, by=here.second_registrar, at=AT, granted=True)
    with pytest.raises(Conflict, match="已经有人批过"):
        exports.decide(export, by=here.second_registrar, at=AT, granted=False, answer="不行")


def test_refusal_says_why_and_lets_nothing_out(here):
    family(here)
    export = asked(here)

    with pytest.raises(NotSaid):
        exports.decide(export, by=here.second_registrar, at=AT, granted=False)
    exports.decide(export, by=here.second_registrar, at=AT, granted=False, answer="用不着电话")

    with pytest.raises(NotAllowed, match="还没有同意"):
        exports.fetch(export, by=here.registrar, at=AT)


def test_list_is_only_for_who_asked_and_only_for_a_day(here):
    family(here)
    export = agreed(here)

    for who in (here.second_registrar, here.grid_head):
        with pytest.raises(NotAllowed, match="只有申请的人"):
            exports.fetch(export, by=who, at=AT)
    with pytest.raises(Conflict, match="已经过期"):
        exports.fetch(export, by=here.registrar, at=AT + timedelta(hours=24, seconds=1))
    assert exports.fetch(export, by=here.registrar, at=AT + timedelta(hours=24))


def test_post_that_ended_fetches_nothing(here):
    family(here)
    export = agreed(here, by=here.grid_head)
    here.grid_head.posts.update(until=AT.date())
    del here.grid_head._posts

    with pytest.raises(NotAllowed):
        exports.fetch(export, by=here.grid_head, at=AT)


def test_children_are_in_no_list(here):
    made = family(here)
    person(here, made, "王小宝", birth_year=AT.year - 14, phone="", at=AT, guardian=made.contact)
    person(here, made, "王大宝", birth_year=AT.year - 15, phone="", at=AT)

    text = texts(exports.fetch(agreed(here, purpose="response"), by=here.registrar, at=AT))

    assert "王大宝" in text and "王小宝" not in text


@pytest.mark.parametrize(("purpose", "there"), [("service", False), ("response", True)])
def test_who_objected_is_left_out_unless_there_is_danger(here, purpose, there):
    made = family(here)
    RightsRequest.objects.create(
        person=made.contact,
        grid_path=made.grid_path,
        kind="object",
        words="不要",
        asked_at=AT,
        due_on=AT.date(),
    )

    text = texts(exports.fetch(agreed(here, purpose=purpose), by=here.registrar, at=AT))

    assert ("王小英" in text, "李建国" in text) == (there, True)


def test_neighbours_removed_people_and_former_households_are_not_in_it(here):
    family(here)
    person(here, household(here, path="/zz/js/9x/", name="9号楼"), "邻格人")
    gone = household(here, room="502")
    person(here, gone, "搬走人")
    actions.end_household(gone, by=COMMAND, at=AT)

    text = texts(exports.fetch(agreed(here), by=here.registrar, at=AT))

    assert "王小英" in text and "邻格人" not in text and "搬走人" not in text


def test_small_numbers_are_not_told(here):
    family(here)

    assert exports.told_count(asked(here)) == "不到20"


def test_formula_in_a_name_stays_a_text(here):
    person(here, household(here), "=1+1")

    blob = exports.fetch(agreed(here), by=here.registrar, at=AT)

    assert "<f>" not in texts(blob) and rows(blob)[0]["姓名"] == "=1+1"


def test_too_many_lists_in_a_while_have_to_wait(here):
    family(here)
    ready = [agreed(here) for _ in range(6)]

    for export in ready[:5]:
        exports.fetch(export, by=here.registrar, at=AT)
    with pytest.raises(TooOften):
        exports.fetch(ready[5], by=here.registrar, at=AT)


def test_without_the_lines_nothing_leaves_and_it_can_be_fetched_later(here):
    family(here)
    export = agreed(here)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.verb = 'archive.export_person' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER refuse_line BEFORE INSERT ON audit_logentry FOR EACH ROW EXECUTE FUNCTION refuse_line();"
        )

    with pytest.raises(Exception, match="no"), transaction.atomic():
        exports.fetch(export, by=here.registrar, at=AT)

    export.refresh_from_db()
    assert (export.fetched_at, export.digest) == (None, "")
    assert not LogEntry.objects.filter(verb__in=("archive.export_person", "archive.fetch_export")).exists()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse_line ON audit_logentry; DROP FUNCTION refuse_line();")
    assert exports.fetch(export, by=here.registrar, at=AT)


def test_list_of_a_thousand_is_a_thousand_lines_in_few_statements(here, django_assert_max_num_queries):
    made = household(here)
    people = [Person(household=made, grid_path=made.grid_path, made_at=AT) for _ in range(1000)]
    for place, row in enumerate(people):
        sealing.seal_values(row, name=f"人{place}")
    Person.objects.bulk_create(people)
    export = agreed(here)

    with django_assert_max_num_queries(12):
        exports.fetch(export, by=here.registrar, at=AT)

    lines = LogEntry.objects.filter(verb="archive.export_person")
    assert set(lines.values_list("subject_id", flat=True)) == {str(row.pk) for row in people}
    assert lines.count() == 1000 and Export.objects.get().count == 1000
