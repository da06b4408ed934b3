"""A resident reports from the phone: with a photo, in large letters, without JavaScript, and with mistakes."""

import re

import pytest
from django.utils import timezone

from tests import factories
from tests.e2e.conftest import PHONE, too_wide
from tests.e2e.people import WORDS, picture, report
from yige.cases.models import Case


def test_report_with_photo_gives_number_and_link(visitor, here):
    page = visitor(PHONE)

    report(page, here.code.token)

    case = Case.objects.get()
    assert (case.words, case.grid, case.place) == (WORDS, here.grid, here.code.place)
    assert case.photos.count() == 1
    assert page.locator(".yg-number-large").first.text_content() == case.number
    assert f"/c/{case.number}/" in page.locator("#link").text_content()

    page.get_by_role("link", name="看办理进度").click()
    page.locator(".yg-life > li").first.wait_for()  # a count does not wait for the page
    assert page.locator(".yg-life > li").count() == 1
    page.locator("#add summary").click()
    page.locator("#add textarea").fill("是进门左手第一盏")
    page.locator("#add input[type=file]").set_input_files(picture(seed=8))
    page.get_by_alt_text("您选的第 1 张照片").wait_for()
    page.get_by_role("button", name="补上去").click()

    page.get_by_text("补充好了").wait_for()
    assert page.locator(".yg-life > li").count() == 2
    assert page.locator(".yg-life").get_by_text("是进门左手第一盏").is_visible()
    assert case.photos.count() == 2


def test_report_in_care_mode_is_large(visitor, here):
    page = visitor(PHONE)
    page.goto(f"/g/{here.code.token}/")
    page.get_by_role("link", name="长辈版").click()
    page.get_by_role("link", name="标准版").wait_for()
    assert page.url.endswith(f"/g/{here.code.token}/")

    for address in (page.url, "/report/", "/", "/ledger/", "/about/", "/lookup/"):
        page.goto(address)
        assert (address, small_texts(page), small_targets(page), too_wide(page)) == (address, [], [], 0)

    page.goto(f"/g/{here.code.token}/")
    for heading, fill in QUESTIONS.items():
        fill(page)
        assert (heading, small_texts(page), small_targets(page), too_wide(page)) == (heading, [], [], 0)
        assert page.get_by_role("button", name="送出", exact=True).is_visible()
        assert page.locator(".yg-question:visible").count() == 1
        if heading != "怎么联系您":
            page.locator(".yg-question:visible").get_by_role("link", name="下一步").click()
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_role("heading", name="收到了，谢谢您").wait_for()
    assert (small_texts(page), small_targets(page), too_wide(page)) == ([], [], 0)
    page.get_by_role("link", name="看办理进度").click()
    page.locator(".yg-life").wait_for()
    assert (small_texts(page), small_targets(page), too_wide(page)) == ([], [], 0)


QUESTIONS = {
    "出了什么事": lambda page: page.get_by_label("哪里有什么问题？").fill(WORDS),
    "在哪里": lambda page: page.get_by_label("具体位置").fill("3号楼2单元门口"),
    "照片": lambda page: page.locator("#report input[type=file]").set_input_files(picture()),
    "怎么联系您": lambda page: page.get_by_label("联系电话").fill("13800000000"),
}


def test_care_mode_asks_one_question_a_screen_without_javascript(visitor, here):
    page = visitor(PHONE, java_script_enabled=False)
    page.goto("/report/")
    page.get_by_role("link", name="长辈版").click()
    page.get_by_label("哪里有什么问题？").fill(WORDS)
    page.get_by_role("link", name="下一步").click()
    page.go_back()
    assert page.get_by_label("哪里有什么问题？").input_value() == WORDS

    page.get_by_role("button", name="送出", exact=True).click()

    assert page.get_by_label("在哪一片？").is_visible()  # it opens with the question that lacks an answer
    page.get_by_role("link", name="具体位置").click()
    page.get_by_label("具体位置").fill("南门")
    page.get_by_label("在哪一片？").select_option(str(here.grid.pk))
    page.get_by_role("link", name="上一步").click()
    assert page.get_by_label("哪里有什么问题？").input_value() == WORDS
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_role("heading", name="收到了，谢谢您").wait_for()
    assert Case.objects.get().place == "南门"


