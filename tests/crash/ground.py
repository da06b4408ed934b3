"""What the crash tests need in a fresh installation: a town, a door's code, and an outbox full of notices.

Run as a program of its own against that installation: `python -m tests.crash.ground town | notices N`.
"""

import json
import os
import sys


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps({"town": town, "notices": notices}[sys.argv[1]](*sys.argv[2:])))


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


if __name__ == "__main__":
    main()
