"""A topic in the browser: a cluster is made a topic, worked on, its result published, and read on a small phone."""

from datetime import timedelta

from django.utils import timezone

from tests.e2e.conftest import OFFICE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import reported
from yige.cases.clusters import keep_clusters
from yige.portal import links
from yige.topics.models import Topic

SMALL_PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
PHONES = ("13800000001", "13800000002", "13800000003")


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def look(page):
    assert (serious(page), too_wide(page)) == ([], 0)


def test_a_cluster_becomes_a_topic_whose_result_everybody_reads(visitor, here):
    at = timezone.now() - timedelta(hours=4)
    cases = [reported(here, at=at, contact={"name": "", "phone": phone}) for phone in PHONES]
    keep_clusters(timezone.now())
    desk, head, phone = visitor(OFFICE), visitor(OFFICE), visitor(SMALL_PHONE)

    log_in(desk, "desk")
    desk.goto("/console/clusters/")
    look(desk)
    desk.get_by_role("link", name="列为专题").click()
    desk.get_by_label("题目").fill("3号楼一带路灯反复不亮")
    desk.get_by_label("这些事有什么共同的地方").fill("王阿姨说的那几盏")
    desk.get_by_label("牵头单位").select_option(label="单位team")
    press(desk, "提出")
    assert "像是一个人的名字或称呼" in desk.locator("main").inner_text()
    look(desk)
    desk.get_by_label("这些事有什么共同的地方").fill("同一条线上的灯，修好不久又灭，是老电缆进水。")
    press(desk, "提出")
    desk.get_by_text("定一步", exact=True).click()
    desk.get_by_label("办什么").fill("换电缆")
    desk.get_by_label("哪天以前").fill(f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}")
    press(desk, "定下")
    look(desk)

    log_in(head, "street_head")
    head.goto(desk.url)
    press(head, "定下来办")
    desk.reload()
    desk.get_by_text("办完了", exact=True).click()
    desk.get_by_label("办成什么样").fill("全部换好")
    press(desk, "记下")
    desk.get_by_text("写结果", exact=True).click()
    desk.get_by_label("结果", exact=True).fill("换了全部电缆，一个月里没有再灭。")
    press(desk, "存下")
    head.reload()
    press(head, "公布结果")
    look(head)

    topic = Topic.objects.get()
    for address in ("/topics/", f"/topics/{topic.pk}/", "/care/on/", f"/topics/{topic.pk}/"):
        phone.goto(address)
        assert (address, serious(phone), too_wide(phone)) == (address, [], 0)
    assert "一个月里没有再灭" in phone.locator("article").inner_text()
    phone.goto(links.address(cases[0]))
    assert "有了结果：换了全部电缆" in phone.locator("main").inner_text()
    desk.goto("/console/clusters/")
    assert desk.get_by_role("link", name="3号楼一带路灯反复不亮").count() == 1
    assert desk.get_by_role("link", name="列为专题").count() == 0
