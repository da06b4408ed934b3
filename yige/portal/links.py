"""The secret link of a case: making it, and opening a case by it."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from yige.cases import reporters
from yige.cases.models import Case
from yige.portal import visitor

_SHOWN = ("category", "grid", "unit")


def secret(case):
    return reporters.link_secret_of(case, settings.YIGE_LINK_KEY)


def address(case, page="case", **more):
    """Return the path of one of the reporter's pages of a case."""
    return reverse(f"portal:{page}", kwargs={"serial": case.serial, "secret": secret(case), **more})


def absolute(case):
    return f"{settings.YIGE_PUBLIC_URL}{address(case)}"


def case_behind(request, serial, typed, *, at):
    """Return the case that this number and secret open; whoever guesses waits, and learns nothing."""
    case = find(serial, typed)
    if case is None:
        visitor.slow_down(request, "link", at=at)
        raise Http404
    return case


def find(serial, typed):
    """Return the case, or None for an unknown number and a wrong secret alike."""
    case = Case.objects.select_related(*_SHOWN).filter(serial=serial).first() if serial is not None else None
    return case if case and reporters.opens_link(case, typed, settings.YIGE_LINK_KEY) else None
