"""Which days are working days: weekdays, less statutory holidays, plus make-up workdays. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class WorkCalendar:
    """The exceptions of a calendar; beyond `known_until` only weekends are known."""

    off: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()

    @property
    def known_until(self) -> date | None:
        """The last day of the last year that has exceptions, or None."""
        known = self.off | self.make_up
        return date(max(known).year, 12, 31) if known else None

    def is_workday(self, day) -> bool:
        return day in self.make_up or (day.weekday() < 5 and day not in self.off)

    def nth(self, start, count, *, working) -> date:
        """Return the day that is `count` days after `start`; working days begin on the next workday."""
        if not working:
            return start + timedelta(days=count)
        day = start
        while not self.is_workday(day):
            day += timedelta(days=1)
        while count:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day
