"""The tables of deliberations: the matter itself, and what comes of it."""

from yige.deliberation.models.deliberations import Deliberation, DeliberationLine
from yige.deliberation.models.outcomes import Decision, Meeting, Objection, Step

__all__ = ["Decision", "Deliberation", "DeliberationLine", "Meeting", "Objection", "Step"]
