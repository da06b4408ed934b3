from yige.cases.models.case import DANGER_FIRST, Case
from yige.cases.models.closings import ChangedDay, Closing
from yige.cases.models.clusters import ClusterRun, KeptCluster
from yige.cases.models.corrections import Correction
from yige.cases.models.entry import Entry
from yige.cases.models.exclusions import Exclusion
from yige.cases.models.photos import Draft, Photo
from yige.cases.models.reporter import Reporter
from yige.cases.models.sides import (
    Ask,
    Card,
    FollowUp,
    LookBack,
    Rating,
    Return,
    SavedView,
    Urge,
)
from yige.cases.models.tables import CalendarDay, Category, PlatformComplaint, RuleValue
from yige.cases.models.waits import Wait

__all__ = [
    "DANGER_FIRST",
    "Ask",
    "CalendarDay",
    "Card",
    "Case",
    "Category",
    "ChangedDay",
    "Closing",
    "ClusterRun",
    "Correction",
    "Draft",
    "Entry",
    "Exclusion",
    "FollowUp",
    "KeptCluster",
    "LookBack",
    "Photo",
    "PlatformComplaint",
    "Rating",
    "Reporter",
    "Return",
    "RuleValue",
    "SavedView",
    "Urge",
    "Wait",
]
