"""双报到: units are written down by heads, people report in themselves and take it back; it decides nothing."""

import pytest

from tests import factories
from tests.factories import MONDAY_NOON as AT
from tests.policy.organisations import unit_of_town
from tests.policy.volunteer_calls import as_oneself, opened, told
from yige.accounts.actors import COMMAND
from yige.alliance import reporting_in
from yige.alliance.models import ReportIn, ReportingUnit
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


def report(here, someone, **said):
    return reporting_in.report_in(here.community, by=as_oneself(someone), at=AT, person=someone, **said)


def test_a_unit_reports_in_once_to_a_community(here):
    unit = unit_of_town(here, AT)
    with pytest.raises(Conflict, match="已经向这个社区报到"):
        unit_of_town(here, AT)
    reporting_in.close_reporting_unit(unit, by=here.street_head, at=AT)
    unit_of_town(here, AT)

    assert [row.closed_at for row in ReportingUnit.objects.order_by("id")] == [AT, None]


@pytest.mark.parametrize("name", ["neighbour_head", "worker", "desk", "choir", "grid_head"])
def test_who_writes_down_no_unit(here, name):
    with pytest.raises(NotAllowed):
        reporting_in.open_reporting_unit(
            here.community, by=getattr(here, name), at=AT, name="区税务局", offers="法律咨询"
        )


def test_what_is_wrong_is_said_beside_it(here):
    with pytest.raises(NotSaid, match="请另选"):
        reporting_in.open_reporting_unit(here.grid, by=here.grid_head, at=AT, name="区税务局", offers="咨询")
    with pytest.raises(NotSaid) as refused:
        reporting_in.open_reporting_unit(
            here.community, by=here.community_head, at=AT, name="", offers="打 13812345678 找我"
        )
    assert set(refused.value.fields) == {"name", "offers"}


def test_one_reports_in_oneself_and_takes_it_back_without_a_trace(here):
    unit, someone = unit_of_town(here, AT), here.people[0]
    for by in (here.micro, here.community_head, as_oneself(here.people[1])):
        with pytest.raises(NotAllowed, match="只能自己"):
            reporting_in.report_in(here.community, by=by, at=AT, person=someone)
    report(here, someone), report(here, someone, unit=unit)
    assert ReportIn.objects.get().unit == unit

    reporting_in.withdraw_report(here.community, by=as_oneself(someone), at=AT, person=someone)
    lines = LogEntry.objects.filter(verb__in=["alliance.report_in", "alliance.withdraw_report"])
    assert {(line.actor_id, line.subject_id) for line in lines} == {(None, str(here.community.pk))}
    assert not ReportIn.objects.exists()


def test_one_reports_in_where_one_lives(here):
    other = factories.grid("/zz/qt/")
    with pytest.raises(NotAllowed, match="不在这个社区"):
        reporting_in.report_in(other, by=as_oneself(here.people[0]), at=AT, person=here.people[0])


def test_a_call_made_for_members_asks_them_and_no_other_does(here):
    report(here, here.people[0])
    opened(here, AT)
    assert told(here.people[0]) == []

    opened(here, AT, hour=14, tells_members=True)
    assert len(told(here.people[0])) == 1 and told(here.people[1]) == []


def test_it_goes_with_the_file(here):
    report(here, here.people[0])
    erasing.erase([here.people[0]], by=COMMAND, at=AT, what=DeletionKind.PERSON)

    assert not ReportIn.objects.exists()
