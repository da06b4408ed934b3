"""The form that takes the roll of a vote as a sheet."""

from yige.console.duty_list.forms.duty_sheets import SheetForm


class RollSheetForm(SheetForm):
    """The same file, checked first, as the duty list takes."""
