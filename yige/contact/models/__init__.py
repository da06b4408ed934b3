from yige.contact.models.figures import AreaFigure
from yige.contact.models.patrols import Look, Patrol, Route, Spot
from yige.contact.models.visits import Answer, Appointment, Need, Promise, Slot, Visit

__all__ = [
    "Answer", "Appointment", "AreaFigure", "Look", "Need", "Patrol", "Promise", "Route", "Slot", "Spot", "Visit",
]  # fmt: skip
