"""The rules of the duty roster as vectors: nights, weekends, holidays, the longest shift, hours that nobody holds."""

from datetime import date, datetime, timedelta

import pytest

from yige.accounts.shift_rules import Stretch, gaps_in, span_faults, span_words, week_of
from yige.lib.local_time import SHANGHAI


def at(text):
    """Return the moment that is written as 02-28 20:00 of the year 2026, or with its year."""
    text = text if text.count("-") == 2 else f"2026-{text}"
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def span(words):
    begins, _, ends = words.partition(" > ")
    return Stretch(at(begins), at(ends))


NOW = at("02-27 12:00")


@pytest.mark.parametrize(("words", "field"), [
    ("02-27 20:00 > 02-28 08:00", None),        # over midnight
    ("02-28 20:00 > 03-01 08:00", None),        # over the end of the month, a weekend
    ("12-31 20:00 > 2027-01-01 08:00", None),   # over the year
    ("02-27 18:00 > 03-02 18:00", None),        # 72 hours: Friday evening to Monday
    ("02-27 18:00 > 03-02 18:01", "ends_at"),
    ("02-27 20:00 > 02-27 20:00", "ends_at"),
    ("02-27 20:00 > 02-27 08:00", "ends_at"),   # a night written on one day
    ("02-27 08:00 > 02-27 12:00", "ends_at"),   # over at this moment
    ("02-27 08:00 > 02-27 12:01", None),        # runs: written down late
    ("2027-02-28 12:00 > 2027-02-28 20:00", None),
    ("2027-02-28 12:01 > 2027-02-28 20:00", "begins_at"),
])  # fmt: skip
def test_hours_of_a_shift(words, field):
    assert next(iter(span_faults(span(words), NOW)), None) == field


@pytest.mark.parametrize(("one", "other", "meet"), [
    ("02-27 20:00 > 02-28 08:00", "02-28 08:00 > 02-28 20:00", False),  # hands over at eight
    ("02-27 20:00 > 02-28 08:00", "02-28 07:59 > 02-28 20:00", True),
    ("02-27 20:00 > 02-28 08:00", "02-27 22:00 > 02-27 23:00", True),
    ("02-27 20:00 > 02-28 08:00", "02-26 20:00 > 02-27 20:00", False),
])  # fmt: skip
def test_two_stretches_meet_when_they_share_a_moment(one, other, meet):
    assert (span(one).meets(span(other)), span(other).meets(span(one))) == (meet, meet)


WEEKEND = "02-28 00:00 > 03-02 00:00"
FESTIVAL = "02-16 00:00 > 02-19 00:00"  # New Year's Eve and two days: a holiday is manned like any other day


@pytest.mark.parametrize(("whole", "manned", "empty"), [
    (WEEKEND, [], [WEEKEND]),
    (WEEKEND, ["02-27 18:00 > 03-02 08:00"], []),
    (WEEKEND, ["02-27 20:00 > 02-28 08:00", "02-28 20:00 > 03-01 08:00"],
     ["02-28 08:00 > 02-28 20:00", "03-01 08:00 > 03-02 00:00"]),
    (WEEKEND, ["02-28 00:00 > 02-28 12:00", "02-28 12:00 > 03-02 00:00"], []),  # no gap where one hands over
    (WEEKEND, ["02-28 00:00 > 03-01 00:00", "02-28 08:00 > 02-28 09:00"], ["03-01 00:00 > 03-02 00:00"]),  # within
    (WEEKEND, ["03-02 00:00 > 03-02 08:00", "02-27 08:00 > 02-28 00:00"], [WEEKEND]),  # both outside
    (FESTIVAL, ["02-16 08:00 > 02-18 08:00"], ["02-16 00:00 > 02-16 08:00", "02-18 08:00 > 02-19 00:00"]),
])  # fmt: skip
def test_hours_that_nobody_holds(whole, manned, empty):
    stretches = [span(words) for words in manned]

    assert gaps_in(stretches, span(whole)) == gaps_in(stretches[::-1], span(whole)) == [*map(span, empty)]


def test_gaps_and_manned_hours_fill_the_span_without_sharing_a_moment():
    whole = span("02-23 00:00 > 03-02 00:00")
    nights = [
        Stretch(at("02-23 20:00") + timedelta(days=n), at("02-24 08:00") + timedelta(days=n))
        for n in range(6)
    ]
    parts = sorted([*nights, *gaps_in(nights, whole)])

    assert [one.ends_at for one in parts[:-1]] == [two.begins_at for two in parts[1:]]
    assert (parts[0].begins_at, parts[-1].ends_at) == whole


@pytest.mark.parametrize("day", [date(2026, 2, 23), date(2026, 3, 1)])
def test_a_week_begins_on_its_monday(day):
    assert week_of(day) == span("02-23 00:00 > 03-02 00:00")


@pytest.mark.parametrize(("words", "said"), [
    ("02-27 20:00 > 02-28 08:00", "2月27日 周五 20:00 到 2月28日 周六 08:00"),
    ("02-27 08:00 > 02-27 20:00", "2月27日 周五 08:00 到 20:00"),
    ("02-27 08:00 > 02-28 00:00", "2月27日 周五 08:00 到 24:00"),
    ("12-31 20:00 > 2027-01-01 08:00", "12月31日 周四 20:00 到 2027年1月1日 周五 08:00"),
])  # fmt: skip
def test_a_stretch_in_words(words, said):
    assert span_words(span(words), date(2026, 2, 27)) == said
