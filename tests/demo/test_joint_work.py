"""The demo's joint work: all triggers, a dispute that was decided, an answer by a link and a request that wait; told once."""

import pytest

from tests.demo.conftest import NOW
from yige.accounts.models import User
from yige.cases.models import Case
from yige.demo import joint_work
from yige.whistles import waiting
from yige.whistles.models import Call, Dispute, LinkAnswer, Miss, PlanStep, Whistle

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(demo_ground, django_db_blocker):
    with django_db_blocker.unblock():
        joint_work.tell_whistles(NOW)


def test_every_trigger_is_there_and_one_came_to_its_end(told):
    assert set(Whistle.objects.values_list("trigger", flat=True)) == {"need", "joint", "emergency"}
    assert Whistle.objects.running().count() == 2
    assert set(Call.objects.values_list("state", flat=True)) >= {
        "called",
        "contacted",
        "arrived",
        "confirmed",
    }
    assert Whistle.objects.exclude(stable_at=None).exists()


def test_what_waits_stands_on_somebodys_page(told):
    street = User.objects.get(username="street")
    said = [wait.what for row in waiting.running_whistles(street, NOW) for wait in waiting.waits_of(row)]

    assert "处理演示停车管理公司用链接来的答复" in said
    assert "签收" in said
    assert waiting.open_requests(street, NOW).count() == 1
    assert LinkAnswer.objects.filter(decided_at=None).count() == 1


def test_a_dispute_was_decided_a_signing_lapsed_and_steps_wait(told):
    assert Dispute.objects.get().ruling == "stays"
    assert {"sign", "contact"} <= set(Miss.objects.values_list("mark", flat=True))
    assert PlanStep.objects.open().count() == 4


def test_nothing_happens_in_the_future_and_no_case_ended_with_open_parts(told):
    assert not Call.objects.filter(called_at__gt=NOW).exists()
    assert not Case.objects.filter(whistles__ended_at=None, whistles__isnull=False, open_parts=0).exists()


def test_told_again_nothing_changes(told):
    before = Whistle.objects.count(), Case.objects.count()
    joint_work.tell_whistles(NOW)

    assert (Whistle.objects.count(), Case.objects.count()) == before
