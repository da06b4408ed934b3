"""Path converters shared by the surfaces."""

from django.conf import settings
from django.urls import register_converter

from yige.lib.numbers import case_number, parse
from yige.lib.typed_values import read_day


class CaseNumber:
    """A case number with its check digit in a path; a mistyped one is no page (404). Gives the serial."""

    regex = r"[0-9]{6}-[0-9]{7,12}-[0-9]"

    def to_python(self, typed):
        serial = parse(typed, settings.YIGE_DISTRICT_CODE)
        if serial is None:
            raise ValueError(typed)
        return serial

    def to_url(self, value):
        return value if isinstance(value, str) else case_number(settings.YIGE_DISTRICT_CODE, value)


class Day:
    """A day as 2026-11-22 in a path; one that is none is no page (404)."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        if (day := read_day(value)) is None:
            raise ValueError(value)
        return day

    def to_url(self, value):
        return value.isoformat()


class GridCode:
    """The code of a grid in a path."""

    regex = r"\w[\w-]{0,31}"
    to_python = to_url = staticmethod(str)


register_converter(CaseNumber, "case")
register_converter(Day, "day")
register_converter(GridCode, "gridcode")
