"""The rows of the board: what runs, what it waits for, what is asked for; how often a whistle sounded, week by week."""

from typing import NamedTuple

from yige.lib.local_time import local_day, short_date_words
from yige.web.charts import Limits, run_chart
from yige.whistles import waiting
from yige.whistles.words import CALL_OPEN


class Row(NamedTuple):
    """One running whistle: itself, its waits, how many of its units and steps are finished."""

    whistle: object
    waits: list
    parts: int
    finished: int


def rows(user, at):
    """Return the running whistles that this person sees, the longest first."""
    return [row_of(whistle) for whistle in waiting.running_whistles(user, at)]


def row_of(whistle):
    waits = waiting.waits_of(whistle)
    open_calls = sum(call.state in CALL_OPEN for call in whistle.all_calls)
    return Row(whistle, waits, len(whistle.all_calls), len(whistle.all_calls) - open_calls)


def chart(weeks, at):
    """Draw how often a whistle sounded each week, with the median of the weeks before this one."""
    return run_chart(
        "often",
        "半年来每周吹了几次哨",
        [(short_date_words(week.monday, local_day(at)), week.count) for week in weeks],
        limits=Limits(waiting.middle_of(weeks), middle_word="中位数"),
        words="最后一点是这一周，还没有过完",
        heads=("从周一起", "次数"),
    )
