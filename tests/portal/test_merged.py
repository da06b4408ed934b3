"""What those see whose report was merged into another."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.portal.test_report import photo
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.cases.models import Case
from yige.cases.photos import keep_form_photos
from yige.cases.standings import standings
from yige.channels import messages
from yige.contact.models import Need
from yige.notices.models import Notice
from yige.portal import links

pytestmark = pytest.mark.django_db


@scene
def here():
    factories.category()
    return factories.town()


def recently():
    return timezone.now() - timedelta(hours=3)


def test_merged_case_leads_to_the_other(client, here):
    case = factories.life(here, "merged", at=recently())

    assert case.merged_into.number in client.get(links.address(case)).text


def test_merged_reporter_is_asked_when_the_other_is_closed_and_can_say_no(client, here):
    leader = factories.reported(here, at=recently())
    merged = factories.reported(here, at=leader.reported_at)
    merged = factories.act("merge", merged, by=here.desk, at=leader.reported_at, into=leader)
    before = client.get(links.address(merged)).text
    factories.life(here, "closed", case=leader, at=leader.reported_at)

    asked = client.get(links.address(merged)).text
    answers = {
        "key": str(uuid.uuid4()),
        "seen": merged.version,
        "contacted": "yes",
        "solved": "no",
        "satisfied": "no",
    }
    client.post(f"{links.address(merged)}rate/", answers)

    leader.refresh_from_db()
    assert ("解决得怎么样" in before, "解决得怎么样" in asked) == (False, True)
    assert (leader.state, leader.reopen_no) == ("accepted", 1)


@scene
def pair(here):
    """A case at work and one that somebody else reported, merged into it; both left a number."""
    at = recently()
    leader = factories.reported(here, at=at, contact={"name": "甲", "phone": "19900001111"})
    merged = factories.reported(
        here, at=at, words="楼前灯不亮", contact={"name": "乙", "phone": "19900002222"}
    )
    merged = factories.act("merge", merged, by=here.desk, at=at, into=leader)
    return factories.life(here, "progressed", case=leader, at=at), merged


def page(client, case):
    return client.get(links.address(case)).text


def post(client, case, verb, **said):
    said = {"key": str(uuid.uuid4()), **said}
    return client.post(f"{links.address(case)}{verb}/", said, follow=True)


def test_merged_reporter_reads_the_whole_life_of_the_other(client, here, pair):
    leader, merged = pair
    at_work = page(client, merged)
    act_at = timezone.now() - timedelta(minutes=30)
    leader = factories.act("finish", leader, by=here.worker, at=act_at, words="换了灯头")
    done = page(client, merged)
    factories.act("close", leader, by=here.desk, at=act_at, words="灯已亮")
    closed = page(client, merged)

    assert "办理进展：灯头坏了，明天换" in at_work
    assert "处置中" in at_work
    assert "处置完成，等待核查：换了灯头" in done
    assert "经核查已办结：灯已亮" in closed
    assert "解决得怎么样？" in closed
    assert "约了下午去看" not in closed  # said to the other one on the phone
    assert "已联系另一位反映人" in closed


def test_each_step_is_sent_to_the_merged_reporter_with_the_state_of_the_other(here, pair):
    _, merged = pair
    notices = Notice.objects.filter(subject_id=merged.pk, delivery="waiting").order_by("id")
    progress = notices.last()

    assert progress.body == "办理进展：灯头坏了，明天换"
    assert "处置中" in messages.message_of(progress).text
    assert "已并案" not in messages.message_of(progress).text
    assert messages.recipient_of(progress).phone == "19900002222"


def test_words_of_a_merged_reporter_reach_the_other_case_without_a_name(client, here, pair):
    leader, merged = pair

    mine = post(client, merged, "add", words="我是五单元的，晚上摔了一跤")

    line = leader.entries.get(verb="add")
    assert "补充说明：我是五单元的，晚上摔了一跤" in mine.text
    assert (line.by_label, line.unit_label) == ("另一位反映人", "另一位反映人")
    assert line.said["words"] == "我是五单元的，晚上摔了一跤"
    assert Notice.objects.filter(user_id=here.worker.pk, title__startswith="反映人有补充").exists()
    other = page(client, leader)
    assert "摔了一跤" not in other
    assert "另一位反映人</b>" in other
    assert "补充了情况" in other


def test_words_of_the_first_reporter_stay_his_own(client, here, pair):
    leader, merged = pair
    post(client, leader, "add", words="我家在三楼", photos=[])

    text = page(client, merged)

    assert "我家在三楼" not in text
    assert "补充了情况，承办单位看得到。" in text


def test_photos_go_to_who_may_see_them(client, here, pair):
    leader, merged = pair
    post(client, merged, "add", words="看照片", photos=[photo()])
    shown = leader.photos.get()
    at = timezone.now() - timedelta(minutes=9)
    kept = [row.photo for row in keep_form_photos("k" * 36, [photo().getvalue()], at=at)[0]]
    factories.act("finish", leader, by=here.worker, at=at, words="换了灯头", photos=kept)
    evidence = leader.photos.exclude(pk=shown.pk).get()

    def status(case, one):
        return client.get(f"{links.address(case)}photo/{one.pk}/small/").status_code

    assert (status(merged, shown), status(leader, shown)) == (200, 404)
    assert (status(merged, evidence), status(leader, evidence)) == (200, 200)


def test_each_reporter_urges_once_for_each_mark(client, here, pair):
    leader, merged = pair
    answers = [post(client, one, "urge").status_code for one in (leader, merged, merged)]

    assert answers == [200, 200, 409]
    assert "催一催" not in page(client, merged)
    assert leader.entries.filter(verb="urge").count() == 2


def test_merged_reporter_reopens_the_other_and_speaks_for_himself_alone(client, here, pair):
    leader, merged = pair
    leader = close(here, leader)

    answered = post(client, merged, "reopen", words="五单元还是黑的", seen=leader.version)

    leader.refresh_from_db()
    assert (leader.state, leader.reopen_no) == ("accepted", 1)
    assert "没有解决，已重新办理：五单元还是黑的" in answered.text
    other = page(client, leader)
    assert "五单元还是黑的" not in other
    assert "另一位反映人</b>" in other
    assert "还没有解决，已经重新办理。" in other


def close(here, leader):
    at = timezone.now() - timedelta(minutes=20)
    leader = factories.act("finish", leader, by=here.worker, at=at, words="换了灯头")
    return factories.act("close", leader, by=here.desk, at=at, words="灯已亮")


def test_leading_case_that_is_not_public_is_no_dead_link(client, here, pair):
    leader, merged = pair
    public = page(client, merged)
    Case.objects.filter(pk=leader.pk).update(nature="personal", place="6号楼2单元301")

    private = page(client, merged)

    assert reverse("portal:row", args=[leader.serial]) in public
    assert reverse("portal:row", args=[leader.serial]) not in private
    assert "6号楼2单元301" not in private
    assert "办理进展：灯头坏了，明天换" in private
    for address in re.findall(r'<a[^>]*href="(/[^"#]+)"', private):
        assert client.get(address).status_code != 404, address


def test_merged_into_a_rejected_case_may_object_once(client, here):
    leader = factories.reported(here, at=recently())
    merged = factories.reported(here, at=recently())
    merged = factories.act("merge", merged, by=here.desk, at=recently(), into=leader)
    leader = factories.act(
        "reject", leader, by=here.desk, at=recently(), reason="outside", words="请联系邻街道"
    )
    before = page(client, merged)
    post(client, merged, "object", words="就在我们楼下", seen=leader.version)
    leader.refresh_from_db()
    factories.act("reject", leader, by=here.desk, at=timezone.now(), reason="outside", words="还是不行")

    after = page(client, merged)

    assert "您可以提一次异议" in before
    assert "不予受理：不在本辖区。请联系邻街道" in before
    assert leader.state == "reported"
    assert "您可以提一次异议" not in after
    assert "异议已经提过一次" in after
    assert "您可以提一次异议" in page(client, leader)  # the other one has not used his own


def test_stranger_link_does_nothing_to_a_case_it_was_not_merged_into(here, pair):
    leader, merged = pair
    elsewhere = factories.reported(here)

    assert standings(LinkHolder(merged.pk), leader, timezone.now()) == {"fellow"}
    assert standings(LinkHolder(leader.pk), merged, timezone.now()) == set()
    assert standings(LinkHolder(merged.pk), elsewhere, timezone.now()) == set()


def test_who_was_merged_over_two_cases_reads_the_last(client, here, pair):
    leader, merged = pair
    first = factories.reported(here, at=recently())
    factories.act("merge", leader, by=here.desk, at=timezone.now(), into=first)
    factories.act(
        "accept",
        first,
        by=here.desk,
        at=timezone.now(),
        category=first.category,
        urgency="normal",
        nature="public",
    )

    text = page(client, merged)

    assert first.number in text
    assert "已受理，正在安排承办单位" in text
    assert post(client, merged, "add", words="还有一盏").status_code == 200
    assert first.entries.filter(verb="add", by_id=merged.pk).count() == 1


def test_whoever_owes_the_answer_reads_the_end_of_a_chain_of_merges(client, here):
    """The household's need stands on a case merged into one that was merged on: both pages tell where it ended."""
    family = factories.family(here)
    first, second = (factories.reported(here, at=recently(), household=family) for _ in range(2))
    last = factories.reported(here, at=recently())
    Need.objects.create(
        household=family, grid_path=family.grid_path, kind="need", words="灯不亮", raised_at=recently(),
        by=here.micro, case=first,
    )  # fmt: skip
    for case, into in ((first, second), (second, last)):
        factories.act("merge", case, by=here.desk, at=timezone.now(), into=into)
    last = factories.life(here, "signed", case=Case.objects.get(pk=last.pk), at=timezone.now())
    client.force_login(here.micro)

    told = [client.get(f"{surface}/households/{family.pk}/").text for surface in ("/work", "/console")]

    ends = [f"和别人反映的一起办：{last.get_state_display()}" in text for text in told]
    assert (ends, last.state) == ([True, True], "signed")
