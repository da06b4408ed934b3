"""Days, moments, whole numbers and files as people give them: what the database or the calendar cannot hold is said here."""

from datetime import date, datetime

from django import forms

from yige.lib.typed_values import FIRST_DAY, LARGEST, LAST_DAY

FAR_OFF = "这个日期不对，请再看看。"
TOO_LARGE = "这个数太大，请再看看。"


class AnyDay(forms.DateField):
    """A day that has a day before and a day after."""

    def clean(self, value) -> date | None:
        day = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(FAR_OFF)
        return day


class AnyMoment(forms.DateTimeField):
    """A moment of such a day, on Shanghai's clocks."""

    def to_python(self, value) -> datetime | None:
        try:
            moment = super().to_python(value)
        except OverflowError:  # at the ends of time there is no other zone
            raise forms.ValidationError(FAR_OFF) from None
        if moment and not FIRST_DAY.year < moment.year < LAST_DAY.year:
            raise forms.ValidationError(FAR_OFF)
        return moment


class WholeNumber(forms.IntegerField):
    """A whole number that a row can hold."""

    def to_python(self, value) -> int | None:
        number = super().to_python(value)
        if number is not None and abs(number) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return number


class OneFile(forms.FileField):
    """A file or none; the widget that the framework would take also asks whether to clear one, and answers False."""

    widget = forms.FileInput
