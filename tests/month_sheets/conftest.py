from datetime import UTC, datetime

from tests import factories
from tests.scenes import scene
from yige.assessment.periods import month_of

OCTOBER = month_of(datetime(2026, 10, 5, tzinfo=UTC).date())
# 9 November 2026 is a Monday; the first working day after October is Monday the 2nd.
MORNING = datetime(2026, 11, 2, 0, 45, tzinfo=UTC)


@scene
def here():
    return factories.town()


@scene
def closed(here):
    """Three matters that the team closed in October; the last one was taken up again."""
    at = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
    here.cases = [
        factories.life(here, "closed", at=at, contact={"phone": "19900000024"}, place=f"{n}号楼")
        for n in range(3)
    ]
    factories.act(
        "reopen", here.cases[2], by=here.street_head, at=datetime(2026, 10, 20, 2, tzinfo=UTC), words="没修好"
    )
    here.closings = [case.closings.get() for case in here.cases]
    return here
