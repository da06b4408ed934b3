"""The duty roster at the desk: who now, who next, when nobody; who sees names and numbers; adding, moving, ending."""

from datetime import datetime, timedelta

import pytest

from tests.console.duty_roster.conftest import NUMBER
from yige.accounts.models import Shift
from yige.accounts.shift_actions import add_shift
from yige.accounts.shift_rules import week_of
from yige.lib.local_time import SHANGHAI, local_day

BUREAU = "/console/duty-roster/units/bureau/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIST_STATEMENTS = 14  # the log-in and the shell of every page among them


def typed(begins_at, hours=12, **said):
    written = [
        f"{moment.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}" for moment in (begins_at, begins_at + hours * HOUR)
    ]
    return {
        "name": "李夜班",
        "phone": "0371-6888 1234",
        "begins_at": written[0],
        "ends_at": written[1],
    } | said


@pytest.mark.parametrize(("who", "seen"), [
    ("desk", True), ("street_head", True), ("community_head", True), ("grid_head", True), ("neighbour_head", True),
    ("department", True), ("other_desk", False), ("seat", False), ("worker", False), ("micro", False), ("member", False),
    ("intake", False), ("registrar", False), ("security", False), ("idle", False), ("former", False),
])  # fmt: skip
def test_who_may_call_sees_name_and_number_and_nobody_else(client, here, who, seen):
    client.force_login(getattr(here, who))
    pages = [client.get(address) for address in ("/console/duty-roster/", BUREAU, f"{BUREAU}export/")]

    for page in pages[:2]:
        assert (("金丝雀" in page.text) and (NUMBER in page.text)) is seen
    assert (pages[1].status_code == 200, pages[2].status_code == 200) == (seen, seen)


def test_a_unit_sees_its_own_roster_alone(client, here):
    client.force_login(here.department)

    assert client.get("/console/duty-roster/units/property/").status_code == 404
    assert "单位property" not in client.get("/console/duty-roster/").text


def test_the_list_says_who_now_who_next_and_when_nobody(client, here):
    add_shift(here.bureau_unit, by=here.desk, at=here.now, name="李夜班", phone=NUMBER,
              begins_at=here.now + 10 * HOUR, ends_at=here.now + 20 * HOUR)  # fmt: skip
    client.force_login(here.desk)
    row = {row.unit.slug: row for row in client.get("/console/duty-roster/").context["rows"]}
    text = client.get("/console/duty-roster/?words=bureau").text

    assert ([one.name for one in row["bureau"].now], row["bureau"].next.name) == (["金丝雀值班"], "李夜班")
    assert row["bureau"].gap in text and "没有人值班的时候，急事的消息只发给" in text
    assert "接下来七天都没有排。" in client.get("/console/duty-roster/?words=property").text
    assert (row["property"].now, row["property"].next, row["property"].gap) == ([], None, "")


def test_units_with_a_roster_come_first(client, here):
    add_shift(here.street_unit, by=here.desk, at=here.now, name="李带班", phone=NUMBER,
              begins_at=here.now + 6 * DAY, ends_at=here.now + 7 * DAY)  # fmt: skip
    add_shift(here.team_unit, by=here.desk, at=here.now, name="周远", phone=NUMBER,
              begins_at=here.now + 8 * DAY, ends_at=here.now + 9 * DAY)  # fmt: skip
    client.force_login(here.desk)
    slugs = [row.unit.slug for row in client.get("/console/duty-roster/").context["rows"]]

    assert slugs[:2] == ["bureau", "street"]
    assert {"team", "community", "property"} <= set(slugs[2:])


@pytest.mark.parametrize("n", [1, 3])
def test_list_query_count(client, here, n, django_assert_num_queries):
    units = [here.bureau_unit, here.team_unit, here.property_unit][:n]
    for unit in units:
        add_shift(unit, by=here.desk, at=here.now, name=f"周{unit.slug}", phone=NUMBER,
                  begins_at=here.now, ends_at=here.now + HOUR)  # fmt: skip
    client.force_login(here.desk)

    with django_assert_num_queries(LIST_STATEMENTS):
        text = client.get("/console/duty-roster/").text

    assert sum(text.count(f"周{unit.slug}") for unit in units) == n


