"""What a load balancer, a service unit and the launcher ask: which part of this installation works, without secrets."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yige.audit.sealer import sealing_state

LEAST_FREE_BYTES = 200 * 1024 * 1024
WORKER_SECONDS = 60
OK, SILENT = "ok", "does not answer"


@require_safe
@never_cache
def health(request):
    """Answer 200 when pages can be served, 503 when not; a line for each part in any case."""
    told = {name: told_of(look) for name, (look, _) in PARTS.items()}
    serves = all(told[name] != SILENT for name, (_, needed) in PARTS.items() if needed)
    lines = [OK if serves else "not serving", *(f"{name}: {words}" for name, words in told.items())]
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), status=200 if serves else 503, content_type="text/plain"
    )


def told_of(look: Callable[[], str]) -> str:
    try:
        return look()
    except Exception:  # whatever it was, it does not work; what it was may name hosts and roles
        return SILENT


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def disk() -> str:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"written")
    room = os.statvfs(folder)
    return OK if room.f_bavail * room.f_frsize >= LEAST_FREE_BYTES else "nearly full"


def worker() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        beat = cursor.fetchone()[0]
    if beat is None:
        return "none"
    return OK if (timezone.now() - beat).total_seconds() < WORKER_SECONDS else "late"


def sealing() -> str:
    state = sealing_state()
    return "moved" if state.moved else "stopped" if state.stopped else "late" if state.late else OK


# The pages work without the worker; what it sends, draws and seals comes later.
PARTS = {
    "database": (database, True),
    "disk": (disk, True),
    "worker": (worker, False),
    "sealing": (sealing, False),
}
