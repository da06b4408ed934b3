"""The room of deliberations: from raising to the feedback by its pages, who gets which page, what is refused where it was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life
from tests.policy.deliberation import (
    COUNT,
    DECIDED,
    DONE,
    LISTED,
    MEETING,
    NOTICE,
    OVER,
    RAISED_WORDS,
    at_work,
    met,
    noticed,
    raised,
    shown,
)
from yige.deliberation.models import Decision, Deliberation, Objection
from yige.lib.local_time import local_day

NOW = timezone.now() - timedelta(hours=4)
LIST = "/console/deliberations/"
SQUARE_METRES = {name: f"{value / 100:.2f}" for name, value in COUNT.items() if name.endswith("_area")}
TYPED_COUNT = (
    COUNT | SQUARE_METRES | {"source": "区业主表决系统", "source_number": "2026-17", "words": "照结果办。"}
)


def address(row, verb=""):
    return f"{LIST}{row.pk}/" + (f"{verb}/" if verb else "")


def plain(response):
    return " ".join(response.text.split())


def test_a_matter_is_raised_from_a_case_and_led_by_its_pages_to_the_notice(client, here):
    case = life(here, "handling")
    client.force_login(here.grid_head)
    new = client.get(f"/console/deliberations/new/?case={case.number}")
    typed = {
        "taken_as": "matter",
        "raised_from": "cases",
        "area": here.grid.pk,
        "words": RAISED_WORDS,
        "number": case.number,
    }
    sent = client.post(f"{LIST}new/", typed)
    row = Deliberation.objects.get()
    client.force_login(here.community_head)
    client.post(address(row, "list"), LISTED)
    meeting = timezone.localtime() + timedelta(days=4)
    client.post(
        address(row, "give_notice"),
        NOTICE | {"matter": "owners_7", "meeting_at": f"{meeting:%Y-%m-%dT10:00}"},
    )
    page = plain(client.get(address(row)))

    assert case.number in new.text and sent["Location"] == address(row)
    row.refresh_from_db()
    assert (row.stage, row.case, row.matter) == ("noticed", case, "owners_7")
    assert "民法典第 278 条" in page and case.number in page and RAISED_WORDS in page


def test_a_result_is_computed_shown_objected_to_settled_and_carried_out_by_its_pages(client, here):
    row = met(here, NOW - DECIDED - OVER, matter="owners_7")
    client.force_login(here.community_head)
    client.post(
        address(row, "record_count"), TYPED_COUNT | {"source_on": f"{local_day(NOW - OVER):%Y-%m-%d}"}
    )
    page = plain(client.get(address(row)))
    assert "参与表决的业主 210 户，一共 300 户，三分之二以上是 200 户：够" in page
    assert "参与表决的面积 17,000 平方米" in page and Decision.objects.get().verdict == "carried"

    client.post(address(row, "object"), {"words": "一层会暗"})
    client.post(
        f"{LIST}objections/{Objection.objects.get().pk}/answer/",
        {"gist": "采光", "answer": "算过了，不影响。"},
    )
    row = Deliberation.objects.get()
    early = client.post(address(row, "settle"), {"seen": row.version})
    Deliberation.objects.update(shown_until=timezone.now() - timedelta(minutes=1))
    client.post(address(row, "settle"), {"seen": row.version})
    client.post(
        address(row, "set_step"),
        {
            "step": "请人来设计",
            "unit": here.bureau_unit.pk,
            "due_on": f"{local_day(timezone.now()):%Y-%m-%d}",
        },
    )
    assert (early.status_code, "期满了才能定下来" in early.text) == (422, True)

    client.force_login(here.department)
    step = row.steps.get()
    assert address(row) in client.get(LIST + "unit/").text
    client.post(f"{LIST}steps/{step.pk}/finish_step/", {"done": "设计好了"})
    client.force_login(here.community_head)
    client.post(address(row, "feed_back"), {"words": "电梯装好了。"})
    assert Deliberation.objects.get().stage == "answered"
    assert address(row) in client.get(LIST + "ended/").text and address(row) not in client.get(LIST).text


@pytest.mark.parametrize(
    ("name", "status"),
    [("street_head", 200), ("desk", 200), ("community_head", 200), ("grid_head", 200), ("department", 200), ("worker", 404),
     ("neighbour_head", 404), ("other_desk", 404), ("auditor", 404), ("idle", 403)],
)  # fmt: skip
def test_who_opens_a_deliberation(client, here, name, status):
    row = at_work(here, NOW - DONE)
    client.force_login(getattr(here, name))

    assert (
        client.get(address(row)).status_code == client.get(address(row) + "record.pdf").status_code == status
    )


def test_the_words_of_who_raised_it_are_read_by_those_who_lead_and_raise_alone(client, here):
    row = at_work(here, NOW - DONE)
    for name, reads in (("community_head", True), ("grid_head", True), ("department", False)):
        client.force_login(getattr(here, name))
        assert (RAISED_WORDS in client.get(address(row)).text) is reads


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [("list", LISTED | {"affected": "大家"}, "一行写一方"), ("list", LISTED | {"title": "王大妈家的电梯"}, "像是一个人"), ("list", LISTED | {"words": "长" * 601}, "最多写 600"),
     ("decline", {"why": ""}, "请填写这一项")],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(client, here, verb, typed, sentence):
    row = raised(here, NOW)
    client.force_login(here.community_head)
    page = client.post(address(row, verb), typed)

    assert (page.status_code, sentence in page.text) == (422, True)
    assert verb != "list" or typed["affected"] in page.text
    assert Deliberation.objects.get().stage == "raised"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"yes_area": "13000.123"}, "最多写两位小数"), ({"yes_area": "很多"}, "请写数字"), ({"yes_area": "NaN"}, "请写 0 以上的数"), ({"yes_area": "-1"}, "请写 0 以上的数"),
     ({"yes_heads": "一百"}, "请写 0 以上的整数"), ({"yes_heads": "9" * 30}, "这个数太大"), ({"no_area": "9999999"}, "还多"), ({"source": ""}, "请填写这一项"), ({"all_heads": "0"}, "大于 0")],
)  # fmt: skip
def test_a_wrong_number_is_said_beside_its_field(client, here, wrong, sentence):
    row = met(here, NOW - DECIDED, matter="owners_7")
    client.force_login(here.community_head)
    page = client.post(
        address(row, "record_count"), TYPED_COUNT | {"source_on": f"{local_day(NOW):%Y-%m-%d}"} | wrong
    )

    assert (page.status_code, sentence in page.text, "照结果办。" in page.text) == (422, True, True)
    assert not Decision.objects.exists()


def test_a_meeting_tomorrow_is_refused_beside_its_field(client, here):
    row = raised(here, NOW)
    client.force_login(here.community_head)
    client.post(address(row, "list"), LISTED)
    tomorrow = timezone.localtime() + timedelta(days=1)
    page = client.post(
        address(row, "give_notice"),
        NOTICE | {"matter": "opinion", "meeting_at": f"{tomorrow:%Y-%m-%dT10:00}"},
    )

    assert (page.status_code, "至少 3 天发通知" in page.text) == (422, True)


def test_the_desk_leads_to_exactly_what_waits(client, here):
    waiting, quiet = raised(here, NOW), noticed(here, NOW)
    client.force_login(here.community_head)
    desk, rows = plain(client.get("/console/")), client.get(LIST + "waiting/").text

    assert "1 件议事等着办下一步" in desk and f'href="{LIST}waiting/"' in desk
    assert address(waiting) in rows and address(quiet) not in rows
    at_work(here, NOW - DONE)
    client.force_login(here.department)
    assert "1 件议定的事等本单位办" in plain(client.get("/console/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_with_more_rows(client, here, count, django_assert_num_queries):
    rows = [shown(here, NOW - DECIDED) for _ in range(count)]
    client.force_login(here.community_head)
    client.get(LIST)

    with django_assert_num_queries(4):
        assert client.get(LIST).text.count(LISTED["title"]) == count
    with django_assert_num_queries(15):
        client.get(address(rows[0]))


def test_the_record_is_a_file_of_what_everybody_reads(client, here):
    row = at_work(here, NOW - DONE, matter="owners_7")
    client.force_login(here.community_head)
    file = client.get(address(row) + "record.pdf")

    assert file.content[:5] == b"%PDF-" and file["Content-Type"] == "application/pdf"


def test_meeting_words_of_two_pages_are_the_same(client, here):
    row = met(here, NOW - DECIDED)
    client.force_login(here.community_head)

    for page in (client.get(address(row)), client.get(f"/council/{row.pk}/")):
        assert MEETING["minutes"] in page.text and MEETING["attendance"] in page.text
