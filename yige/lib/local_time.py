"""Moments in people's words, always Asia/Shanghai: 11月22日 周日 14:05, 还剩 2 天, 已过 3 小时."""

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = "一二三四五六日"
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def local(at: datetime) -> datetime:
    """The same moment on Shanghai's clocks; a naive one is refused."""
    if at.tzinfo is None:
        raise ValueError("a moment must know its time zone")
    return at.astimezone(SHANGHAI)


def local_day(at: datetime) -> date:
    """The day it is in Shanghai at this moment."""
    return local(at).date()


def end_of_day(day: date) -> datetime:
    """The last moment of a day in Shanghai that a clock can tell; a span of days ends at `start_of_next_day`."""
    return datetime.combine(day, time.max, SHANGHAI)


def start_of_next_day(day: date) -> datetime:
    """The first moment after a day in Shanghai: what is before it belongs to the day, to the last fraction."""
    return start_of_day(day + timedelta(days=1))


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time(0), SHANGHAI)


def add_months(day: date, months: int = 1) -> date:
    """The same day some months on, or the month's last day when there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last))


def date_words(when: date | datetime) -> str:
    """11月22日, whatever the year."""
    day = local_day(when) if isinstance(when, datetime) else when
    return f"{day.month}月{day.day}日"


def full_date_words(when: date | datetime) -> str:
    """2026年11月22日."""
    day = local_day(when) if isinstance(when, datetime) else when
    return f"{day.year}年{date_words(day)}"


def short_date_words(when: date | datetime, today: date) -> str:
    """11月22日; with its year when that is another one."""
    day = local_day(when) if isinstance(when, datetime) else when
    return date_words(day) if day.year == today.year else full_date_words(day)


def month_words(day: date) -> str:
    """2026年11月."""
    return f"{day.year}年{day.month}月"


def day_words(day: date, today: date) -> str:
    """11月22日 周日; with its year when that is another one."""
    return f"{short_date_words(day, today)} 周{_WEEKDAYS[day.weekday()]}"


def moment_words(at: datetime, now: datetime) -> str:
    """11月22日 周日 14:05; with its year when that is another one."""
    here = local(at)
    return f"{day_words(here.date(), local_day(now))} {here.hour:02}:{here.minute:02}"


def left_words(until: datetime, now: datetime) -> str:
    """还剩 2 天 before the moment, 已过 3 小时 after it."""
    seconds = (until - now).total_seconds()
    return f"还剩 {span_words(seconds)}" if seconds >= 0 else f"已过 {span_words(-seconds)}"


def since_words(at: datetime, now: datetime) -> str:
    """刚刚, 5 分钟前, 3 小时前, 2 天前; the date when it is older than a month."""
    seconds = (now - at).total_seconds()
    if seconds < _MINUTE:
        return "刚刚"
    return f"{span_words(seconds)}前" if seconds < 31 * _DAY else day_words(local_day(at), local_day(now))


def span_words(span: float | timedelta) -> str:
    """A length of time by its largest unit, cut down to whole ones: 2 天, 3 小时, 5 分钟."""
    seconds = span.total_seconds() if isinstance(span, timedelta) else span
    for size, unit in ((_DAY, "天"), (_HOUR, "小时"), (_MINUTE, "分钟")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return "不到 1 分钟"


def clock_words(at: datetime) -> str:
    """14:05 in Shanghai."""
    return f"{local(at):%H:%M}"