def test_an_empty_week_says_what_happens_then(client, here):
    client.force_login(here.desk)
    text = client.get("/console/duty-roster/units/property/").text

    assert "现在没有人值班" in text and "这一周没有排值班" in text and "要先打电话" in text


def test_the_week_says_its_hours_its_days_off_and_its_gaps(client, here):
    monday = week_of(local_day(here.now) + timedelta(days=7)).begins_at
    add_shift(here.bureau_unit, by=here.desk, at=here.now, name="李夜班", phone=NUMBER,
              begins_at=monday + 20 * HOUR, ends_at=monday + 32 * HOUR)  # fmt: skip
    client.force_login(here.desk)
    page = client.get(f"{BUREAU}?week={monday + 3 * DAY:%Y-%m-%d}")

    assert len(page.context["gaps"]) == 2
    assert page.context["gaps"][0].endswith("00:00 到 20:00") and page.context["gaps"][0] in page.text
    assert [len(day.lines) for day in page.context["days"]] == [1, 0, 0, 0, 0, 0, 0]
    assert "李夜班" in page.text


@pytest.mark.parametrize("week", ["nonsense", "2026-13-99", "9999-12-31", "0001-01-01"])
def test_a_week_that_is_none_is_this_one_and_the_page_says_so(client, here, week):
    client.force_login(here.desk)
    page, plain = client.get(BUREAU, {"week": week}), client.get(BUREAU)

    assert page.context["week"] == week_of(local_day(here.now)).begins_at
    assert [answer.text.count("哪一周没有写对，或者离现在太远") for answer in (page, plain)] == [1, 0]


# adding


