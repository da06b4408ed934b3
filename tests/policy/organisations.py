"""Units that reported in and social organisations: rows of the archive with a page, a seat that runs one of them; the values of their routes."""

from yige.accounts.actors import COMMAND
from yige.alliance import organisations
from yige.alliance.reporting_in import open_reporting_unit
from yige.archive.places.organisations import make_organisation

TOLD = {"does": "唱歌，逢年过节到院里演。", "meets": "周二、周五下午", "joins": "周二下午到活动室来"}
PAGES = ("social_organisations", "social_organisation", "reporting_units")
NO_PAGE = ("social_write", "social_give", "social_end", "reporting_unit_new", "reporting_unit_close")
NO_PAGE_OF_ALL = ("my_organisation_act",)


def organisation(here, at, name="向阳合唱队", grid=None, kind="social"):
    """Return an organisation of the archive, as the roster or the page of places writes it."""
    return make_organisation(grid or here.grid, by=COMMAND, at=at, kind=kind, name=name, services="唱歌")


def shown(here, at, **said):
    """The same with a page that everybody reads."""
    return organisations.write_page(organisation(here, at, **said), by=here.street_head, at=at, **TOLD)


def seated(here, at, **said):
    """The same, run by the account of the choir."""
    return organisations.give_seat(shown(here, at, **said), by=here.grid_head, at=at, user=here.choir)


def unit_of_town(here, at, name="区税务局"):
    return open_reporting_unit(
        here.community, by=here.community_head, at=at, name=name, offers="每月一次法律咨询"
    )


def own(here, at):
    """Return the values of the addresses of an organisation with its page and its seat."""
    row = seated(here, at)
    one, seat = {"uuid:pk": row.pk}, row.alliance_seats.get()
    line = "console/social-organisations/<uuid:pk>/"
    return {
        "console/reporting-units/<uuid:pk>/close/": {"uuid:pk": unit_of_town(here, at).pk},
        line: one,
        f"{line}write/": one,
        f"{line}give-seat/": one,
        f"{line}seats/<uuid:seat>/": one | {"uuid:seat": seat.pk},
        "together/organisations/<uuid:pk>/": one,
        "my/organisations/<uuid:pk>/": one,
        "my/organisations/<uuid:pk>/<slug:verb>/": one | {"slug:verb": "join"},
    }


def parts(values, surface):
    """Return the values of the addresses of their pages by name, for those who open every page in a browser."""
    row = {"pk": values["console/social-organisations/<uuid:pk>/"]["uuid:pk"]}
    # An organisation of the console is any row of the archive; the portal's is a social one.
    both = {"social_organisation": row, "my_organisation": row}
    return both | ({"organisation": row} if surface == "portal" else {})
