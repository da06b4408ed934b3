"""Who reported a case thanks the neighbours who came to help with it: once, in words that name nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import life
from tests.policy.volunteer_calls import neighbours, opened, sign_up, told
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.alliance import actions
from yige.alliance.models import VolunteerCall
from yige.lib.refusals import Conflict, NotAllowed
from yige.portal import links

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(days=9)
GOOD = {"reporter_thanks": "楼道能走了，谢谢大家。"}


@scene
def here():
    town = factories.town()
    town.people = neighbours(town, 2)
    town.case = life(town, "handling", at=AT)
    town.other = life(town, "handling", at=AT, words="楼顶漏水")
    town.call = opened(town, AT, days=1, case=town.case)
    sign_up(town.call, town.people[0], AT)
    return town


def finished(here):
    call = VolunteerCall.objects.get(pk=here.call.pk)
    return actions.finish_call(call, by=here.grid_head, at=call.ends_at, came=list(call.seats.all()))


def thanks_at(case, call):
    return f"{links.address(case)}thanks/{call.pk}/"


def test_reporter_thanks_who_came_once(client, here):
    early = client.post(thanks_at(here.case, here.call), GOOD)
    finished(here)
    page = client.get(links.address(here.case)).text
    named = client.post(thanks_at(here.case, here.call), {"reporter_thanks": "谢谢王大爷 13812345678"})
    done = client.post(thanks_at(here.case, here.call), GOOD, follow=True)
    again = client.post(thanks_at(here.case, here.call), {"reporter_thanks": "再谢一次。"})

    assert "邻居来帮过忙" in page and "王" not in page.split("邻居来帮过忙")[1].split("办理经过")[0]
    assert (early.status_code, named.status_code, again.status_code) == (409, 422, 409)
    assert "13812345678" in named.text and "像是一个人的名字" in named.text
    assert "您说：楼道能走了" in done.text and "再谢一次" not in VolunteerCall.objects.get().reporter_thanks
    public = client.get(f"/together/{here.call.pk}/").text
    assert "帮到的人说：楼道能走了" in public and here.case.number not in public
    assert "帮到的人谢谢您" in told(here.people[0])[-1] and told(here.people[1]) == []


def test_who_reported_another_case_thanks_nobody(client, here):
    finished(here)

    assert client.post(thanks_at(here.other, here.call), GOOD).status_code == 404
    for by in (LinkHolder(here.other.pk), here.grid_head):
        with pytest.raises(NotAllowed):
            actions.thank_as_reporter(here.call, by=by, at=timezone.now(), **GOOD)
    assert "邻居来帮过忙" not in client.get(links.address(here.other)).text


def test_a_call_that_was_cancelled_is_not_thanked_for(here):
    actions.cancel_call(here.call, by=here.grid_head, at=AT, reason="雨大")

    with pytest.raises(Conflict):
        actions.thank_as_reporter(here.call, by=LinkHolder(here.case.pk), at=timezone.now(), **GOOD)
