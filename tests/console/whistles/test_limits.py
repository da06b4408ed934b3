"""The limits of called units by category: seen by the heads, changed by the system administrator, with every change kept."""

import pytest

from tests.factories import category, life
from tests.whistles.joint import HOUR, SOUNDED, sounded
from yige.audit.models import LogEntry
from yige.steps.typed_fields import TOO_LARGE
from yige.whistles.models import CategoryLimit, Whistle

LIST = "/console/whistles/limits/"


def address(which="", row=None):
    return f"{LIST}{(row or category()).pk}/{f'{which}/' if which else ''}"


def send(client, which, amount, *, words="和燃气公司约定的", seen="30"):
    return client.post(address(which), {"amount": amount, "words": words, "seen": seen})


@pytest.fixture
def keeper(client, here):
    client.force_login(here.system)
    return client


def test_a_limit_is_changed_and_put_back_and_every_change_can_be_read(keeper, here):
    send(keeper, "emergency-arrive", "20")
    listed = keeper.get(LIST).text
    send(keeper, "emergency-arrive", "30", words="不再约定", seen="20")

    rows = CategoryLimit.objects.order_by("set_at")
    assert [(row.amount, row.words, row.set_by, bool(row.ended_at)) for row in rows] == [
        (20, "和燃气公司约定的", here.system, True),
        (None, "不再约定", here.system, False),
    ]
    assert ("20 分钟内" in listed, "某system" in listed) == (True, True)
    page = keeper.get(address()).text
    assert ("改成 20 分钟" in page, "恢复通常的 30 分钟" in page) == (True, True)
    assert "没有，各类事都按通常的时限。" in keeper.get(LIST).text
    assert LogEntry.objects.filter(verb="whistles.set_limit").count() == 2


def test_the_page_goes_on_from_the_chosen_category(keeper, here):
    assert keeper.get(LIST, {"category": str(category().pk)}).headers["Location"] == address()
    assert keeper.get(LIST, {"category": "nonsense"}).status_code == 200
    assert keeper.get(f"{address()}?which=nonsense").context["form"] is None
    assert keeper.get(f"{address()}?which=need-sign").context["form"].initial["amount"] == 60


@pytest.mark.parametrize(
    ("which", "amount", "seen", "sentence"),
    [
        ("emergency-arrive", "0", "30", "至少写 1 分钟；0 和负数等于没有时间。"),
        ("emergency-arrive", "-5", "30", "至少写 1 分钟；0 和负数等于没有时间。"),
        ("need-arrive", "0", "3", "至少写 1 个工作日；0 和负数等于没有时间。"),
        (
            "emergency-arrive", "121", "30",
            "单位的时限不能比事项自己的“2小时”（到场并反馈处置情况）还长，最多写 120 分钟。",
        ),
        (
            "joint-arrive", "6", "3",
            "单位的时限不能比事项自己的“7天”（一般事项办好；办不好的说明理由并经批准）还长，最多写 5 个工作日。",
        ),
        ("emergency-arrive", "9" * 30, "30", TOO_LARGE),
        ("emergency-arrive", "9" * 9, "30", "最多写 120 分钟"),
        ("emergency-arrive", "半小时", "30", "请填整数。"),
        ("emergency-arrive", "", "30", "请填整数。"),
        ("emergency-arrive", "5", "30", "“马上应答”是 10 分钟，“到场”是 5 分钟：先要做的不能更晚。"),
        ("emergency-arrive", "30", "30", "现在就是 30 分钟，不用改。"),
        ("emergency-arrive", "20", "25", "有人改过"),
    ],
)  # fmt: skip
def test_a_wrong_limit_says_why_and_keeps_what_was_typed(keeper, here, which, amount, seen, sentence):
    response = send(keeper, which, amount, seen=seen)

    assert response.status_code == (409 if "有人改过" in sentence else 422)
    assert sentence in response.text
    assert "和燃气公司约定的</textarea>" in response.text
    assert response.context["form"]["amount"].value() == amount
    assert not CategoryLimit.objects.exists()


def test_a_limit_needs_its_reason(keeper, here):
    response = send(keeper, "emergency-arrive", "20", words=" ")

    assert (response.status_code, CategoryLimit.objects.count()) == (422, 0)


def test_an_old_page_is_told_and_the_new_one_shows_what_holds(keeper, here):
    send(keeper, "emergency-arrive", "20")

    late = send(keeper, "emergency-arrive", "25")
    again = send(keeper, "emergency-arrive", "25", seen="20")

    assert (late.status_code, 'name="seen" value="20"' in late.text) == (409, True)
    assert (again.status_code, CategoryLimit.objects.in_force().get().amount) == (302, 25)


def test_what_runs_keeps_the_limits_it_sounded_with_and_the_pages_say_so(keeper, here):
    running = sounded(here, trigger="emergency")
    send(keeper, "emergency-arrive", "20")
    later = sounded(here, trigger="emergency", at=SOUNDED + HOUR)

    limits = dict(Whistle.objects.values_list("pk", "limits"))
    assert limits[running.whistle.pk]["arrive"] == 30
    assert limits[later.whistle.pk]["arrive"] == 20
    for page in (LIST, address()):
        assert "正在联办的照" in keeper.get(page).text


def test_who_sounds_reads_what_is_other_before_it_is_sent(client, keeper, here):
    send(keeper, "emergency-arrive", "20")
    send(keeper, "need-sign", "30", seen="60")
    case = life(here, "progressed")
    client.force_login(here.desk)

    emergency = client.get("/console/whistles/emergency/").text
    sounding = client.get(f"/console/cases/{case.number}/whistle/").text

    assert "个别分类不一样：路灯不亮（到场20分钟内）。" in "".join(emergency.split())
    assert "签收 30 分钟内" in sounding and "到场 20 分钟内" in sounding


@pytest.mark.parametrize("who", ["desk", "street_head", "community_head", "grid_head"])
def test_the_heads_read_the_limits_and_change_none(client, here, who):
    client.force_login(getattr(here, who))

    page = client.get(f"{address()}?which=need-sign")
    assert (page.status_code, page.context["form"]) == (200, None)
    assert "时限由系统管理员来改。" in client.get(LIST).text
    assert send(client, "emergency-arrive", "20").status_code == 404
    assert LIST in client.get("/console/whistles/").text


@pytest.mark.parametrize("who", ["worker", "department", "intake", "auditor", "security"])
def test_others_have_no_such_page(client, here, who):
    client.force_login(getattr(here, who))

    assert [client.get(each).status_code for each in (LIST, address())] == [404, 404]


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_however_many_differ(keeper, here, n, django_assert_num_queries):
    for which, amount, seen in (("emergency-arrive", 20, 30), ("need-sign", 30, 60), ("need-arrive", 2, 3))[
        :n
    ]:
        send(keeper, which, amount, seen=seen)
    keeper.get(LIST)

    with django_assert_num_queries(5):
        assert keeper.get(LIST).text.count("内</td>") == 8 + n
