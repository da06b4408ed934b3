"""What everybody reads of topics: the published ones alone, never a case, a reporter or an address; light, in care mode too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import life, reported
from tests.policy import bulletins
from tests.policy.topics import RESULT, SAID, published, running, written
from tests.portal.test_pages import weight
from yige.bulletins.models import Bulletin
from yige.lib.local_time import start_of_day
from yige.portal import links
from yige.topics import actions
from yige.topics.models import Topic

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(hours=4)
SECRET = {
    "words": "我家窗下的灯两周没亮",
    "place": "向阳小院3号楼",
    "contact": {"name": "黄鹤楼", "phone": "13800000001"},
}


@pytest.fixture
def here():
    return factories.town()


def test_a_published_topic_is_read_by_everybody_in_three_taps_and_says_nothing_of_its_cases(client, here):
    case = life(here, "handling", at=AT, **SECRET)
    topic = published(here, AT, cases=[case])
    front, figures, every = (client.get(path).text for path in ("/", "/figures/", "/topics/"))
    page = client.get(f"/topics/{topic.pk}/")

    assert (
        'href="/figures/"' in front
        and 'href="/topics/"' in figures
        and f'href="/topics/{topic.pk}/"' in every
    )
    for words in (SAID["title"], SAID["words"], RESULT, "换电缆", "全部换好", "单位team"):
        assert words in page.text
    for words in (
        SECRET["words"],
        SECRET["place"],
        "黄鹤楼",
        "13800000001",
        case.number,
        "某grid_head",
        "某desk",
    ):
        assert words not in page.text + every
    assert sum(weight(page.text)) <= 60 * 1024


@pytest.mark.parametrize("bring", [running, written])
def test_what_is_not_published_is_not_there(client, here, bring):
    topic = bring(here, AT)

    assert client.get(f"/topics/{topic.pk}/").status_code == 404
    assert "还没有公布过结果" in client.get("/topics/").text


def test_a_reopened_topic_keeps_what_was_published_and_says_that_it_came_back_without_what_is_new(
    client, here
):
    topic = published(here, AT)
    new = reported(here, at=AT + timedelta(hours=1))
    topic = actions.reopen(topic, by=here.street_head, at=AT + timedelta(hours=2), case=new, why="又灭了")
    said = {"title": "路灯都好了", "words": "早就好了，没有问题。", "why": "写短些", "owner": topic.owner}
    actions.change(topic, by=here.desk, at=AT + timedelta(hours=2), **said)
    step = {"step": "再查一遍接头", "due_on": timezone.localdate()}
    actions.set_milestone(topic, by=here.desk, at=AT + timedelta(hours=2), **step)
    text = client.get(f"/topics/{topic.pk}/").text

    every = client.get("/topics/").text

    assert RESULT in text and "正在重新办" in text and "再查一遍接头" not in text
    assert SAID["title"] in text and SAID["words"] in text and SAID["title"] in every
    assert said["title"] not in text + every and said["words"] not in text


def test_the_reporter_reads_the_topic_and_its_result_on_the_own_page(client, here):
    case = life(here, "handling", at=AT, **SECRET)
    published(here, AT, cases=[case])
    text = client.get(links.address(case)).text

    assert "已列为专题“路灯反复不亮”" in text and f"专题“路灯反复不亮”有了结果：{RESULT}" in text


def test_the_line_of_a_topic_leads_its_reporter_to_the_result_once_it_is_public(client, here):
    case = life(here, "handling", at=AT, **SECRET)
    topic = written(here, AT, cases=[case])
    page = client.get(links.address(case)).text
    actions.publish(topic, by=here.street_head, at=AT)
    later = client.get(links.address(case)).text

    assert SAID["title"] in page and "/topics/" not in page
    assert f'href="/topics/{topic.pk}/"' in later


def test_a_bulletin_leads_to_the_topics_of_its_month_and_place_alone(client, here):
    address = f"/bulletins/{bulletins.own(here, timezone.now())['bulletins/<uuid:pk>/']['uuid:pk']}/"
    topic = published(here, AT)
    month = Bulletin.objects.get(pk=address.split("/")[2]).month
    other_month = client.get(address).text
    topic.results.update(published_at=start_of_day(month))
    this_month = client.get(address).text
    Topic.objects.update(path="/yy/")
    elsewhere = client.get(address).text

    assert f'href="/topics/{topic.pk}/"' in this_month
    assert "这个月公布的专题" not in other_month + elsewhere
