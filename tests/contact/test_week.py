"""The weekly digest: the numbers of the desk, at most once a week, only when there is something, and nobody's name."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, household, life
from tests.scenes import scene
from yige.accounts import actions
from yige.clock.table import ROW_BY_NAME
from yige.contact.clockwork import tell_week
from yige.contact.heads_lines import lines_of_head
from yige.contact.models import Promise
from yige.lib.local_time import local
from yige.lib.refusals import NotAllowed
from yige.notices.models import Notice

MONDAY = MONDAY_NOON - timedelta(hours=3, minutes=25)  # 8:35
DAY = timedelta(days=1)


@scene
def trouble(here):
    life(
        here,
        "handling",
        at=MONDAY - 20 * DAY,
        words="王阿姨家门口的灯不亮",
        contact={"name": "王阿姨", "phone": "19900000009"},
    )
    family = household(here)
    Promise.objects.create(
        household=family, grid_path=family.grid_path, words="来修灯", due_on=(MONDAY - 3 * DAY).date(), by=here.micro,
        first_due_on=(MONDAY - 3 * DAY).date(), made_at=MONDAY - 9 * DAY, unit=here.team_unit,
    )  # fmt: skip
    return here


def digests(user):
    return list(Notice.objects.inbox(user).filter(kind="week"))


def test_it_says_the_numbers_of_the_desk_and_names_nobody(trouble):
    tell_week(MONDAY)

    for user in (trouble.grid_head, trouble.community_head, trouble.street_head):
        (notice,) = digests(user)
        wrong = [row.words for row in lines_of_head(user, MONDAY) if row.count]
        assert len(wrong) >= 2
        assert notice.body == "；".join(wrong) + "。点开工作台，一项一项都看得到。"
        assert not any(word in notice.body for word in ("王", "199", "灯", "楼", trouble.worker.name))
    assert Notice.objects.filter(kind="week").count() == 3


def test_a_clock_that_runs_twice_tells_once_and_one_that_was_down_makes_up_for_it(trouble):
    first, again, tuesday = (tell_week(MONDAY + late) for late in (0 * DAY, 0 * DAY, DAY))
    next_week_it_was_down_till_tuesday = tell_week(MONDAY + 8 * DAY)

    assert (first["told"], again["told"], tuesday["told"]) == (3, 0, 0)
    assert next_week_it_was_down_till_tuesday["told"] == 3
    assert len(digests(trouble.grid_head)) == 2


def test_after_wednesday_no_week_is_told_any_more(trouble):
    assert tell_week(MONDAY + 3 * DAY) == {}


def test_nothing_is_sent_where_nothing_is_wrong_also_when_it_goes_wrong_on_tuesday(here):
    tell_week(MONDAY)
    life(here, "handling", at=MONDAY - 20 * DAY)
    tell_week(MONDAY + DAY)

    assert not Notice.objects.filter(kind="week").exists()


def test_who_left_it_gets_none_and_nobody_leaves_it_for_others(trouble):
    with pytest.raises(NotAllowed):
        actions.set_digest(trouble.grid_head, by=trouble.street_head, at=MONDAY, wanted=False)
    actions.set_digest(trouble.grid_head, by=trouble.grid_head, at=MONDAY, wanted=False)

    tell_week(MONDAY)

    assert digests(trouble.grid_head) == []
    assert len(digests(trouble.street_head)) == 1


def test_it_waits_for_the_morning(trouble):
    tell_week(MONDAY - timedelta(hours=2))

    (notice,) = digests(trouble.street_head)
    assert (notice.delivery, local(notice.send_after).hour) == ("waiting", 8)
    assert ROW_BY_NAME["week"].act is tell_week


def test_a_head_leaves_and_takes_it_on_the_own_account(client, here):
    client.force_login(here.grid_head)
    client.post("/console/account/digest/", {"wanted": "no"})
    here.grid_head.refresh_from_db()
    left = here.grid_head.weekly_digest
    page = client.get("/console/account/")

    assert (left, "不收" in page.text, 'value="yes"' in page.text) == (False, True, True)
    client.force_login(here.worker)
    assert client.post("/console/account/digest/", {"wanted": "no"}).status_code == 404
