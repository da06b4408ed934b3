"""A case as the pure tables see it: moments, urgency, nature, state; no database."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

from yige.cases.models import Case

TZ = timezone(timedelta(hours=8))
MOMENTS = [field.name for field in Case._meta.fields if field.name.endswith(("_at", "_until"))]


def case(**said):
    """A case as the pure table sees it: moments, urgency, nature, state."""
    blank = SimpleNamespace(
        **dict.fromkeys(MOMENTS), urgency="normal", nature="public", state="reported", outcome=""
    )
    blank.__dict__.update(said)
    blank.clock_from = blank.reopened_at or blank.reported_at
    return blank


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


START = here("2026-03-02T10:00")
