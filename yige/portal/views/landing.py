"""The code at the door: the report form of that place, or a clear sentence and a way on."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from yige.portal import places
from yige.portal.forms import ReportForm
from yige.portal.views.report import show


@require_safe
def landing(request, token):
    code = places.code_behind(token)
    if code is None:
        return render(request, "portal/landing.html", status=404)
    form = ReportForm(code=code, initial={"code": code.token, "place": code.place})
    return show(request, form, code=code)
