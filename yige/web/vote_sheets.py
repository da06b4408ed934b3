"""What a vote puts on paper: the slips of a secret vote, and sheets for the notice board, as PDF by Typst."""

from pathlib import Path

from yige.deliberation.decision_rules import area_words
from yige.deliberation.queries import counted_decision, secret_list, secret_lists
from yige.lib import typeset
from yige.lib.local_time import clock_words, full_date_words, local
from yige.lib.typed_text import clean_line
from yige.web.deliberation_sheet import secret_words, source_of

_HERE = Path(__file__).parent
PAPER_RULE = "只选一项，打“√”。涂改、多选、不选的是无效票，算参与，不算同意。业主签名另在领票单上；委托的附业主写的委托书。"
SLIP_RULE = "只选一项，打“√”。涂改、多选、不选的是无效票。凭码在居民页面投，或者投进票箱，两样只能一样。"


def slips_pdf(row, vote, *, fonts: str = "system") -> bytes:
    """Set the slips of a secret vote: a code, the question, the choices and no name."""
    codes = vote.slips.order_by("code").values_list("code", flat=True)
    told = {
        "title": clean_line(str(row)), "area": row.area, "kind": "不记名表决单", "rule": SLIP_RULE,
        "slips": [{"mark": code, "about": "自己留好这个码：截止以后凭它在清单里找自己的一票。"} for code in codes],
    }  # fmt: skip
    return typeset.pdf(_HERE / "ballots.typ", told, fonts=fonts)


def root_pdf(row, vote, *, fonts: str = "system") -> bytes:
    """Set the root of a secret vote for the notice board, before its list appears."""
    fixed = secret_list(vote)
    parts = [
        ["投了多少", [f"印了 {fixed.drawn} 张，发出 {vote.handed_out} 张，投了 {fixed.taken} 张。"]],
        ["清单的校验码", [vote.root or "没有人投"]],
        ["怎么用", [
            "计票以后，居民页面公布清单：按码排好，一行一票。各人凭单子上的码找自己的一票，自己数一遍。",
            "清单改过、少过、多过一票，校验码就变了，和这张纸对不上。",
        ]],
    ]  # fmt: skip
    return board_pdf(row, "不记名投票封票公告", parts, vote.fixed_at, fonts=fonts)


def papers_pdf(row, vote, *, fonts: str = "system") -> bytes:
    """Set one paper for each right of a roll: its number, its homes and area, and no name."""
    slips = [
        {
            "mark": f"{right.number} 号",
            "about": f"{clean_line(right.doors)}，{area_words(right.area)}，一票。",
        }
        for right in vote.rights.all()
    ]
    told = {
        "title": clean_line(str(row)), "area": row.area, "kind": "业主表决票", "rule": PAPER_RULE,
        "slips": slips,
    }  # fmt: skip
    return typeset.pdf(_HERE / "ballots.typ", told, fonts=fonts)


def notice_pdf(row, *, fonts: str = "system") -> bytes:
    """Set the notice of a meeting: what is decided in which form, when and where, whom it touches, what is read before."""
    parts = [
        [
            "开会",
            [f"{full_date_words(local(row.meeting_at))} {clock_words(row.meeting_at)}，{row.meeting_place}"],
        ],
        ["要商量什么", row.words.splitlines()],
        ["怎么定", [row.get_matter_display(), row.rule.article]],
        ["和谁有关", row.affected.splitlines()],
        ["先看的材料", row.materials.splitlines()],
    ]
    return board_pdf(row, "议事通知", parts, row.noticed_at, fonts=fonts)


def result_pdf(row, *, fonts: str = "system") -> bytes:
    """Set the notice of a result that is shown: the verdict, the worked sum with its article, until when one may object."""
    counted = counted_decision(row.decisions.first())
    decision = counted.decision
    sums = [line.words for line in counted.lines] or ["协商意见不是决定，没有约束力。"]
    parts = [
        ["结果", [decision.get_verdict_display(), *decision.words.splitlines()]],
        ["怎么算的", [*sums, counted.quorum, f"依据：{decision.rule.article}"]],
        ["结果来自", [source_of(decision)]],
        ["不记名投票", [secret_words(each) for each in secret_lists(row)]],
        [
            "公示",
            [f"公示到 {full_date_words(local(row.shown_until))}。有不同意见，公示期里告诉社区，都会答复。"],
        ],
    ]
    parts = [[heading, [line for line in lines if line]] for heading, lines in parts]
    return board_pdf(row, "议事结果公示", [part for part in parts if part[1]], row.shown_at, fonts=fonts)


def board_pdf(row, kind, parts, at, *, fonts: str = "system") -> bytes:
    """Set a sheet for the notice board: parts of (heading, lines)."""
    told = {
        "title": clean_line(str(row)), "area": row.area, "kind": kind, "parts": parts, "day": full_date_words(local(at)),
    }  # fmt: skip
    return typeset.pdf(_HERE / "board.typ", told, fonts=fonts)
