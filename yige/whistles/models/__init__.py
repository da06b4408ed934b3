from yige.whistles.models.answers import CallLink, LinkAnswer
from yige.whistles.models.calls import Call, Dispute, Miss
from yige.whistles.models.plan import PlanStep, StepShift
from yige.whistles.models.whistle import CategoryLimit, Whistle, WhistleRequest

__all__ = [
    "Call", "CallLink", "CategoryLimit", "Dispute", "LinkAnswer", "Miss", "PlanStep", "StepShift", "Whistle",
    "WhistleRequest",
]  # fmt: skip
