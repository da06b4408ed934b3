"""Calls with their seats, certificates; branches with their members, what neighbours offer."""

from yige.alliance.models.branches import Branch, HelpOffer, Membership
from yige.alliance.models.calls import Certificate, Seat, VolunteerCall

__all__ = ["Branch", "Certificate", "HelpOffer", "Membership", "Seat", "VolunteerCall"]
