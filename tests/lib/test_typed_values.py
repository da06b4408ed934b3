from datetime import date
from uuid import UUID

import pytest

from yige.lib.typed_values import LARGEST, read_address, read_day, read_id, read_number, read_point

SOME = UUID("01a22464-b6a7-77a5-94fc-cb8dd9043937")
NONSENSE = (None, "", " ", "x", "\x00", "\ud800", "\u202e1", "nan", "inf", "[]", "²", "１２", "9" * 5000, "0x10", "-1", "1_0")  # fmt: skip


@pytest.mark.parametrize("typed", NONSENSE)
@pytest.mark.parametrize("read", [read_id, read_number, read_day])
def test_nonsense_is_none(read, typed):
    assert read(typed) is None


@pytest.mark.parametrize("typed", [str(SOME), SOME.hex, str(SOME).upper()])
def test_id_is_read_however_it_is_written(typed):
    assert read_id(typed) == SOME


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("007", 7), (str(LARGEST), LARGEST), (str(LARGEST + 1), None), ("9" * 40, None)],
)
def test_number_is_what_a_row_can_hold(typed, number):
    assert read_number(typed) == number


def test_number_lies_between_the_two_that_were_asked_for():
    assert [read_number(str(year), least=2020, most=2099) for year in (2019, 2020, 2099, 2100)] == [
        None,
        2020,
        2099,
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-02-28", date(2026, 2, 28)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("2026-02-30", None),
        ("20260228", None),
        ("2026-W09-6", None),
        ("2026-02-28T10:00", None),
    ],
)
def test_day_has_a_day_before_and_after(typed, day):
    assert read_day(typed) == day


@pytest.mark.parametrize("pair", [(113.6, None), (None, 34.7), (None, None), (float("nan"), 1.0), (181.0, 0.0), (0.0, -91.0)])  # fmt: skip
def test_half_a_pair_is_no_point(pair):
    assert read_point(*pair) is None
    assert read_point(113.6, 34.7) == (113.6, 34.7)


@pytest.mark.parametrize("typed", [None, "", "http://[::1", "http://[x]/"])
def test_what_is_no_address_has_no_parts(typed):
    assert read_address(typed).netloc == ""
    assert read_address("http://a.b/c?d=e").path == "/c"
