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
        "roots": [f"{len(vote.leaves)} 票，{vote.root}" for vote in shown.counted]
        + [secret_words(each) for each in shown.secret],
        "shown": f"公示：{day(row.shown_at)}起，到 {day(row.shown_until)}。" if row.shown_at else "",
        "objections": [[each.gist, each.answer] for each in shown.objections],
        "steps": [
            [step.words, str(step.unit), f"{step.due_on:%Y-%m-%d} 以前", step.done_words or "还没有办完"]
            for step in shown.steps
        ],
    }  # fmt: skip


def secret_words(each) -> str:
    counts = "，".join(f"{label} {number}" for label, number in each.counts)
    return f"不记名，发出 {each.vote.handed_out} 张，投了 {each.taken} 张{'：' if counts else ''}{counts}。{each.vote.root}"


HOW_A_ROOT_IS_MADE = """怎么算校验码：每一票是 SHA-256（一个 00 字节，接着“码|题号|词”；同意的词是 yes，不同意 no，弃权 abstained，无效票 invalid）。
把各票的结果按大小排好，两个两个接起来（前面一个 01 字节）再算 SHA-256，剩单的照原样上去，直到只剩一个，就是校验码。"""


def secret_list_text(row, each) -> str:
    """Return the list of a secret vote as a file that anybody can count and check with tools of their own."""
    lines = [
        str(row),
        f"题号：{each.vote.pk}",
        f"校验码：{each.vote.root}",
        secret_words(each),
        HOW_A_ROOT_IS_MADE,
        "",
    ]
    return "\n".join([*lines, *(f"{code} {label}" for code, label in each.pairs), ""])


def source_of(decision) -> str:
    if not decision.source:
        return ""
    return f"接收的结果：{decision.source}，{decision.source_number}，{decision.source_on:%Y-%m-%d}"


def moment(at) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


def day(at) -> str:
    return f"{local_day(at):%Y-%m-%d}"
