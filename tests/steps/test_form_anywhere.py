"""A form may be sent from an old page: whatever became of the case meanwhile, it is refused in words and never falls over."""

import pytest

from tests.factories import MONDAY_NOON, life, town
from yige.cases.words import State
from yige.steps.forms import FORMS, form_for
from yige.steps.verbs import why_refused


@pytest.mark.django_db
def test_every_form_is_heard_in_every_state():
    here = town()
    cases = [life(here, state) for state in State]
    fallen = []
    for case in cases:
        for verb in FORMS:
            for by in (here.desk, here.worker):
                try:
                    form_for(verb, {}, case=case, by=by, at=MONDAY_NOON).is_valid()
                    why_refused(verb, case, by, MONDAY_NOON)
                except (TypeError, ValueError, AttributeError, LookupError) as error:
                    fallen.append((verb, case.state, repr(error)))

    assert sorted(set(fallen)) == []
