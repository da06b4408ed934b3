"""Every verb's form, found from its row: the class of that name in `forms` of its step; its fields are what must be
said and what may be. A verb that only the reporter has (`object`) has its form in the portal."""

from yige.cases.workflow import BY_VERB, MOVES
from yige.steps.fields import StepForm
from yige.steps.s3_report import forms as s3
from yige.steps.s4_dispatch import forms as s4
from yige.steps.s5_handle import forms as s5
from yige.steps.s6_feedback import forms as s6
from yige.steps.s7_clear import forms as s7

FORMS_OF_STEP = {3: s3, 4: s4, 5: s5, 6: s6, 7: s7}
# Pictures help to see what was done; none is ever required.
WITH_PHOTOS = ("add", "verify", "progress", "finish")


def form_class(row) -> type:
    """Return the class whose name is the verb's: `hand_back` → `HandBack`."""
    return getattr(FORMS_OF_STEP[row.step], "".join(word.capitalize() for word in row.verb.split("_")))


FORMS = {row.verb: form_class(row) for row in MOVES if row.by_staff}


def form_for(verb, data=None, *, case, by, at, initial=None) -> StepForm:
    """Return the form of a verb; its fields' ids begin with the verb, so that several fit on one page."""
    return FORMS[verb](
        data, row=BY_VERB[verb], case=case, by=by, at=at, initial=initial, auto_id=f"{verb}_%s"
    )
