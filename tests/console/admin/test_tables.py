"""Categories, calendar, rules, complaints: the tables that the system administrator edits."""

from datetime import date

import pytest

from tests import factories
from yige.accounts.actors import STRANGER
from yige.audit.models import LogEntry
from yige.cases import actions, rules
from yige.cases.models import CalendarDay, Category, PlatformComplaint, RuleValue
from yige.lib.refusals import NotAllowed
from yige.whistles.category_limits import set_limit


@pytest.fixture
def keeper(client, here):
    client.force_login(here.system)
    return client


def said_of(category, **more):
    names = ("label", "urgency", "nature", "national_code", "call_first", "ask", "explain", "order")
    return {name: getattr(category, name) for name in names} | more


def test_category_is_changed(keeper, here):
    row = factories.category()

    keeper.post(f"/console/categories/{row.pk}/", said_of(row, label="路灯坏了"))

    row.refresh_from_db()
    assert row.label == "路灯坏了"


def test_category_is_added_and_taken_out_of_use(keeper, here):
    lamp = factories.category()
    said = said_of(lamp, label="落叶", slug="sanitation.fallen-leaves", parent=lamp.parent_id)

    keeper.post("/console/categories/new/", said)
    row = Category.objects.get(slug="sanitation.fallen-leaves")
    keeper.post(f"/console/categories/{row.pk}/switch/", {"to": "off"})

    row.refresh_from_db()
    assert (row.label, row.active) == ("落叶", False)
    assert row not in Category.objects.leaves()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"label": ""}, "请填写这一项"),
        ({"slug": "大写"}, "小写字母"),
        ({"slug": "facilities.street-lamp"}, "已经用过"),
        ({"national_code": "12"}, "五位数字"),
        ({"urgency": "huge"}, "请从列表里选"),
        ({"order": "abc"}, "整数"),
        ({"parent": ""}, "请选择一项"),
        ({"ask": "长" * 300}, "200"),
    ],
)
def test_refused_category_says_why(keeper, here, more, sentence):
    lamp = factories.category()
    said = said_of(lamp, label="落叶", slug="sanitation.fallen-leaves", parent=lamp.parent_id) | more

    response = keeper.post("/console/categories/new/", said)

    assert response.status_code == 422
    assert sentence in response.text
    assert not Category.objects.filter(slug="sanitation.fallen-leaves").exists()


@pytest.mark.parametrize("n", [1, 3])
def test_category_list_asks_the_same(keeper, here, n, django_assert_num_queries):
    parent = factories.category().parent
    for number in range(n):
        Category.objects.create(slug=f"extra-{number}", label="加上的", parent=parent)
    keeper.get("/console/categories/")

    with django_assert_num_queries(4):
        response = keeper.get("/console/categories/?words=加上")

    assert response.text.count(">加上的<") == n


def test_year_shows_holidays_and_warns_beyond_the_known(keeper, here):
    actions.install_calendar()

    known, unknown = (
        keeper.get("/console/calendar/?year=2026").text,
        keeper.get("/console/calendar/?year=2031").text,
    )

    assert 'title="国庆节' in known or 'title="国庆' in known
    assert "还没有录入" not in known
    assert "2031 年的法定节假日还没有录入" in unknown


def test_day_is_kept_and_forgotten(keeper, here):
    keeper.post("/console/calendar/keep/", {"day": "2027-01-01", "kind": "off", "name": "元旦"})
    made = list(CalendarDay.objects.values_list("day", "kind", "name"))
    keeper.post("/console/calendar/2027-01-01/forget/")

    assert made == [(date(2027, 1, 1), "off", "元旦")]
    assert not CalendarDay.objects.exists()
    assert (
        LogEntry.objects.filter(verb__in=["cases.set_calendar_day", "cases.forget_calendar_day"]).count() == 2
    )


@pytest.mark.parametrize(
    "said",
    [
        {"day": "", "kind": "off", "name": "元旦"}, {"day": "2027-02-30", "kind": "off", "name": "元旦"},
        {"day": "1900-01-01", "kind": "off", "name": "元旦"}, {"day": "2027-01-01", "kind": "x", "name": "元旦"},
        {"day": "2027-01-01", "kind": "off", "name": ""}, {"day": "2027-01-01", "kind": "off", "name": "长" * 99},
    ],
)  # fmt: skip
def test_refused_day_keeps_what_was_typed(keeper, here, said):
    response = keeper.post("/console/calendar/keep/", said)

    assert response.status_code == 422
    assert "yg-field__error" in response.text
    assert said["name"] in response.text
    assert not CalendarDay.objects.exists()


def test_impossible_day_in_the_address_is_not_there(keeper, here):
    assert keeper.post("/console/calendar/2027-02-30/forget/").status_code == 404


def test_rule_is_set_and_says_who_did_it(keeper, here):
    keeper.post("/console/settings/cut_off_hour/", {"value": "18"})

    page = keeper.get("/console/settings/").text

    assert rules.value("cut_off_hour") == 18
    assert page.count("某system") >= 2  # in the corner, and beside the rule


@pytest.mark.parametrize("value", ["99", "-1", "", "abc", "1e3", "９９９９９９９９９９９９", "9" * 400])
def test_rule_outside_its_limits_is_refused(keeper, here, value):
    response = keeper.post("/console/settings/cut_off_hour/", {"value": value})

    assert response.status_code == 422
    assert "yg-field__error" in response.text
    assert not RuleValue.objects.exists()


def test_unknown_rule_is_not_there(keeper, here):
    assert keeper.post("/console/settings/nothing/", {"value": "1"}).status_code == 404


def test_complaint_is_answered(keeper, here):
    actions.complain("/about/", by=STRANGER, at=factories.MONDAY_NOON, words="字太小了，我的电话13812345678")
    row = PlatformComplaint.objects.get()

    page = keeper.get("/console/complaints/").text
    empty = keeper.post(f"/console/complaints/{row.pk}/answer/", {"words": " "})
    keeper.post(f"/console/complaints/{row.pk}/answer/", {"words": "右上角有长辈版大字。"})

    row.refresh_from_db()
    assert "字太小了" in page and "13812345678" not in page
    assert empty.status_code == 422
    assert row.answer == "右上角有长辈版大字。"
    assert "没有等答复的意见" in keeper.get("/console/complaints/").text


@pytest.mark.parametrize("name", ["security", "auditor", "desk", "street_head", "idle"])
def test_tables_refuse_everybody_else_even_below_the_page(here, name):
    row, said = factories.category(), {"by": getattr(here, name), "at": factories.MONDAY_NOON}
    acts = (
        lambda: actions.change_category(row, **said, label="x"),
        lambda: actions.add_category(row.parent, **said, slug="x.y", label="x"),
        lambda: actions.set_day(CalendarDay(day=date(2027, 1, 1)), **said, kind="off", name="元旦"),
        lambda: actions.forget_day(CalendarDay(day=date(2027, 1, 1)), **said),
        lambda: actions.set_rule(RuleValue(name="cut_off_hour", value=18), **said),
        lambda: set_limit(row, **said, trigger="need", mark="sign", amount=30, words="x"),
    )

    for act in acts:
        with pytest.raises(NotAllowed):
            act()
