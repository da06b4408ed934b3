"""What had been raised before waits were rows waits as one afterwards, on its level, since it was raised."""

from datetime import timedelta

from tests.cases.test_search_migrations import run
from tests.factories import MONDAY_NOON, act, life
from tests.scenes import scene
from yige.cases import waits
from yige.cases.models import Case, Entry, Wait

AT = MONDAY_NOON + timedelta(hours=3)
SAID = {"tried": "找过", "asked": "协调"}


def raised(here, by=None, at=AT):
    return act("escalate", life(here, "accepted"), by=by or here.grid_head, at=at, **SAID)


@scene
def before(here):
    """Two raised cases as they stood before: one text of both, no row; a third was handed out, a fourth never raised."""
    told, silent = raised(here), raised(here, here.community_head)
    handed = raised(here)
    act("dispatch", handed, by=here.community_head, at=AT + timedelta(hours=1), unit=here.team_unit)
    life(here, "accepted")
    Wait.objects.all().delete()
    Entry.objects.filter(verb="escalate").update(said={"words": "本级没有资质，请上级出面", "tier": "社区"})
    Entry.objects.filter(case=silent, verb="escalate").update(said={})
    run("0013_what_was_raised_waits", "let_wait_what_was_raised")
    return told, silent


def test_what_had_been_raised_waits_on_its_level_since_then(here, before):
    told, silent = before
    rows = {row.case_id: row for row in Wait.objects.all()}

    assert set(rows) == {told.pk, silent.pk}
    assert [(row.tier, row.way, row.at, row.by, row.ended_at) for row in (rows[told.pk], rows[silent.pk])] == [
        ("community", "up", AT, here.grid_head, None), ("street", "up", AT, here.community_head, None),
    ]  # fmt: skip
    assert (rows[told.pk].asked, rows[silent.pk].asked) == ("本级没有资质，请上级出面", "请上级安排")
    assert rows[told.pk].due_at == AT + timedelta(days=3)


def test_it_goes_on_like_any_other_wait(client, here, before):
    told, silent = before
    client.force_login(here.desk)

    assert "请上级出面" in client.get(f"/console/cases/{told.number}/").text
    assert waits.tell_late(AT + timedelta(days=4)) == {"waits": 2}
    act("dispatch", Case.objects.get(pk=told.pk), by=here.community_head, at=AT, unit=here.team_unit)
    act("escalate", Case.objects.get(pk=silent.pk), by=here.desk, at=AT, **SAID)
    assert [(row.case_id, row.tier) for row in Wait.objects.filter(ended_at=None)] == [
        (silent.pk, "district")
    ]


def test_a_raised_case_without_a_line_of_a_person_is_left_and_its_pages_open(client, here):
    case = raised(here)
    Wait.objects.all().delete()
    Entry.objects.filter(verb="escalate").update(by_id=None)
    run("0013_what_was_raised_waits", "let_wait_what_was_raised")
    client.force_login(here.desk)

    assert not Wait.objects.exists()
    assert client.get(f"/console/cases/{case.number}/").status_code == 200
    assert client.get("/console/waiting/").context["all"].count == 1
    assert act("dispatch", case, by=here.community_head, at=AT, unit=here.team_unit).raised_at is None
