import itertools
import re
from collections import Counter
from datetime import datetime, timedelta

import pytest

from yige.cases import categories
from yige.cases.words import Channel, Tier
from yige.demo import arrivals, staff, stories, subdistrict
from yige.lib.local_time import SHANGHAI

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=SHANGHAI)
DRAWN = arrivals.arrivals(NOW)


def share(count):
    return count / len(DRAWN)


def test_three_thousand_over_six_months_and_none_from_the_future():
    assert len(DRAWN) == 3_000
    assert [each.number for each in DRAWN] == list(range(1, 3_001))
    assert NOW - timedelta(days=183) < DRAWN[0].at < DRAWN[-1].at < NOW


def test_times_rise():
    assert all(earlier.at <= later.at for earlier, later in itertools.pairwise(DRAWN))


def test_the_same_moment_draws_the_same_arrivals():
    assert arrivals.arrivals(NOW) == DRAWN


def test_every_row_speaks_the_words_of_the_cases():
    assert {each.channel for each in DRAWN} <= set(Channel.values)
    assert {each.tier for each in DRAWN} <= set(Tier.values)
    assert {each.category for each in DRAWN} <= set(categories.CATEGORY_BY_CODE)
    assert {arrivals.unit_slug(each) for each in DRAWN} <= {unit.slug for unit in staff.invented_units()}


@pytest.mark.parametrize(("channel", "wanted"), [("patrol", 0.31), ("snap", 0.24), ("visit", 0.16)])
def test_channel_shares(channel, wanted):
    assert share(sum(each.channel == channel for each in DRAWN)) == pytest.approx(wanted, abs=0.04)


@pytest.mark.parametrize(
    ("tier", "wanted"), [("grid", 0.38), ("community", 0.28), ("street", 0.15), ("department", 0.17)]
)
def test_tier_shares(tier, wanted):
    assert share(sum(each.tier == tier for each in DRAWN)) == pytest.approx(wanted, abs=0.04)


def test_class_shares():
    count = Counter(categories.category_of_code(each.category).group for each in DRAWN)

    for group, percent in arrivals.CLASS_SHARES.items():
        assert share(count[group]) == pytest.approx(percent / 100, abs=0.03)


def test_weekends_are_quieter_and_mornings_busiest():
    weekdays = Counter(each.at.weekday() for each in DRAWN)
    hours = Counter(each.at.hour for each in DRAWN)

    assert weekdays[6] < weekdays[5] < min(weekdays[day] for day in range(5))
    assert sum(hours[hour] for hour in (8, 9, 10)) > sum(hours[hour] for hour in (13, 14, 15))
    assert hours[3] < hours[18]


def test_seasons():
    by_month = Counter((each.category, each.at.month) for each in DRAWN)

    assert by_month["utilities.heating", 11] > by_month["utilities.heating", 8]
    assert by_month["safety.flooding", 7] + by_month["safety.flooding", 8] > by_month["safety.flooding", 11]
    assert not any(by_month["safety.ice", month] for month in range(5, 11))


def test_every_fate_occurs():
    waiting = {fate for stands in arrivals.STANDS.values() for fate, _ in stands}

    assert {each.fate for each in DRAWN} == {fate for fate, *_ in arrivals.FATES} | {"merged"} | waiting
    assert waiting | {fate for fate, *_ in arrivals.FATES} == set(stories.STORIES) - {"merged"}


def test_somebody_else_reports_the_same_thing_within_the_hour():
    first = {each.thing: each for each in DRAWN if each.fate == "twice_reported"}
    again = [each for each in DRAWN if each.fate == "merged" and not each.burst]

    assert len(again) >= 30
    assert all(timedelta(0) < each.at - first[each.thing].at < timedelta(hours=1) for each in again)
    assert all(each.building == first[each.thing].building for each in again)


def test_twelve_neighbours_report_one_outage_in_one_morning():
    burst = [each for each in DRAWN if each.burst]

    assert len(burst) == 12
    assert Counter(each.fate for each in burst) == {"cleared": 1, "merged": 11}
    assert burst[0].fate == "cleared"
    assert burst[-1].at - burst[0].at < timedelta(hours=1)
    assert len({each.path[:18] for each in burst}) == 1


def test_phones_are_fictitious_and_patrols_name_nobody():
    assert all(re.fullmatch(r"(1990000\d{4})?", each.phone) for each in DRAWN)
    assert not any(each.reporter or each.phone for each in DRAWN if each.channel == "patrol")
    assert any(not each.phone for each in DRAWN if each.channel == "snap")


def test_no_day_before_its_first_hours_is_crowded():
    early = arrivals.arrivals(NOW.replace(hour=0, minute=10), count=400)

    assert max(each.at for each in early) < NOW.replace(hour=0, minute=10)
    assert {each.building for each in early} <= set(subdistrict.all_buildings())
