"""The record of a deliberation as a file: what everybody reads of it, set by Typst without a browser."""

from pathlib import Path

from yige.deliberation.queries import public_deliberation
from yige.lib import typeset
from yige.lib.local_time import local, local_day

_TEMPLATE = Path(__file__).parent / "deliberation.typ"


def record_pdf(row, *, fonts: str = "system") -> bytes:
    """Set the record: the notice, the meetings, the worked sums, objections and answers, steps."""
    return typeset.pdf(_TEMPLATE, told_of(public_deliberation(row)), fonts=fonts)


def told_of(shown) -> dict:
    """Return the record as plain values."""
    row = shown.row
    return {
        "title": str(row), "area": row.area, "stage": row.get_stage_display(), "words": row.words,
        "affected": [list(pair) for pair in shown.affected],
        "matter": row.get_matter_display(), "article": row.rule.article if row.rule else "",
        "meeting": f"{moment(row.meeting_at)}，{row.meeting_place}" if row.meeting_at else "",
        "materials": row.materials,
        "meetings": [
            {"at": moment(each.held_at), "present": each.present, "attendance": each.attendance,
             "minutes": each.minutes, "options": each.options} for each in shown.meetings
        ],
        "decisions": [
            {"verdict": each.decision.get_verdict_display(), "words": each.decision.words,
             "sums": [line.words for line in each.lines], "quorum": each.quorum, "article": each.decision.rule.article,
             "source": source_of(each.decision)} for each in shown.decisions
        ],
        "roots": [f"{len(vote.leaves)} 票，{vote.root}" for vote in shown.counted],
        "shown": f"公示：{day(row.shown_at)}起，到 {day(row.shown_until)}。" if row.shown_at else "",
        "objections": [[each.gist, each.answer] for each in shown.objections],
        "steps": [
            [step.words, str(step.unit), f"{step.due_on:%Y-%m-%d} 以前", step.done_words or "还没有办完"]
            for step in shown.steps
        ],
    }  # fmt: skip


def source_of(decision) -> str:
    if not decision.source:
        return ""
    return f"接收的结果：{decision.source}，{decision.source_number}，{decision.source_on:%Y-%m-%d}"


def moment(at) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


def day(at) -> str:
    return f"{local_day(at):%Y-%m-%d}"
