"""Which services the people of the demo asked for: labels of the closed list that fit their age and household."""

from yige.archive.words import Relation
from yige.demo.families import ADULT, MAN

OLD, VERY_OLD, BABY = 60, 80, 2  # years
LATEST, OLDEST = 6, 350  # days ago that a label still in force was granted


def _alone(member, family):
    return len(family) == 1 and member.age >= OLD


def _veteran(member, family):
    return member.sex == MAN and 40 <= member.age < 78


# fmt: off
SERVICE_LABELS = (
    #  label                  how many of them   who
    ("living_alone",          .80,   _alone),
    ("mobility_help",         .26,   lambda member, family: member.age >= VERY_OLD),
    ("mobility_help",         .07,   lambda member, family: 70 <= member.age < VERY_OLD),
    ("mobility_help",         .002,  lambda member, family: ADULT <= member.age < 70),
    ("communication_need",    .09,   lambda member, family: member.age >= VERY_OLD),
    ("communication_need",    .012,  lambda member, family: OLD <= member.age < VERY_OLD),
    ("disability_service",    .009,  lambda member, family: 6 <= member.age < VERY_OLD),
    ("veteran",               .045,  _veteran),
    ("hardship_support",      .006,  lambda member, family: member.age >= ADULT),
    ("infant_care",           .50,   lambda member, family: member.age <= BABY and member.relation == Relation.CHILD),
    ("medicine_reminder",     .07,   lambda member, family: member.age >= 70),
    ("party_member",          .065,  lambda member, family: 22 <= member.age < OLD),
    ("party_member",          .105,  lambda member, family: member.age >= OLD),
)
# fmt: on


def asked_for(random, member, family, made):
    """Draw the labels of one person with the days since they were granted, none before the file was opened."""
    return tuple(
        (kind, random.randint(LATEST, min(OLDEST, made - 1)))
        for kind, share, fits in SERVICE_LABELS
        if random.random() < share and fits(member, family)
    )
