"""Rosters are not kept: after 30 days the file and what stood on file before are deleted, with a proof."""

from collections import Counter
from datetime import timedelta

from django.db import transaction

from yige.accounts.actors import CLOCK
from yige.archive.models import RosterRow, RosterRun
from yige.archive.rights.erasing import prove
from yige.archive.rosters import sealed_files
from yige.archive.words import DeletionKind

DAYS = 30
ORPHAN_HOURS = 24
FILE_BATCH = 200


def forget_files(at) -> Counter:
    """Delete the files of runs sent 30 days ago, and files that no run knows; return the counts."""
    done = Counter()
    old = RosterRun.objects.filter(at__lt=at - timedelta(days=DAYS)).exclude(stored_name="")
    while ids := list(old.exclude(state__in=("taking", "undoing")).values_list("pk", flat=True)[:FILE_BATCH]):
        done["roster_files"] += _forget(ids, at)
    done["orphan_roster_files"] = _drop_orphans(at)
    return done


@transaction.atomic
def _forget(ids, at):
    rows = list(RosterRun.objects.select_for_update().filter(pk__in=ids))
    names = [row.stored_name for row in rows]
    RosterRow.objects.filter(run__in=ids).update(before_sealed=None)
    RosterRun.objects.filter(pk__in=ids).update(stored_name="")
    prove(DeletionKind.ROSTER_FILES, ids, by=CLOCK, at=at)
    transaction.on_commit(lambda: [sealed_files.remove(name) for name in names])
    return len(rows)


def _drop_orphans(at):
    """A crash between the file and its row leaves a file that nobody can open any more."""
    folder = sealed_files.path_of("x").parent
    limit = (at - timedelta(hours=ORPHAN_HOURS)).timestamp()
    old = [path for path in folder.iterdir() if path.stat().st_mtime < limit] if folder.is_dir() else []
    known = set(RosterRun.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    orphans = [path for path in old if path.name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
