"""Calls with their seats, certificates; branches with their members, what neighbours offer; organisations; 双报到; wishes."""

from yige.alliance.models.branches import Branch, HelpOffer, Membership
from yige.alliance.models.calls import Certificate, Seat, VolunteerCall
from yige.alliance.models.organisations import OrganisationMember, OrganisationPage, OrganisationSeat
from yige.alliance.models.reporting_in import ReportIn, ReportingUnit
from yige.alliance.models.wishes import Wish

__all__ = [
    "Branch",
    "Certificate",
    "HelpOffer",
    "Membership",
    "OrganisationMember",
    "OrganisationPage",
    "OrganisationSeat",
    "ReportIn",
    "ReportingUnit",
    "Seat",
    "VolunteerCall",
    "Wish",
]
