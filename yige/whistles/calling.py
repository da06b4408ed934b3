"""Calling units: what is asked of each, who is told, what cannot be called. Used by the verbs that sound and add."""

from typing import NamedTuple
from uuid import UUID

from yige.accounts import shifts
from yige.accounts.models import Unit, UnitKind
from yige.cases import queries as cases
from yige.lib import masks
from yige.lib.refusals import Conflict, NotSaid
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind
from yige.whistles import gate
from yige.whistles.models import Call, CategoryLimit
from yige.whistles.standings import units_with_account
from yige.whistles.words import CallState, Part, Trigger

# Whom the street may call: offices beside the tree, and communities; a grid team is sent, not called.
CALLABLE = (UnitKind.DEPARTMENT, UnitKind.UTILITY, UnitKind.PROPERTY, UnitKind.COMMUNITY)
MOST_UNITS = 10
LONGEST_ASKED = 500
TWICE = "“{unit}”已经在被请的单位里了，一家单位只请一次。"
RELEASED_ALREADY = "“{unit}”在这次联办里定了不用来，不能再请。要它来，请等这次联办结束，再另吹一次哨请它。"
RELEASED_HINT = "定了不用来、这次不能再请的：{units}。要它们来，请等这次联办结束，再另吹一次哨。"
NOBODY = "“{unit}”没有账号，现在也没有值班的人，没有人会看到。请先打电话，把接电话的人和电话写在“谁接的电话”里，再吹哨。"
PERSONAL = "这里写了电话、证件号一类的个人信息，被请的单位都会看到。请去掉再发。"


class CallAsked(NamedTuple):
    """One unit to be called: its part, what is asked of it, and who took the phone where nobody would see it."""

    unit: Unit
    part: str
    asked: str
    reached: str = ""

    def as_written(self) -> dict[str, str]:
        return {"unit": self.unit.name, "part": Part(self.part).label, "asked": self.asked}


def check_calls(asked, at) -> None:
    """Refuse no unit, too many, the same one twice, none or two that lead, and whom nobody would reach."""
    if not asked:
        raise NotSaid("还没有选单位。", calls="请至少选一家牵头的单位。")
    if len(asked) > MOST_UNITS:
        raise NotSaid("单位太多了。", calls=f"一次最多请 {MOST_UNITS} 家单位。")
    names = [one.unit.pk for one in asked]
    doubled = next((one.unit.name for one in asked if names.count(one.unit.pk) > 1), "")
    if doubled:
        raise NotSaid("一家单位请了两次。", calls=TWICE.format(unit=doubled))
    if sum(one.part == Part.LEAD for one in asked) != 1:
        raise NotSaid("牵头的要正好一家。", calls="请选一家牵头，其余的配合。")
    for one in asked:
        check_call(one, at)


def check_call(one, at, *, field="unit") -> None:
    """Refuse a unit that cannot be called, of which nothing is asked, or where nobody would see it; `field` names it."""
    if not one.unit.active or one.unit.kind not in CALLABLE:
        raise NotSaid("请另选。", **{field: f"“{one.unit.name}”不能被请来联办，请另选一家单位。"})
    check_public(one.asked, "asked", LONGEST_ASKED, f"请写明请“{one.unit.name}”做什么。")
    if not one.reached.strip() and not is_reachable(one.unit, at):
        raise NotSaid("有的单位没有人会看到。", reached=NOBODY.format(unit=one.unit.name))


def check_public(text, field, longest, needed="请填写这一项。") -> str:
    """Return a text that every called unit reads; refuse numbers of persons in it."""
    text = gate.check_text(text, field, longest=longest, needed=needed)
    if masks.free_text(text) != text:
        raise NotSaid("请去掉个人信息。", **{field: PERSONAL})
    return text


def is_reachable(unit, at) -> bool:
    """Say whether anybody of a unit would see a call now: somebody with an account, or on the duty roster."""
    return not silent_units([unit], at)


def silent_units(units, at) -> list[Unit]:
    """Return those of the units that nobody could be reached in now: no account, and nobody on the duty roster."""
    seen, on_duty = units_with_account([unit.pk for unit in units], at), shifts.on_duty_in(units, at)
    return [unit for unit in units if unit.pk not in seen and not on_duty[unit.pk]]


def make_calls(whistle, asked, at) -> list[Call]:
    """Write down and tell the called units; the limits run from now."""
    calls = [make_call(whistle, one, at) for one in asked]
    for call in calls:
        tell_unit(call, at=at, first=True)
    return calls


def make_call(whistle, one, at) -> Call:
    call = Call(
        whistle=whistle, unit=one.unit, part=one.part, asked=one.asked.strip(), state=CallState.CALLED,
        called_at=at, turn_at=at, person=one.reached.strip()[:100],
    )  # fmt: skip
    gate.set_clock(call, at)
    call.save(force_insert=True)
    return call


def limits_of_category(trigger, category_id) -> dict[str, int]:
    """Return the limits of a trigger that are others in this category, by mark."""
    rows = CategoryLimit.objects.in_force().filter(trigger=trigger, category=category_id)
    return dict(rows.values_list("mark", "amount"))


def people_to_tell(call, at, *, first) -> set[UUID]:
    """Return the ids of the users to tell of a call: an emergency goes to whoever is on duty first, then to everybody."""
    on_duty = {shift.user_id for shift in shifts.on_duty(call.unit, at) if shift.user_id}
    if first and on_duty and call.whistle.trigger == Trigger.EMERGENCY:
        return on_duty
    return on_duty | set(cases.people_of_unit(call.unit, at))


def tell_unit(call, *, at, words="请来联办", kind="whistle", body="", first=False) -> None:
    """Tell the people of a called unit; in an emergency at once, at night as well."""
    whistle = call.whistle
    notices.tell_staff(
        people_to_tell(call, at, first=first),
        kind=kind,
        title=f"{words}：{whistle.get_trigger_display()}",
        body=(body or f"{call.get_part_display()}。{call.asked}")[:200],
        at=at,
        subject=Subject(SubjectKind.CALL, call.pk),
        urgent=whistle.trigger == Trigger.EMERGENCY,
    )


def tell_street(whistle, words, *, at, roles, body="", urgent=False) -> None:
    """Tell the holders of these roles over the place of a whistle."""
    people = cases.desk_and_heads(whistle, at, *roles)
    tell_people(whistle, people, words, at=at, body=body, urgent=urgent)


def tell_people(whistle, people, words, *, at, body="", urgent=False) -> None:
    notices.tell_staff(
        people,
        kind="whistle_told",
        title=words,
        body=body[:200],
        at=at,
        subject=Subject(SubjectKind.WHISTLE, whistle.pk),
        urgent=urgent or whistle.trigger == Trigger.EMERGENCY,
    )


def check_not_called(whistle, unit, *, field="unit") -> None:
    """Refuse a unit that has its row in a whistle already: one row a unit, also where it was released."""
    if call := Call.objects.filter(whistle=whistle, unit=unit).select_related("unit").first():
        raise Conflict(why_not_again(call), **{field: why_not_again(call)})


def why_not_again(call) -> str:
    """Return the sentence for whoever would call the unit of a call once more."""
    return (RELEASED_ALREADY if call.state == CallState.RELEASED else TWICE).format(unit=call.unit.name)


def released_hint(calls) -> str:
    """Say which units of these calls were released and cannot be called again, and what to do; "" where none was."""
    names = [call.unit.name for call in calls if call.state == CallState.RELEASED]
    return RELEASED_HINT.format(units="、".join(names)) if names else ""
