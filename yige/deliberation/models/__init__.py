"""The tables of deliberations: the matter itself, and what comes of it."""

from yige.deliberation.models.deliberations import Deliberation, DeliberationLine
from yige.deliberation.models.outcomes import Decision, Meeting, Objection, Step
from yige.deliberation.models.questions import Question
from yige.deliberation.models.votes import Ballot, PaperEntry, RightHolder, Slip, Vote, VotingRight

__all__ = [
    "Ballot", "Decision", "Deliberation", "DeliberationLine", "Meeting", "Objection", "PaperEntry", "Question", "RightHolder", "Slip", "Step",
    "Vote", "VotingRight",
]  # fmt: skip