def test_a_shift_is_added_once_with_its_number_in_the_normal_form(client, here):
    client.force_login(here.department)
    said = typed(here.now + DAY, key="k" * 24)
    answers = [client.post(BUREAU, said).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Shift.objects.get(name="李夜班").phone == "037168881234"


@pytest.mark.parametrize(("said", "sentence"), [
    ({"phone": "请打门卫"}, "请写手机号"), ({"name": ""}, "或者写姓名"), ({"begins_at": "明天"}, "这样填写日期和时间"),
    ({"begins_at": ""}, "请写日期和时间"), ({"user": "x"}, "请选本单位的人"), ({"note": "好" * 61}, "最多 60 个字"),
])  # fmt: skip
def test_what_is_wrong_stands_at_its_place_and_the_words_are_kept(client, here, said, sentence):
    client.force_login(here.department)
    page = client.post(BUREAU, typed(here.now + DAY) | said)

    assert (page.status_code, sentence in page.text, "0371-6888 1234" in page.text or "请打门卫" in page.text) == (
        422, True, True,
    )  # fmt: skip
    assert Shift.objects.count() == 1


def test_the_same_person_at_the_same_time_is_a_conflict_with_its_sentence(client, here):
    client.force_login(here.desk)
    page = client.post(BUREAU, typed(here.now, name="金丝雀值班", phone=NUMBER))

    assert (page.status_code, "同一个人同一时间只排一班" in page.text) == (409, True)


def test_who_only_reads_has_no_form_and_writes_nothing(client, here):
    client.force_login(here.grid_head)

    assert "排一班" not in client.get(BUREAU).text
    assert client.post(BUREAU, typed(here.now + DAY)).status_code == 404
    assert client.post(f"{BUREAU}copy/").status_code == 404
    assert Shift.objects.count() == 1


# moving, ending, copying


def test_a_shift_is_moved_and_ended_on_its_page(client, here):
    client.force_login(here.department)
    address = f"/console/duty-roster/shifts/{here.shift.pk}/"
    begins = here.shift.begins_at
    moved = client.post(address, typed(begins, 9))
    assert (moved.status_code, Shift.objects.get().ends_at) == (302, begins + 9 * HOUR)

    assert client.post(f"{address}end/").status_code == 302
    assert "现在没有人值班" in client.get(BUREAU).text
    assert "不能再改" in client.get(address).text
    assert client.post(address, typed(begins, 9)).status_code == 409


@pytest.mark.parametrize("who", ["grid_head", "other_desk", "worker"])
def test_nobody_else_opens_or_ends_a_shift(client, here, who):
    client.force_login(getattr(here, who))
    address = f"/console/duty-roster/shifts/{here.shift.pk}/"

    assert (client.get(address).status_code, client.post(f"{address}end/").status_code) == (404, 404)
    assert Shift.objects.get().ends_at == here.shift.ends_at


def test_last_week_is_taken_over_once_and_what_cannot_be_is_said(client, here):
    this = week_of(local_day(here.now))
    coming = week_of(local_day(here.now) + timedelta(days=7)).begins_at
    Shift.objects.all().delete()
    for name, moment in (("李夜班", this.ends_at - 4 * HOUR), ("王早班", this.ends_at - 40 * HOUR)):
        Shift.objects.create(
            unit=here.bureau_unit, name=name, phone=NUMBER, begins_at=moment, ends_at=moment + 12 * HOUR
        )
    Shift.objects.create(unit=here.bureau_unit, user=here.worker, phone=NUMBER, begins_at=this.ends_at - 9 * HOUR,
                         ends_at=this.ends_at)  # fmt: skip
    client.force_login(here.desk)
    texts = [
        client.post(f"{BUREAU}copy/", {"week": f"{coming:%Y-%m-%d}"}, follow=True).text for _ in range(2)
    ]

    copied = Shift.objects.filter(begins_at__gte=coming)
    assert sorted(copied.values_list("name", flat=True)) == ["李夜班", "王早班"]
    assert copied.get(name="李夜班").begins_at == this.ends_at + 7 * DAY - 4 * HOUR
    assert all("没有抄：某worker" in text for text in texts)


@pytest.mark.parametrize("said", [{"week": "9999-12-27"}, {"week": "x"}, {"week": ""}, {}])
def test_a_week_that_is_none_is_not_copied_into(client, here, said):
    begins = week_of(local_day(here.now)).begins_at - 3 * DAY
    Shift.objects.create(
        unit=here.bureau_unit, name="李夜班", phone=NUMBER, begins_at=begins, ends_at=begins + 12 * HOUR
    )
    before = set(Shift.objects.values_list("pk", flat=True))
    client.force_login(here.desk)
    answer = client.post(f"{BUREAU}copy/", said)

    assert (answer.status_code, "没有抄：要排的是哪一周没有写对" in answer.text) == (422, True)
    assert set(Shift.objects.values_list("pk", flat=True)) == before


def test_no_page_says_how_often_somebody_was_on_duty(client, here):
    for day in range(1, 5):
        begins = here.now + day * DAY
        add_shift(here.bureau_unit, by=here.desk, at=here.now, name="金丝雀值班", phone=NUMBER,
                  begins_at=begins, ends_at=begins + HOUR)  # fmt: skip
    client.force_login(here.street_head)

    for address in ("/console/duty-roster/", BUREAU):
        text = client.get(address).text
        assert not any(f"{count} {word}" in text for count in range(1, 9) for word in ("班", "次"))


def test_what_was_typed_is_read_on_the_clocks_of_shanghai(client, here):
    client.force_login(here.desk)
    day = local_day(here.now) + timedelta(days=2)
    begins = datetime(day.year, day.month, day.day, 20, 0, tzinfo=SHANGHAI)
    client.post(BUREAU, typed(begins))

    assert Shift.objects.get(name="李夜班").begins_at == begins
