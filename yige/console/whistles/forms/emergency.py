"""Whistle first in an emergency of the public: where it is and who told it; what and whom is the form of the verb."""

from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import Channel, LocatedBy, Urgency
from yige.console.cases.forms.intake import IntakeForm
from yige.steps import two_steps


class EmergencyForm(IntakeForm):
    """Intake without what can wait; the words of the case are the matter that the called units read."""

    words = different = settled = done = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # At night somebody rang: a head's usual channel is the wrong guess here.
        self.fields["channel"].initial = Channel.HOTLINE


def sound_first(report, calls, *, by, at, key):
    """Report the case and sound its whistle in one act; return the case."""
    said = report.cleaned_data
    return two_steps.report_with_whistle(
        said["grid"],
        by=by,
        at=at,
        key=key,
        problem=Problem(calls.cleaned_data["matter"], said["category"], Urgency.EMERGENCY),
        location=Location(said["place"], LocatedBy.LIST),
        origin=Origin(said["channel"]),
        contact=report.contact(),
        sounded=calls.arguments(),
    )
