"""The menu: folded on a narrow screen, where it names the page that one is on."""

import re

import pytest

FOLD = re.compile(r'<details class="yg-side__fold">(.*?)</details>\s*<div class="yg-side__items">', re.S)


@pytest.mark.parametrize(
    ("address", "named"),
    [("/console/", "我的工作台"), ("/console/assessment/exclusions/", "单位考评"), ("/console/inbox/", "")],
)
def test_the_folded_menu_names_the_page_and_its_items_follow(client, here, address, named):
    client.force_login(here.street_head)
    html = client.get(address).text
    fold = FOLD.search(html)[1]

    assert re.findall(r"<span>(.*?)</span>", fold) == ([named] if named else [])
    assert html.count('aria-current="page"', 0, html.index('<header class="yg-top"')) == bool(named)


def test_what_is_nothing_on_the_desk_is_one_line_for_a_phone(client, here):
    client.force_login(here.desk)
    html = client.get("/console/").text
    names = re.findall(r"<li data-none>.*?<span>(.*?)</span>", html, re.S)

    assert names
    assert f"现在没有：{'、'.join(names)}。" in html
