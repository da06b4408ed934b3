"""How a moment, a day and a stretch of time are said to people, always in Asia/Shanghai."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = "一二三四五六日"
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def day(when, now=None) -> str:
    """11月22日; with its year when that is not this year."""
    local = _date(when)
    year = "" if now is None or local.year == _date(now).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日"


def moment(when: datetime, now=None) -> str:
    """11月22日 周日 14:05."""
    local = when.astimezone(HERE)
    return f"{day(local, now)} 周{_WEEKDAYS[local.weekday()]} {local:%H:%M}"


def left(due: datetime, now: datetime) -> str:
    """还剩 2 天, 还剩 3 小时, 已过 20 分钟."""
    rest = due - now
    if rest < timedelta(0):
        return f"已过 {_length(-rest)}" if -rest >= timedelta(minutes=1) else "刚刚到时"
    return f"还剩 {_length(rest)}" if rest >= timedelta(minutes=1) else "马上到时"


def since(start: datetime, now: datetime) -> str:
    """刚刚, 20 分钟前, 3 小时前, 2 天前."""
    gone = now - start
    return "刚刚" if gone < timedelta(minutes=1) else f"{_length(gone)}前"


def _length(span: timedelta) -> str:
    if span >= _DAY:
        return f"{span // _DAY} 天"
    if span >= _HOUR:
        return f"{span // _HOUR} 小时"
    return f"{span // timedelta(minutes=1)} 分钟"


def _date(when) -> date:
    return when.astimezone(HERE).date() if isinstance(when, datetime) else when
