"""Step 6, 情况反馈: to the person who reported, to the superior, to the area."""

from yige.accounts.roles import having, leading
from yige.cases import case_notices
from yige.cases.move import move
from yige.cases.words import Tier
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

ABOVE = {
    Tier.GRID: leading(2),
    Tier.COMMUNITY: leading(1),
    Tier.STREET: having("decide_hard_cases"),
    Tier.DEPARTMENT: leading(1),
    Tier.DISTRICT: having("lead_district"),
    Tier.CITY: having("lead_district"),
}


@move
def reply(case, *, by, at, words) -> None:
    """Answer the reporter."""


@move
def answer_at_visit(case, *, by, at, kind, words="") -> None:
    """Give one of the three answers to the household that raised it, face to face or by phone."""


@move
def report_up(case, *, by, at, words) -> None:
    """Report a matter of weight to the level above."""
    case_notices.notify_heads(case, "情况报告", *ABOVE[Tier(case.tier)], at=at, kind="reported_up")


@move
def tell_area(case, *, by, at, words) -> None:
    """Tell everybody in the grid what was done about a common problem; names no person."""
    area = "/".join(case.grid_path.split("/")[:4]) + "/"
    title = f"{case.category.label}：办理情况"
    notices.tell_area(
        area, kind="area", title=title, body=words, at=at, subject=Subject(SubjectKind.CASE, case.pk)
    )
