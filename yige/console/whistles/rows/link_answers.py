"""What came by one-time links and waits for the street."""

from yige.steps.s5_handle.joint_forms import JOINT_FORMS
from yige.whistles.models import Call, LinkAnswer


def link_answers(user, at):
    """Return the answers that wait in the user's area, the longest first."""
    calls = Call.objects.visible_to(user, at).values("pk")
    rows = LinkAnswer.objects.filter(decided_at=None, link__call__in=calls)
    return rows.select_related(
        "link__call__unit", "link__call__whistle__case__category", "link__step"
    ).order_by("at")


def lines_of(answer):
    """Return (label, words) of what was written, by the labels of the form of its verb."""
    fields = JOINT_FORMS[answer.verb].base_fields
    return [(fields[name].label, words) for name, words in answer.said.items() if words and name in fields]
