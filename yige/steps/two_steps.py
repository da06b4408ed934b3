"""Verbs that need two steps: they stand here, beside the steps, because a step never imports another."""

from django.db import transaction

from yige.cases import case_notices
from yige.cases.models import Case
from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import Channel, LookBackResult
from yige.steps.s3_report import actions as s3
from yige.steps.s5_handle import whistling
from yige.steps.s7_clear import actions as s7


def look_back(case, *, by, at, result, words, key=None, seen=None) -> Case:
    """Look back; a problem that came back is reported anew in the same transaction, and both are linked."""
    with transaction.atomic():
        case = s7.record_look_back(case, by=by, at=at, key=key, seen=seen, result=result, words=words)
        if result == LookBackResult.RECURRED:
            again = report_again(case, by=by, at=at, key=f"{key}-again" if key else None)
            words = f"回头看发现问题又出现了，已经另立一件 {again.number} 重新办理，不用您再报。"
            case_notices.notify_reporters(case, words, at=at, verb="look_back")
        return case


def report_again(case, *, by, at, key) -> Case:
    """Report the same problem in the same place as found on patrol; the first case stays as it was."""
    return s3.report(
        case.grid,
        by=by,
        at=at,
        key=key,
        problem=Problem(case.words, case.category, case.urgency, case.nature),
        location=Location(case.place, case.located_by, case.lon, case.lat, case.accuracy_m),
        origin=Origin(Channel.PATROL, recurs_from=case),
    )


def report_with_whistle(
    grid, *, by, at, key, problem, location, origin, sounded, contact=None, photos=()
) -> Case:
    """Whistle first in an emergency of the public: the case is made by the same act; `sounded` is what the whistle says."""
    with transaction.atomic():
        said = {
            "problem": problem,
            "location": location,
            "origin": origin,
            "contact": contact,
            "photos": photos,
        }
        case = s3.report(grid, by=by, at=at, key=key, **said)
        return whistling.whistle(case, by=by, at=at, key=f"{key}-whistle" if key else None, **sounded)
