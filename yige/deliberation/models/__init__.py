"""The tables of deliberations: the matter itself, and what comes of it."""

from yige.deliberation.models.deliberations import Deliberation, DeliberationLine
from yige.deliberation.models.outcomes import Decision, Meeting, Objection, Step
from yige.deliberation.models.votes import Ballot, PaperEntry, RightHolder, Vote, VotingRight

__all__ = [
    "Ballot", "Decision", "Deliberation", "DeliberationLine", "Meeting", "Objection", "PaperEntry", "RightHolder", "Step", "Vote",
    "VotingRight",
]  # fmt: skip
