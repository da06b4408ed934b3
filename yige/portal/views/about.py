"""What happens to a report and by when, read from the tables that decide it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from yige.cases import deadlines, rules, workflow
from yige.portal.together_rules import call_rules, wish_rules


@require_safe
def about(request):
    steps = [
        (number, name, [row for row in workflow.MOVES if row.step == number and row.public])
        for number, name in workflow.STEPS.items()
    ]
    context = {
        "marks": deadlines.STRIP_MARKS,
        "quick": [mark for mark in deadlines.MARKS if mark.minutes],
        "steps": steps,
        "standings": workflow.STANDINGS,
        "call_rules": call_rules(),
        "wish_rules": wish_rules(),
        "reopen_days": rules.value("reopen_days"),
        "silence_days": rules.value("silence_days"),
        "attempts": rules.value("follow_up_attempts"),
        "parking_days": rules.value("parking_days"),
    }
    return render(request, "portal/about.html", context)
