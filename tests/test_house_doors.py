"""Ids, numbers, days and points have one way in: surfaces read none by hand, forms have fields that know their ends."""

import re

import pytest

from tests.house import SURFACES, matches, python, shown

BY_HAND = r"\b(UUID|int|float|fromisoformat|strptime)\("
FIELDS = r"\bforms\.(DateField|DateTimeField|IntegerField|FileField)\("
# What is no word of a person or an address: figures, and what the house wrote itself.
OWN_VALUES = {
    "yige/web/charts/frame.py": "figures of a chart",
    "yige/web/templatetags/yige.py": "an id that no row has",
    "yige/console/maps/rows/tiles.py": "an age without a file",
    "yige/console/command_view/rows/command_view.py": "the limit of a process",
    "yige/console/deliberation/forms/deliberation.py": "hundredths that a Decimal has read",
    "yige/console/cases/rows/case_timeline.py": "moments of a timeline",
    "yige/portal/open_rows.py": "a median",
    "yige/channels/ledger/reading.py": "cells of a file, each with its sentence",
}


def surfaces():
    return [path for path in python() if shown(path).startswith(tuple(f"yige/{name}/" for name in SURFACES))]


def test_no_surface_reads_an_id_a_number_or_a_day_by_hand():
    """`yige/lib/typed_values.py` reads them, and never fails."""
    assert matches([path for path in surfaces() if shown(path) not in OWN_VALUES], BY_HAND) == []


def test_no_form_has_a_day_or_a_number_without_an_end():
    """`yige/steps/typed_fields.py` has those that know what a calendar and a row can hold."""
    ours = [path for path in python() if shown(path).startswith("yige/")]

    assert matches(ours, FIELDS) == []


@pytest.mark.parametrize("path", OWN_VALUES)
def test_an_exception_is_still_one(path):
    assert matches([one for one in surfaces() if shown(one) == path], BY_HAND) != []


@pytest.mark.parametrize(
    "line",
    [
        'page = int(request.GET.get("page", 1))',
        'day = date.fromisoformat(request.POST["day"])',
        "pk = uuid.UUID(typed)",
        "lon = float(asked)",
    ],
)
def test_a_value_read_by_hand_is_seen(line):
    assert re.search(BY_HAND, line)
