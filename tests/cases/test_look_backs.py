"""The lots of look-backs: their share, that nobody can steer them, that an auditor finds what was done against them."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import MONDAY_NOON, act, category, life, reported
from tests.scenes import scene
from yige.cases import clockwork, look_backs, rules
from yige.cases.models import Case, Closing, LookBack, RuleValue
from yige.lib.local_time import local_day
from yige.lib.refusals import NotAllowed
from yige.notices.models import Notice

NEXT_NIGHT = MONDAY_NOON + timedelta(hours=15)
A_MONTH = timedelta(days=30)


@scene
def every_lot():
    RuleValue.objects.create(name="look_back_share", value=100)
    rules.reread_values()


@pytest.mark.parametrize("share", [1, 10, 50])
def test_lots_fall_evenly(share):
    drawn = sum(look_backs.is_drawn("look_back", uuid.UUID(int=number), share) for number in range(20_000))

    assert abs(drawn / 200 - share) < 1.5


def test_a_lot_is_another_with_another_key_and_for_another_draw(settings):
    ids = [uuid.uuid4() for _ in range(50)]
    first = [look_backs.lot("look_back", each) for each in ids]
    again = [look_backs.lot("look_back", each) for each in ids]
    other_draw = [look_backs.lot("check", each) for each in ids]
    settings.YIGE_LINK_KEY = b"x" * 32

    assert again == first != other_draw
    assert [look_backs.lot("look_back", each) for each in ids] != first


def test_a_lot_depends_on_nothing_that_anybody_types(here, every_lot):
    typed = {"words": "井盖丢了", "place": "南门口", "contact": {"name": "王阿姨"}}
    cases = [
        life(here, until="closed"),
        life(here, until="closed", category=category("safety.gas-smell"), **typed),
    ]
    before = [look_backs.lot("look_back", case.pk) for case in cases]
    Case.objects.filter(pk=cases[0].pk).update(words="又改了", place="", reopen_no=3, serial=99)

    assert [look_backs.lot("look_back", Case.objects.get(pk=case.pk).pk) for case in cases] == before


def test_what_the_lot_falls_on_is_planned_after_the_closing_for_the_level_above(here, every_lot):
    case = life(here, until="closed")
    at_closing = case.lookbacks.count()

    first, second = look_backs.draw(NEXT_NIGHT), look_backs.draw(NEXT_NIGHT)

    plan = case.lookbacks.get()
    assert (at_closing, first, second) == (0, {"closings": 1, "drawn": 1}, {})
    assert (plan.why, plan.level, plan.due_on) == ("sample", 2, local_day(case.closed_at) + A_MONTH)


def test_what_the_lot_does_not_fall_on_is_drawn_once_and_has_no_plan(here, monkeypatch):
    case = life(here, until="closed")
    monkeypatch.setattr(look_backs, "lot", lambda purpose, pk: 9_999)

    look_backs.draw(NEXT_NIGHT)

    assert not case.lookbacks.exists()
    assert Closing.objects.get(case=case).look_back_share == rules.value("look_back_share")


def test_what_has_its_plan_or_was_closed_long_ago_is_not_drawn(here, every_lot):
    major = life(here, until="closed", nature="major")
    life(here, until="closed", at=MONDAY_NOON - timedelta(days=40))

    look_backs.draw(NEXT_NIGHT)

    assert LookBack.objects.filter(why="sample").count() == 0
    assert [(row.why, row.level) for row in major.lookbacks.all()] == [("major", 1)] * 2


def test_an_emergency_is_looked_back_on_twice_and_cleared_without_waiting(here):
    case = life(here, until="cleared", urgency="emergency")

    assert case.lookbacks.count() == 2


def test_an_auditor_finds_a_plan_that_was_taken_away(here, every_lot):
    case = life(here, until="closed")
    look_backs.draw(NEXT_NIGHT)
    out = StringIO()
    call_command("check_lots", stdout=out)
    case.lookbacks.all().delete()

    with pytest.raises(CommandError, match=case.number):
        call_command("check_lots")
    assert "每一件都与抽签相符" in out.getvalue()


def test_nobody_of_the_unit_that_handled_it_looks_back(here, every_lot):
    case = life(here, until="closed")
    look_backs.draw(NEXT_NIGHT)
    at = MONDAY_NOON + A_MONTH

    with pytest.raises(NotAllowed, match="别的单位"):
        act("look_back", case, by=here.grid_head, at=at, result="holds", words="好着")
    assert not look_backs.in_reach(here.grid_head, at).exists()
    assert look_backs.due(here.community_head, at).count() == 1


def test_what_is_due_is_told_to_the_level_whose_it_is(here, every_lot):
    life(here, until="closed")
    look_backs.draw(NEXT_NIGHT)
    clockwork.tell_look_backs(MONDAY_NOON + A_MONTH)

    told = Notice.objects.filter(kind="look_back").values_list("user_id", flat=True)
    assert list(told) == [here.community_head.pk]


def test_what_came_back_is_a_new_case_and_its_reporter_is_told_its_number(here, every_lot):
    case = life(here, until="closed", contact={"name": "王阿姨", "phone": "19900000007"})
    look_backs.draw(NEXT_NIGHT)

    act(
        "look_back",
        case,
        by=here.community_head,
        at=MONDAY_NOON + A_MONTH,
        result="recurred",
        words="又不亮了",
    )

    again = case.recurrences.get()
    told = Notice.objects.filter(audience="reporter", subject_id=case.pk, body__contains=again.number)
    assert told.get().body == f"回头看发现问题又出现了，已经另立一件 {again.number} 重新办理，不用您再报。"
    assert reported(here).recurs_from is None
