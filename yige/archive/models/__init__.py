from yige.archive.models.people import Household, Person
from yige.archive.models.places import Building, Home, Organisation, Thing
from yige.archive.models.rights import Erasure, Export, RightsRequest, SignIn, SignInCode
from yige.archive.models.rosters import Likeness, Merge, RosterRow, RosterRun, RosterSource
from yige.archive.models.ties import Label, Link, Origin, Tie

__all__ = [
    "Building",
    "Erasure",
    "Export",
    "Home",
    "Household",
    "Label",
    "Likeness",
    "Link",
    "Merge",
    "Organisation",
    "Origin",
    "Person",
    "RightsRequest",
    "RosterRow",
    "RosterRun",
    "RosterSource",
    "SignIn",
    "SignInCode",
    "Thing",
    "Tie",
]
