"""What stands in a sheet: matters of the public in the reader's reach, figures as assessment counts them, small ones by chance."""

from datetime import timedelta
from itertools import product

from django.db.models import Q

from tests.factories import MONDAY_NOON, life
from tests.markup import said_alone
from tests.report_centre.sheets import BY_UNIT, ROWS, asked, listed
from yige.assessment import figures
from yige.assessment.periods import month_of
from yige.cases.models import Case
from yige.lib import small_numbers
from yige.lib.local_time import local_day
from yige.report_centre import (
    queries,
    told_outside,
    views,
)
from yige.report_centre.columns import ROW_COLUMNS
from yige.report_centre.row_lines import READINGS
from yige.report_centre.told_outside import Pair, told_pair

LATER = MONDAY_NOON + timedelta(hours=6)
TODAY = local_day(MONDAY_NOON)
MARCH = month_of(TODAY)


def lines(sheet, user, at=LATER):
    return list(views.lines(views.view_of(sheet), user, at, queries.span_now(sheet, at)))


def numbers(found):
    return [line[0] for line in found]


def test_each_reader_sees_the_matters_of_his_reach_alone(here, ledger):
    sheet = listed(here)

    seen = {
        name: len(lines(sheet, getattr(here, name)))
        for name in ("street_head", "grid_head", "neighbour_head", "other_desk")
    }

    assert seen == {"street_head": 3, "grid_head": 2, "neighbour_head": 1, "other_desk": 0}


def test_matters_of_a_person_and_what_was_withdrawn_stand_in_no_sheet(here, ledger):
    Case.objects.filter(pk=ledger.personal.pk).update(nature="personal")
    sheet = listed(here)
    counted = listed(
        here, request=asked(here, name="另一张"), view={"columns": ["matters"], "grouping": "whole"}
    )

    assert ledger.personal.number not in numbers(lines(sheet, here.desk))
    assert lines(counted, here.desk) == [["合计", 2]]


def test_no_column_of_the_catalogue_shows_words_places_or_persons(here, ledger):
    """Every column at once, over cases that hold what must not leave."""
    sheet = listed(here, view={"columns": [column.name for column in ROW_COLUMNS], "grouping": ""})

    text = str(lines(sheet, here.desk))

    assert set(READINGS) == {column.name for column in ROW_COLUMNS}
    assert ledger.inside.number in text
    assert [
        word for word in ("秘密", "501", "19900000023", "王小英", here.worker.name) if said_alone(word, text)
    ] == []


def test_no_column_reads_a_field_that_is_masked_or_names_a_person():
    read = {field.split("__")[0] for fields, _ in READINGS.values() for field in fields}

    assert read & {*Case.Privacy.masked, "reported_by", "handler", "handed_by", "plan", "danger"} == set()


def test_counts_and_rows_are_cut_alike(here, ledger):
    filters = {"condition": "open", "channel": ledger.inside.channel}
    rows = listed(here, view={**ROWS, "filters": filters})
    count = listed(
        here,
        request=asked(here, name="另一张"),
        view={"columns": ["matters", "still_open"], "grouping": "channel", "filters": filters},
    )

    assert lines(count, here.desk) == [["随手拍", 3, 3]]
    assert len(lines(rows, here.desk)) == 3


def test_a_figure_is_that_of_assessment(here):
    for number in (1, 2):
        life(here, "closed", at=MONDAY_NOON, place=f"{number}号楼")
    sheet = listed(here, request=asked(here, inside=here.community_unit), view=BY_UNIT)

    later = MONDAY_NOON + timedelta(days=2)
    [line] = lines(sheet, here.street_head, later)
    figure = figures.figures(MARCH, Q())["kept"]

    assert line == [here.team_unit.name, 2, 0, figure.of, figure.met, None]
    assert figure.of == 2


def test_a_team_that_is_one_person_is_told_apart_to_whom_assessment_says(here):
    life(here, "closed", at=MONDAY_NOON)
    here.team_unit.posts.exclude(user=here.worker).delete()
    sheet = listed(here, request=asked(here, inside=here.community_unit), view=BY_UNIT)

    told_to = {
        name: [line[0] for line in lines(sheet, getattr(here, name))]
        for name in ("street_head", "community_head")
    }

    assert told_to == {"street_head": ["一个网格"], "community_head": [here.team_unit.name]}


def test_outside_the_house_teams_stand_together(here):
    life(here, "closed", at=MONDAY_NOON)
    case = life(here, "closed", at=MONDAY_NOON)
    Case.objects.filter(pk=case.pk).update(unit=here.team_x_unit)
    sheet = listed(here, view={"columns": ["matters"], "grouping": "unit"})

    assert lines(sheet, here.desk) == [["网格（合在一起）", 2]]
    named = listed(here, request=asked(here, name="逐件"), view={"columns": ["unit"], "grouping": ""})
    assert lines(named, here.desk) == [["所在网格"], ["所在网格"]]


# ── small numbers ──


def test_the_same_figure_is_told_the_same_and_two_tellings_leave_five_counts_open():
    """Whatever is subtracted from what: for every true difference of two groups, more than four others fit what is told."""
    pairs = {n: told_pair(Pair(n, n), "kept", "unit", "甲", TODAY) for n in range(40)}
    fits = {}
    for one, other, *picks in product(range(40), range(40), *[range(small_numbers.BASE)] * 2):
        first, second = (
            small_numbers.draw(n, lambda _, p=p: p) for n, p in zip((one, other), picks, strict=True)
        )
        fits.setdefault((first, second), set()).add(one - other)  # whoever reads does not know what was drawn

    assert pairs[17] == told_pair(Pair(17, 17), "kept", "unit", "甲", TODAY)
    assert min(len(each) for told, each in fits.items() if max(told) <= 30) >= 5
    assert all(abs(pair.of - n) < small_numbers.BASE and pair.met <= pair.of for n, pair in pairs.items())


def test_outside_a_small_count_is_no_zero_and_a_share_of_few_is_none():
    assert told_outside.cell("of", Pair(0, 0), outside=True) == "不到 5"
    assert told_outside.cell("share", Pair(9, 19), outside=True) is None
    assert told_outside.cell("share", Pair(15, 20), outside=False) == 0.75


def test_a_sheet_that_leaves_tells_figures_in_steps_of_five(here):
    for number in (1, 2, 3):
        life(here, "closed", at=MONDAY_NOON, place=f"{number}号楼")
    view = {"columns": ["reopened__of", "reopened__met", "reopened__share"], "grouping": "whole"}
    outside, inside = (
        listed(here, view=view),
        listed(here, request=asked(here, name="内部", inside=here.bureau_unit), view=view),
    )

    [told_line], [exact] = lines(outside, here.desk), lines(inside, here.desk)

    assert exact == ["合计", 3, 0, None]
    assert told_line[1] in ("不到 5", 5) and told_line[2:] == ["不到 5", None]
