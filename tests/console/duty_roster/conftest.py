from datetime import timedelta

import pytest
from django.utils import timezone

from yige.accounts.shift_actions import add_shift

NUMBER = "19955550001"


@pytest.fixture
def here(here, settings):
    """The town, its bureau bound to the street, with somebody on duty in the bureau now."""
    settings.YIGE_SECOND_FACTOR = False
    here.bureau_unit.path = here.property_unit.path = "/zz/"
    here.bureau_unit.save()
    here.property_unit.save()
    here.now = timezone.now().replace(second=0, microsecond=0)
    here.shift = add_shift(
        here.bureau_unit, by=here.desk, at=here.now, name="金丝雀值班", phone=NUMBER,
        begins_at=here.now - timedelta(hours=2), ends_at=here.now + timedelta(hours=6),
    )  # fmt: skip
    return here
