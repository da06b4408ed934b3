"""What the crash tests need in a fresh installation: a town, a door's code, an outbox full of notices, a busy sealer.

Run as a program of its own against that installation: `python -m tests.crash.ground town | notices N | seal | verify`.
"""

import json
import os
import sys
import time


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    sys.stdout.write(
        json.dumps(
            {"town": town, "notices": notices, "seal": seal, "verify": verify}[sys.argv[1]](*sys.argv[2:])
        )
    )


def town():
    from tests import factories
    from yige.accounts.actors import COMMAND
    from yige.grids.actions import issue_qr

    here = factories.town()
    code = issue_qr(here.grid, by=COMMAND, at=factories.MONDAY_NOON, place="3号楼")
    return {"code": code.token, "grid": str(here.grid.pk)}


def notices(count):
    """Put notices that are due now into the outbox, for a reporter who left a number."""
    from django.utils import timezone

    from tests import factories
    from yige.accounts.actors import STRANGER
    from yige.cases.reporters import ReporterContact
    from yige.cases.reports import Problem
    from yige.grids.models import Grid
    from yige.notices.actions import tell_reporter
    from yige.steps.s3_report.actions import report

    now, grid = timezone.now(), Grid.objects.get(path="/zz/js/9/")
    problem = Problem("寄信用", factories.category())
    case = report(grid, by=STRANGER, at=now, problem=problem, contact=ReporterContact(phone="19900000099"))
    for number in range(int(count)):
        words = {"title": f"第{number}封", "body": "有进展"}
        tell_reporter(case.pk, kind="case", at=now, reachable=True, urgent=True, **words)
    return {"case": str(case.pk)}


def seal():
    """Seal without a pause, a few lines a block, until killed; a database that is away is waited for."""
    from django.db import Error, connection

    from yige.audit import sealer

    sealer.BLOCK_LINES = 5
    while True:
        try:
            sealer.seal(None)
        except Error:
            connection.close()
            time.sleep(0.05)


def verify():
    """Seal what is left, and say what a walk over the whole log finds."""
    from yige.audit import log_rows, sealer
    from yige.audit.verifying import verify

    sealer.seal(None)
    with log_rows.one_moment():
        verdict = verify(log_rows.all_blocks(), log_rows.all_lines())
    return {
        "found": dict(verdict.counts),
        "lines": verdict.lines,
        "blocks": verdict.blocks,
        "open": verdict.open_lines,
    }


if __name__ == "__main__":
    main()