def small_texts(page):
    """Return the texts shown smaller than 20 px; the drawing of the strip is measured too."""
    return page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
            while (walker.nextNode()) {
                const node = walker.currentNode, element = node.parentElement;
                if (!node.textContent.trim() || !element.checkVisibility()) continue;
                if (element.closest(".yg-skip, .yg-unseen, script, style")) continue;
                const size = parseFloat(getComputedStyle(element).fontSize);
                if (size < 20) found.push(`${size} ${node.textContent.trim().slice(0, 30)}`);
            }
            return found;
        }"""
    )


def small_targets(page):
    """Return what is touched and lower than 60 px; links inside a sentence are read, not aimed at."""
    return page.evaluate(
        """() => [...document.querySelectorAll("button, select, summary, input, textarea, label.yg-choice, a")]
            .filter(one => one.checkVisibility() && !["hidden"].includes(one.type) && !one.closest(".yg-skip"))
            .filter(one => !(["radio", "checkbox"].includes(one.type) && one.closest("label")))
            .filter(one => !(one.matches("p > a:not([class])") && one.parentElement.textContent.trim() !== one.textContent.trim()))
            .map(one => [Math.round(one.getBoundingClientRect().height), one])
            .filter(([height]) => height < 60)
            .map(([height, one]) => `${height} ${one.tagName} ${(one.textContent || one.name).trim().slice(0, 20)}`)"""
    )


def test_report_without_javascript(visitor, here):
    page = visitor(PHONE, java_script_enabled=False)
    page.goto("/report/")
    page.locator("input[type=file]").set_input_files([picture(), picture(seed=9)])
    page.get_by_label("哪里有什么问题？").fill("楼道里堆了东西，过不去")
    page.get_by_label("在哪一片？").select_option(str(here.grid.pk))
    page.get_by_label("具体位置").fill("5号楼1单元")

    page.get_by_role("button", name="送出", exact=True).click()

    page.get_by_role("heading", name="收到了，谢谢您").wait_for()
    case = Case.objects.get()
    assert (case.place, case.photos.count()) == ("5号楼1单元", 2)
    page.get_by_role("link", name="看办理进度").click()
    page.locator("#urge summary").click()
    page.get_by_role("button", name="催办").click()
    assert page.get_by_text("已经催办，承办单位和上一级都会看到。").is_visible()
    assert case.urges.count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_report_mistake_keeps_words_and_photo(visitor, here, script):
    page = visitor(PHONE, java_script_enabled=script)
    page.goto("/report/")
    page.locator("input[type=file]").set_input_files(picture())
    if script:
        page.get_by_alt_text("您选的第 1 张照片").wait_for()
    page.get_by_label("哪里有什么问题？").fill("下水道堵了")
    page.get_by_label("联系电话").fill("不知道")

    page.get_by_role("button", name="送出", exact=True).click()

    summary = page.locator("#summary")
    summary.get_by_text("还没有送出，有 3 处要改").wait_for()
    assert page.title() == "有 3 处要改 · 反映一件事"
    assert page.evaluate("document.activeElement.id") == "summary"
    assert page.locator("#id_phone_error").get_by_text("这个电话号码看不懂").is_visible()
    assert page.locator("#id_grid_error").get_by_text("请选一个网格").is_visible()
    summary.get_by_role("link", name="联系电话").click()
    assert page.url.endswith("#id_phone")
    assert page.get_by_label("哪里有什么问题？").input_value() == "下水道堵了"
    assert page.get_by_label("联系电话").input_value() == "不知道"
    page.get_by_label("联系电话").fill("0371-60000000")
    page.get_by_label("在哪一片？").select_option(str(here.grid.pk))
    page.get_by_label("具体位置").fill("南门")
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_role("heading", name="收到了，谢谢您").wait_for()
    case = Case.objects.get()
    assert (case.words, case.photos.count()) == ("下水道堵了", 1)


def test_report_double_tap_makes_one_case(visitor, here):
    page = visitor(PHONE)
    page.goto(f"/g/{here.code.token}/")
    page.get_by_label("哪里有什么问题？").fill(WORDS)

    page.get_by_role("button", name="送出", exact=True).dblclick()

    page.get_by_role("heading", name="收到了，谢谢您").wait_for()
    assert Case.objects.count() == 1


def test_report_flood_waits_in_words_and_keeps_what_was_typed(visitor, here):
    page = visitor(PHONE)
    page.goto("/report/")
    for _ in range(7):
        page.get_by_label("哪里有什么问题？").fill("只写了一句，没有写在哪里")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name="送出", exact=True).click()
        page.get_by_role("button", name=re.compile("^再?送(出|一次)$")).wait_for()

    page.get_by_text(re.compile("请等 .+ 再交")).wait_for()
    assert page.get_by_label("哪里有什么问题？").input_value() == "只写了一句，没有写在哪里"
    assert Case.objects.count() == 0


def test_same_report_nearby_is_shown_before_sending(visitor, here):
    factories.reported(here, at=timezone.now(), words=WORDS, category=here.lamp)
    page = visitor(PHONE)
    page.goto(f"/g/{here.code.token}/")
    page.get_by_label("哪里有什么问题？").fill(WORDS)
    page.locator(".yg-classes summary").filter(has_text="设施").first.click()
    page.get_by_label(re.compile("路灯")).first.check(force=True)

    page.get_by_role("button", name="送出", exact=True).click()

    page.get_by_role("heading", name="附近已经有人反映过").wait_for()
    assert page.get_by_label("哪里有什么问题？").input_value() == WORDS
    page.get_by_role("button", name="是同一件，把我的加进去").click()
    page.get_by_role("heading", name="收到了，谢谢您").wait_for()
    assert sorted(Case.objects.values_list("state", flat=True)) == ["merged", "reported"]


def test_back_after_a_refusal_and_after_sending_is_no_browser_error(visitor, here):
    page = visitor(PHONE, java_script_enabled=False)
    page.goto("/report/")
    page.get_by_label("哪里有什么问题？").fill(WORDS)
    page.get_by_role("button", name="送出", exact=True).click()
    page.locator("#summary").wait_for()
    refused = page.url
    page.go_back()
    assert page.get_by_label("哪里有什么问题？").input_value() == WORDS
    page.go_forward()
    assert (page.url, page.locator("#summary").is_visible()) == (refused, True)
    page.get_by_label("在哪一片？").select_option(str(here.grid.pk))
    page.get_by_label("具体位置").fill("南门")
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_role("heading", name="收到了，谢谢您").wait_for()

    page.go_back()

    page.get_by_text("刚才那件已经送出").wait_for()
    assert page.get_by_label("哪里有什么问题？").input_value() == ""
    assert Case.objects.count() == 1


def test_dead_network_loses_nothing_and_sending_again_is_the_same_sending(visitor, here):
    page = visitor(PHONE)
    page.goto(f"/g/{here.code.token}/")
    page.get_by_label("哪里有什么问题？").fill(WORDS)
    page.locator("input[type=file]").set_input_files(picture())
    page.get_by_alt_text("您选的第 1 张照片").wait_for()
    page.wait_for_timeout(500)  # the draft is written a moment after the last key
    page.reload()
    page.get_by_alt_text("您选的第 1 张照片").wait_for()
    assert page.get_by_label("哪里有什么问题？").input_value() == WORDS
    page.context.set_offline(True)
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_text("网络断了，还没有送出").wait_for()
    page.context.set_offline(False)
    page.route("**/report/", answer_lost)

    page.get_by_role("button", name="再送一次", exact=True).click()
    page.get_by_text("网络断了，还没有送出").wait_for()
    page.unroute("**/report/")
    assert Case.objects.count() == 1  # it had arrived, only the answer was lost
    page.get_by_role("button", name="再送一次", exact=True).click()

    page.get_by_role("heading", name="收到了，谢谢您").wait_for()
    case = Case.objects.get()
    assert (case.words, case.photos.count()) == (WORDS, 1)
    page.get_by_role("link", name="看办理进度").click()
    page.locator("#add summary").click()
    page.locator("#add textarea").fill("是进门左手第一盏")
    page.context.set_offline(True)
    page.get_by_role("button", name="补上去").click()
    page.get_by_text("网络断了，还没有送出").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="再送一次", exact=True).click()
    page.get_by_text("补充好了").wait_for()
    assert case.entries.filter(verb="add").count() == 1
    page.goto("/report/")
    assert page.get_by_label("哪里有什么问题？").input_value() == ""
    assert page.get_by_alt_text("您选的第 1 张照片").count() == 0


def answer_lost(route):
    route.fetch(max_redirects=0)
    route.abort()


def test_guessed_links_all_look_the_same(visitor, here):
    case = factories.reported(here)
    page = visitor(PHONE)
    seen = set()
    for address in (
        f"/c/{case.number}/aaaa-bbbb-cccc/",
        "/c/410106-0009999-1/aaaa-bbbb-cccc/",
        f"/c/{case.number}/x/slip/",
    ):
        assert page.goto(address).status == 404
        seen.add(page.locator("main").inner_text().split("请报这个编号")[0])
    assert len(seen) == 1
