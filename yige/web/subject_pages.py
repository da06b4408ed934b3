"""The page that shows what a notice is about, for each kind of reader: one row a kind of subject.

Nouns, steps and the clock say what a notice is about (`notices/subjects.py`); only the surfaces know addresses.
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from yige.cases import reporters
from yige.cases.models import Case
from yige.notices.subjects import SubjectKind


class Pages(NamedTuple):
    """Names of routes; "" where this reader has no page of it. `named_by` gives the words of the route from the id,
    `part` is where on the page it stands."""

    staff: str
    resident: str
    named_by: object = None
    part: str = ""


def case_serial(pk):
    return {"serial": Case.objects.values_list("serial", flat=True).get(pk=pk)}


def own_id(pk):
    return {"pk": pk}


# fmt: off
PAGES = {
    # what it is about              page of staff             page of a resident      how its row is named there
    SubjectKind.CASE:           Pages("console:case",         "",                     case_serial),
    SubjectKind.RIGHTS_REQUEST: Pages("console:rights_one",   "portal:my_requests",   own_id),
    SubjectKind.SIGN_IN_CODE:   Pages("",                     "portal:my_code"),
    SubjectKind.ACCOUNT:        Pages("console:account",      ""),
    SubjectKind.FOLLOW_UPS:     Pages("console:follow_ups",   ""),
    SubjectKind.PROMISES:       Pages("console:promises",     ""),
    SubjectKind.APPOINTMENTS:   Pages("worker:appointments",  ""),
    SubjectKind.WHISTLE:        Pages("console:whistle",      "",                     own_id),
    SubjectKind.CALL:           Pages("console:call",         "",                     own_id),
    SubjectKind.DESK:           Pages("console:desk",         "",                     part="#head-lines"),
    SubjectKind.DUTY:           Pages("console:duty",         "",                     own_id),
    SubjectKind.SHEET:          Pages("console:sheet",        "",                     own_id),
    SubjectKind.SHEET_REQUEST:  Pages("console:sheet_request", "",                    own_id),
    SubjectKind.EXCLUSIONS:     Pages("console:exclusions",   ""),
    SubjectKind.MONTH_SHEETS:   Pages("console:month_sheet",  "",                     own_id),
    SubjectKind.BULLETIN:       Pages("console:bulletin",     "",                     own_id),
    SubjectKind.TOPIC:          Pages("console:topic",        "",                     own_id),
    SubjectKind.VOLUNTEER_CALL: Pages("console:volunteer_call", "",                   own_id),
    SubjectKind.MY_CALLS:       Pages("",                     "portal:my_calls"),
    SubjectKind.DELIBERATION:   Pages("console:deliberation", "portal:my_council",    own_id),
    SubjectKind.OBJECTION:      Pages("",                     "portal:my_council"),
    SubjectKind.LOG_SEALS:      Pages("console:seals",        ""),
    SubjectKind.VOTING_RIGHT:   Pages("",                     "portal:my_council"),
}
# fmt: on
NO_PAGES = Pages("", "")


def staff_page(notice):
    """Return the address that a notice leads its reader to; the inbox when it is about nothing that has a page."""
    page = PAGES.get(notice.subject_kind, NO_PAGES)
    if not page.staff or (page.named_by and notice.subject_id is None):
        return reverse("console:inbox")
    return reverse(page.staff, kwargs=page.named_by(notice.subject_id) if page.named_by else None) + page.part


def resident_page(notice):
    """Return the address of a resident's own list that what was told stands in, the start of `/my/` for anything else."""
    return reverse(PAGES.get(notice.subject_kind, NO_PAGES).resident or "portal:my")


def reporter_page(case):
    """Return the address of a case for whoever reported it: number and secret."""
    secret = reporters.link_secret_of(case, settings.YIGE_LINK_KEY)
    return reverse("portal:case", kwargs={"serial": case.serial, "secret": secret})
