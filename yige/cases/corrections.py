"""Putting facts of a case right: what may change, what stood there before, and what the reporter is told of it."""

from typing import NamedTuple

from yige.accounts.scope import posts_with
from yige.cases.models import Correction
from yige.cases.reports import search_fields
from yige.cases.words import WITH_UNIT, Fact, Nature, State, Urgency
from yige.grids.locate import locate
from yige.lib.crypto import seal
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

OF_REPORTER = (Fact.NAME, Fact.PHONE)
NOTHING = "没有改动。请改了再提交，或者不用提交。"
FROM_URGENT = (Urgency.EMERGENCY, Urgency.URGENT, Urgency.HARD, Urgency.NORMAL)
MOST_MOVES = 2
DISPATCHED = "已经派出去了，要改网格请告诉派单的人。"
MOVED_ENOUGH = f"已经改过 {MOST_MOVES} 次网格，由街道的事件处置岗来定。"
NOT_YOURS = "只有登记的人自己和派单的人可以更正。"


class Change(NamedTuple):
    """One fact that changes, in words; `secret` is a contact as it was, to be sealed."""

    fact: Fact
    before: str
    after: str
    secret: str = ""


def check_correct(case, by, at) -> None:
    """Refuse who neither took it down nor dispatches here: of others' slips the dispatchers take care."""
    if case.reported_by_id != by.pk and not posts_with(by, at, "dispatch", case.grid_path):
        raise NotAllowed(NOT_YOURS)


def check_move_grid(case, by, at) -> None:
    """Refuse to move what was moved often enough; who took it down may move it until it is dispatched."""
    check_correct(case, by, at)
    posts = posts_with(by, at, "dispatch", case.grid_path)
    if not posts and case.state in WITH_UNIT:
        raise Conflict(DISPATCHED)
    if any(post.rule.level == 1 for post in posts) or not getattr(case, "has_corrections", True):
        return
    if case.corrections.filter(fact=Fact.GRID, round=case.reopen_no).count() >= MOST_MOVES:
        raise NotAllowed(MOVED_ENOUGH)


def changes_of_facts(case, at, *, place, category, urgency, nature) -> list[Change]:
    """Set the facts that differ and return what changed; without a word urgency and nature follow the category."""
    urgency = urgency or min(case.urgency, category.urgency, key=FROM_URGENT.index)
    nature = nature or (Nature.PERSONAL if category.nature == Nature.PERSONAL else case.nature)
    if FROM_URGENT.index(urgency) > FROM_URGENT.index(case.urgency) and case.is_overdue(at):
        late = "已经超过时限，不能再改得不急。请先办理，或者说明情况。"
        raise NotSaid(late, urgency=late)
    changes = [
        Change(Fact.PLACE, case.place, place),
        Change(Fact.CATEGORY, kind_words(case.category), kind_words(category)),
        Change(Fact.URGENCY, case.get_urgency_display(), Urgency(urgency).label),
        Change(Fact.NATURE, case.get_nature_display(), Nature(nature).label),
    ]
    case.place, case.category, case.urgency, case.nature = place, category, urgency, nature
    set_search(case)
    return without_same(changes)


def kind_words(category) -> str:
    return f"{category.parent.label} › {category.label}" if category.parent else category.label


def change_words(case, words) -> list[Change]:
    """Put right what a member of staff took down; nobody rewrites what the reporter wrote."""
    if words is None or words == case.words:
        return []
    if case.reported_by_id is None:
        raise Conflict("反映人自己写的话不能改。有要说明的，请用“补充”。")
    if not words.strip():
        raise NotSaid("请写一写是什么问题。", report="请写一写是什么问题。")
    change = Change(Fact.WORDS, case.words, words)
    case.words = words
    set_search(case)
    return [change]


def set_search(case) -> None:
    for name, value in search_fields(case.words, case.place).items():
        setattr(case, name, value)


def without_same(changes) -> list[Change]:
    """Return the changes that change something; refuse when there is none."""
    changes = [change for change in changes if change.before != change.after]
    if not changes:
        raise NotSaid(NOTHING)
    return changes


def keep_history(case, changes, *, by, at) -> None:
    """Write down what stood there before; what of it is a contact is sealed."""
    for change in changes:
        row = Correction(
            case=case,
            at=at,
            round=case.reopen_no,
            by=by,
            fact=change.fact,
            before=change.before,
            after=change.after,
        )
        if change.secret:
            row.before_sealed = seal(change.secret, where=f"cases_correction.before:{row.pk}")
        row.save(force_insert=True)


def put_into(case, grid) -> Change:
    """Put the case into another grid; a point that does not lie there goes, its clock goes on."""
    top = "/".join(case.grid_path.split("/")[:2]) + "/"
    if grid.pk == case.grid_id or not grid.path.startswith(top) or grid.valid_until:
        raise NotSaid("请另选一个网格。", grid="请选本街道里在用的另一个网格。")
    change = Change(Fact.GRID, str(case.grid), str(grid))
    case.grid, case.grid_path = grid, grid.path
    here = locate(case.lon, case.lat) if case.lon is not None else None
    if here is None or not here.path.startswith(grid.path):
        case.lon, case.lat, case.accuracy_m = None, None, None
    return change


def give_back(case) -> bool:
    """Take the case from a unit that has nothing to do with its place; say whether there was one.

    Returns for the wrong place are over with it, and a first receiver from elsewhere leads nothing here.
    """
    if case.first_unit and not reaches(case.first_unit, case):
        case.first_unit, case.return_count = None, 0
    if case.unit is None or reaches(case.unit, case):
        return False
    case.unit, case.handler, case.handed_by = None, None, None
    if case.state in WITH_UNIT:
        case.state, case.dispatched_at, case.signed_at = State.ACCEPTED, None, None
    return True


def reaches(unit, case) -> bool:
    return not unit.path or case.grid_path.startswith(unit.path)


def line_for_reporter(changes) -> str:
    """Return what the reporter reads of it: which facts, and what his matter is now taken for."""
    return "、".join(
        change.fact.label if change.fact == Fact.PLACE else f"{change.fact.label}（现在是“{change.after}”）"
        for change in changes
    )


def history_of(case, matter_alone=False) -> list[Correction]:
    """Return what was put right, the newest first; the matter alone leaves out who reported it."""
    if not case.has_corrections:
        return []
    rows = case.corrections.select_related("by").order_by("-at", "-id")
    return list(rows.exclude(fact__in=OF_REPORTER) if matter_alone else rows)
