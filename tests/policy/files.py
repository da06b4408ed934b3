"""One household with its people, a label, a link of another household, and an export, for the routes of files."""

from datetime import timedelta

from tests.factories import COMMAND, family, linked_household
from yige.archive.models import Link
from yige.archive.people import actions
from yige.archive.rights import exports

# Routes that write a line in the log when a file is opened, and nothing else.
WRITE_A_LINE = ("console/households/<uuid:household>/", "console/people/<uuid:person>/")
# Who may be near the file below: its grid, and those who keep the files of the street. Not the linked member.
PEOPLE = {
    "files": "community_head grid_head worker micro member neighbour_head neighbour_worker "
    "registrar second_registrar other_registrar",
    "openers": "grid_head worker micro registrar second_registrar",
    "linkers": "street_head community_head grid_head neighbour_head registrar second_registrar other_registrar",
    "list-askers": "grid_head neighbour_head registrar second_registrar other_registrar",
}


def values(here, at, asked_by="registrar"):
    """Return the variable parts of the routes of files, by their names."""
    made = family(here, room="701")
    household, person = made.pk, made.contact.pk
    label = actions.grant_label(made.contact, by=COMMAND, at=at, kind="living_alone")
    linked = linked_household(here, room="702")
    asked = exports.ask(
        here.grid, by=getattr(here, asked_by), at=at - timedelta(minutes=1), purpose="notice", words="发停水通知", columns=["door"]
    )  # fmt: skip
    return {
        "uuid:household": household,
        "uuid:person": person,
        "uuid:label": label.pk,
        "uuid:link": Link.objects.get(household=linked).pk,
        "uuid:export": asked.pk,
    }


OWN = {
    "console/households/<uuid:household>/<slug:verb>/": {"slug:verb": "contact"},
    "console/people/<uuid:person>/<slug:verb>/": {"slug:verb": "describe"},
}

# The routes by name, as the browser's test asks for them: what is no page, and the pages of a grid head.
NO_PAGE = (
    "household_search", "household_purpose", "person_reveal", "label_withdraw", "link_area", "link_household", "link_end",
    "export_decide", "export_fetch",
)  # fmt: skip
PAGES = (
    "households", "household", "household_new", "household_print", "household_act", "person", "person_act", "links",
    "exports", "export_new", "export_list",
)  # fmt: skip


def parts(found):
    """Return what each of these pages needs in its address, by its name."""
    household = {"household": found["uuid:household"]}
    person = {"person": found["uuid:person"]}
    return {
        "household": household,
        "household_print": household,
        "household_act": household | {"verb": "add-person"},
        "person": person,
        "person_act": person | {"verb": "label"},
        "export_list": {"export": found["uuid:export"]},
    }
