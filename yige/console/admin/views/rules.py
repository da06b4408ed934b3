"""The numbers of the rules within their limits, with the reason for each and who changed it last."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yige.accounts import oversight
from yige.cases import actions, rules
from yige.cases.models import RuleValue
from yige.console.admin.forms.rules import RuleForm
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_GET
@staff("keep_tables")
def settings(request):
    return page(request)


@require_POST
@staff("keep_tables")
def keep(request, name):
    if name not in rules.RULE_BY_NAME:
        raise Http404
    form = RuleForm(request.POST)
    outcome = attempt(request, form, keep_rule, RuleValue(name=name), key=key_of(request))
    if not outcome.done:
        return page(request, name, form, outcome.status)
    messages.success(request, f"“{rules.RULE_BY_NAME[name].label}”已改为 {form.cleaned_data['value']}。")
    return redirect("console:settings")


def keep_rule(rule_value, *, by, at, key, value):
    """Turn the form's number into the verb's subject."""
    rule_value.value = value
    return actions.set_rule(rule_value, by=by, at=at, key=key)


def page(request, name="", form=None, status=200):
    values = rules.values()
    changed = oversight.last_changes("cases.set_rule")
    rows = [
        (rule, values[rule.name], form if rule.name == name else None, changed.get(rule.name))
        for rule in rules.RULES
    ]
    return render(request, "console/admin/rules.html", {"rows": rows}, status=status)
