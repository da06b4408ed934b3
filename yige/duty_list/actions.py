"""Every write to the duty list: proposed by the desk or by a decision, put in force by the level-1 head, ended."""

from datetime import timedelta

from yige.accounts.models import UnitKind
from yige.accounts.roles import having
from yige.accounts.scope import posts_with
from yige.audit.log import action
from yige.cases.models import Category
from yige.cases.queries import desk_and_heads
from yige.duty_list.duty_rules import overlap
from yige.duty_list.models import DutyRow
from yige.duty_list.words import PlaceKind, RowState
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

LONGEST_BASIS = 300
FARTHEST_DAY = timedelta(days=366)


@action("duty_list.propose", makes=DutyRow)
def propose(
    category,
    *,
    by,
    at,
    id,
    lead,
    basis,
    place_kind=PlaceKind.ANY,
    assists=(),
    valid_from=None,
    valid_until=None,
    case=None,
) -> DutyRow:
    """Propose who owes what; it changes nothing until the level-1 head has decided."""
    if by.actor_kind == "staff" and not posts_with(by, at, "propose_duties"):
        raise NotAllowed("职责清单由事件处置岗和一级网格长来提。")
    check_facts(lead, basis, valid_from, at)
    check_assists(lead, assists)
    check_span(valid_from or local_day(at), valid_until)
    row = DutyRow(
        id=id, category=category, place_kind=place_kind, lead=lead, assist_ids=[unit.pk for unit in assists],
        basis=basis.strip(), valid_from=valid_from or local_day(at), valid_until=valid_until, case=case, proposed_at=at,
        proposed_by=by if by.actor_kind == "staff" else None,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def check_facts(lead, basis, valid_from, at) -> None:
    """Refuse a unit that is closed, a row without a basis, and a day too far away."""
    if not lead.active or lead.kind == UnitKind.STATION:
        raise NotSaid("请另选。", lead="这个单位不能牵头，请另选一个在用的单位。")
    if not (basis or "").strip():
        raise NotSaid("还差依据。", basis="请写依据：哪部法、哪次会定的。")
    if len(basis.strip()) > LONGEST_BASIS:
        raise NotSaid("写得太长了。", basis=f"最多写 {LONGEST_BASIS} 个字。")
    if valid_from and abs(valid_from - local_day(at)) > FARTHEST_DAY:
        raise NotSaid("这个日子太远了。", valid_from="请写一年以内的日子。")


def check_assists(lead, assists) -> None:
    """Refuse the leading unit among those that assist, and one of them twice; nothing is dropped without a word."""
    if lead in assists:
        raise NotSaid("请另选。", assists=f"“{lead}”已经牵头，不用再写成配合单位。")
    twice = next((unit for unit in assists if assists.count(unit) > 1), None)
    if twice:
        raise NotSaid("请另选。", assists=f"配合单位“{twice}”写了两遍。")


def check_span(valid_from, valid_until) -> None:
    """Refuse a row that would hold on no day."""
    if valid_until and valid_until <= valid_from:
        raise NotSaid("日子不对。", valid_until="停用的日子要在“从哪天起”之后。")


def propose_from(case, lead, *, by, at, basis) -> DutyRow | None:
    """Propose what a decision about one case says of all alike; None where the list says so already, or can say nothing."""
    if lead.kind not in (UnitKind.DEPARTMENT, UnitKind.UTILITY):
        return (
            None  # a team, a community, a firm has its own places; what it owes there says nothing of others
        )
    same = DutyRow.objects.filter(category=case.category_id, lead=lead)
    if same.holding(local_day(at)).exists() or same.waiting().exists():
        return None
    row = propose(case.category, by=by, at=at, lead=lead, basis=basis[:LONGEST_BASIS], case=case)
    people = desk_and_heads(case, at, *having("decide_hard_cases"))
    title = f"职责清单：{case.category} 归{lead}，请定"
    subject = Subject(SubjectKind.DUTY, row.pk)
    notices.tell_staff(people, kind="duty", title=title, body=row.basis, at=at, subject=subject)
    return row


@action("duty_list.decide")
def decide_row(row, *, by, at, agreed, words="", valid_from=None) -> DutyRow:
    """Put a proposed row in force, on its day or today, or refuse it; the row whose place it takes ends on that day."""
    if by.actor_kind == "staff" and not posts_with(by, at, "decide_hard_cases"):
        raise NotAllowed("职责清单由一级网格长来定。")
    Category.objects.select_for_update().get(pk=row.category_id)  # one decision about a category at a time
    row = DutyRow.objects.select_for_update().get(pk=row.pk)
    if row.state != RowState.PROPOSED:
        raise Conflict("这一条已经定过了。")
    if not agreed and not words.strip():
        raise NotSaid("请写理由。", words="不同意的，请写明理由。")
    row.decided_at, row.decided_by, row.decision = (
        at,
        by if by.actor_kind == "staff" else None,
        words.strip()[:300],
    )
    if agreed:
        if valid_from and valid_from < local_day(at):
            raise NotSaid("这个日子已经过了。", valid_from="请写今天或以后的日子。")
        row.valid_from = valid_from or max(row.valid_from, local_day(at))
        check_span(row.valid_from, row.valid_until)
        end_predecessors(row)
    row.state = RowState.IN_FORCE if agreed else RowState.REFUSED
    row.save()
    return row


def end_predecessors(row) -> None:
    """End what the new row takes the place of; refuse a day on which a later row stands already."""
    rows = DutyRow.objects.select_for_update().filter(
        category=row.category_id, place_kind=row.place_kind, state=RowState.IN_FORCE
    )
    for other in rows:
        if not overlap(row, other):
            continue
        if other.valid_from > row.valid_from:
            raise Conflict("这一类以后的日子已经定过一条，日子有重叠，请先看那一条。")
        until, other.valid_until = other.valid_until, row.valid_from
        other.save(update_fields=["valid_until"])
        if row.valid_until and (until is None or row.valid_until < until):
            go_on_after(row, other, until)


def go_on_after(row, other, until) -> DutyRow:
    """Let the row before go on where a row with an end has ended, so that nothing is left without an answer."""
    return DutyRow.objects.create(
        category_id=other.category_id, place_kind=other.place_kind, lead_id=other.lead_id, assist_ids=other.assist_ids,
        basis=other.basis, valid_from=row.valid_until, valid_until=until, state=RowState.IN_FORCE, case_id=other.case_id,
        proposed_at=other.proposed_at, proposed_by_id=other.proposed_by_id, decided_at=row.decided_at,
        decided_by_id=row.decided_by_id, decision="临时的一条到期以后，接着用原来的这一条。",
    )  # fmt: skip


@action("duty_list.end")
def end_row(row, *, by, at, valid_until, words) -> DutyRow:
    """End a row that holds, with the reason; it stays to be read."""
    if by.actor_kind == "staff" and not posts_with(by, at, "decide_hard_cases"):
        raise NotAllowed("职责清单由一级网格长来定。")
    row = DutyRow.objects.select_for_update().get(pk=row.pk)
    if row.state != RowState.IN_FORCE or (row.valid_until and row.valid_until <= local_day(at)):
        raise Conflict("这一条现在不在用。")
    if not words.strip():
        raise NotSaid("请写理由。", words="请写明为什么停用。")
    if valid_until < max(row.valid_from, local_day(at)):
        raise NotSaid("这个日子已经过了。", valid_until="请写今天或以后的日子。")
    row.valid_until, row.decision = valid_until, f"{row.decision} 停用：{words.strip()}".strip()[:300]
    row.save(update_fields=["valid_until", "decision"])
    return row
