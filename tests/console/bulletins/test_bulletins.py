"""The bulletin of a street through its pages: written by one, screened, approved by another, published, and then fixed."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.bulletins.test_open_figures import closing
from tests.factories import life
from tests.markup import one_line
from tests.policy.bulletins import MONTHS, approved, figures, story
from yige.bulletins import actions
from yige.bulletins.models import Bulletin, OpenFigure, Story
from yige.lib.refusals import NotAllowed
from yige.notices.models import Notice
from yige.web.subject_pages import staff_page

LIST = "/console/bulletins/"
WORDS = "街道请供电单位换了灯头，当晚就亮。"


@pytest.fixture
def street(here, settings):
    settings.YIGE_SECOND_FACTOR = False
    here.at = timezone.now() - timedelta(hours=3)
    figures("/zz/", MONTHS, here.at)
    here.case = life(here, "cleared", at=here.at, words="小区东门路灯三天没亮了，晚上看不见")
    here.bulletin = actions.begin_bulletin(here.street, by=here.desk, at=here.at, month=MONTHS[2])
    return here


def press(client, user, verb, row, **said):
    client.force_login(user)
    return client.post(f"{LIST}{row.pk}/{verb}/", said)


def told(client, user, row):
    client.force_login(user)
    return one_line(client.get(f"{LIST}{row.pk}/").text)


def test_a_bulletin_goes_from_the_desk_by_another_hand_to_everybody(client, street):
    february = datetime(2026, 2, 9, 4, tzinfo=UTC)
    for left_out in ({"own": True}, {"excluded": True}, {"own": True, "nature": "personal"}):
        closing(street, at=february, **left_out)
    client.force_login(street.desk)
    client.post(LIST, {"street": street.street.pk, "month": "2026-02"})
    row = Bulletin.objects.get(month=date(2026, 2, 1))

    press(client, street.desk, "opening", row, opening="这个月雨多。")
    press(client, street.desk, "story", row, number=street.case.number, title="路灯亮了", words=WORDS)
    press(client, street.desk, "screen", row)
    press(client, street.street_head, "approve", row)
    before = client.get(f"/bulletins/{row.pk}/").status_code
    press(client, street.desk, "publish", row)
    page = one_line(client.get(f"/bulletins/{row.pk}/").text)
    file = client.get(f"/bulletins/{row.pk}/bulletin.pdf")

    assert before == 404 and f"/bulletins/{row.pk}/" in client.get("/bulletins/").text
    for words in (
        "这个月雨多。",
        "路灯亮了",
        WORDS,
        "反映了 40 件。",
        "75%（24 件里有 18 件）；真正的水平大概在 55% 到 88% 之间",
        "还不够，看不出变化：只有 2 个月",
        "自己发现、自己处置的 1 件",
        "不计入考核的 1 件",
    ):
        assert words in page, words
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF")


def test_who_wrote_any_of_it_does_not_approve_it(client, street):
    head, row = street.street_head, street.bulletin
    press(client, head, "opening", row, opening="这个月雨多。")
    press(client, street.desk, "screen", row)

    assert "要另一位一级网格长来批准" in told(client, head, row)
    assert press(client, head, "approve", row).status_code == 422
    with pytest.raises(NotAllowed):
        actions.approve_bulletin(row, by=street.desk, at=street.at)
    row.refresh_from_db()
    assert row.state == "screened"


def test_what_is_approved_stays_as_it_is_whatever_comes_later(client, street):
    row = street.bulletin
    tale = story(row, street, street.at, case=street.case)
    before = approved(street, row, street.at).told

    OpenFigure.objects.all().delete()
    street.case.words = "别的话"
    street.case.save()
    refused = [
        press(client, street.desk, "opening", row, opening="改一改"),
        press(client, street.desk, "story", row, number=street.case.number, title="又一件", words=WORDS),
        press(client, street.street_head, "send-back", row, words="改"),
    ]
    client.post(f"{LIST}stories/{tale.pk}/drop/")
    actions.publish_bulletin(row, by=street.desk, at=street.at)
    page = one_line(client.get(f"/bulletins/{row.pk}/").text)
    row.refresh_from_db()

    assert [answer.status_code for answer in refused] == [409] * 3
    assert row.told == before and before["stories"][0]["words"] in page and "反映了 40 件。" in page
    assert Story.objects.get().dropped_at is None


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("words", "打 13800001234 就行", "像电话、证件号"),
        ("words", "3号楼2单元501室的灯修好了", "写到了哪一户"),
        ("words", "王阿姨说谢谢", "像是一个人的名字或称呼"),
        ("title", "老李家的灯", "像是一个人的名字或称呼"),
        ("words", "居民反映小区东门路灯三天没亮了", "和反映人、回访里的话一样"),
        ("words", "某worker当天去看", "像是一个人的名字或称呼"),
        ("number", "410106-0000001-1", "没有这个编号"),
        ("number", "😀", "没有这个编号"),
    ],
)
def test_what_tells_a_person_is_refused_where_it_was_typed_and_kept(client, street, field, typed, sentence):
    said = {"number": street.case.number, "title": "路灯亮了", "words": WORDS} | {field: typed}

    answer = press(client, street.desk, "story", street.bulletin, **said)

    assert answer.status_code == 422 and sentence in answer.text and typed in answer.text
    assert re.search(rf'id="id_{field}_error">\s*<p class="yg-field__error">', answer.text)
    assert not Story.objects.exists()


@pytest.mark.parametrize(("state", "more"), [("cleared", {"nature": "personal"}), ("closed", {})])
def test_only_public_matters_that_their_reporter_called_solved_are_told(client, street, state, more):
    case = life(street, state, at=street.at, words="另一件", **more)

    answer = press(
        client, street.desk, "story", street.bulletin, number=case.number, title="好了", words=WORDS
    )

    assert answer.status_code == 422 and not Story.objects.exists()


def test_a_case_of_another_street_is_as_if_it_were_not(client, street):
    case = life(street, "reported", at=street.at, grid=street.other_street)

    answer = press(
        client, street.desk, "story", street.bulletin, number=case.number, title="好了", words=WORDS
    )

    assert "本街道没有这个编号的事项" in answer.text


def test_a_change_after_the_screening_has_to_be_screened_again(client, street):
    row = street.bulletin
    press(client, street.desk, "screen", row)
    press(client, street.desk, "opening", row, opening="雨多")
    row.refresh_from_db()

    assert row.state == "draft" and press(client, street.street_head, "approve", row).status_code == 409


def test_whoever_approves_may_give_it_back_and_says_what_to_change(client, street):
    press(client, street.desk, "screen", street.bulletin)
    press(client, street.street_head, "send-back", street.bulletin, words="开头写短些")

    assert "退回来改：开头写短些" in told(client, street.desk, street.bulletin)


def published(here):
    """Bring the bulletin in work, with an opening and a story, to everybody."""
    row = here.bulletin
    actions.write_opening(row, by=here.desk, at=here.at, opening="这个月雨多。")
    story(row, here, here.at, case=here.case)
    return actions.publish_bulletin(approved(here, row, here.at), by=here.desk, at=here.at, pdf=b"%PDF-1.7")


def test_what_is_withdrawn_says_when_and_why_and_shows_nothing_of_it(client, street):
    row = published(street)
    file = f"/bulletins/{row.pk}/bulletin.pdf"
    before = client.get(file)

    press(client, street.street_head, "withdraw", row, words="二月的数算错了，重写一期。")
    page, room = one_line(client.get(f"/bulletins/{row.pk}/").text), told(client, street.desk, row)
    row.refresh_from_db()

    assert before.status_code == 200 and "max-age=3600" not in before["Cache-Control"]
    assert "撤回了，里面的数和话不再作准" in page and "二月的数算错了，重写一期。" in page
    assert not [
        words
        for words in ("这个月雨多", "路灯亮了", "反映了 40 件", "bulletin.pdf", "yg-chart")
        if words in page
    ]
    assert client.get(file).status_code == 404 and "已撤回" in client.get("/bulletins/").text
    assert "这个月雨多" in room and "只作记录" in room and "撤回：二月的数算错了" in room
    assert row.told["opening"] == "这个月雨多。" and row.withdrawn_by == street.street_head


def test_a_month_whose_bulletin_was_withdrawn_is_written_again_and_the_page_leads_to_it(client, street):
    row = published(street)
    press(client, street.street_head, "withdraw", row, words="算错了。")
    client.force_login(street.desk)
    client.post(LIST, {"street": street.street.pk, "month": "2026-03"})
    again = Bulletin.objects.standing().get(month=MONTHS[2])
    before = client.get(f"/bulletins/{row.pk}/").text

    actions.publish_bulletin(approved(street, again, street.at), by=street.desk, at=street.at)

    assert f"/bulletins/{again.pk}/" not in before
    assert f"/bulletins/{again.pk}/" in client.get(f"/bulletins/{row.pk}/").text


@pytest.mark.parametrize(
    ("name", "words", "status"),
    [
        ("desk", "算错了。", 422),
        ("neighbour_head", "算错了。", 404),
        ("street_head", "", 422),
        ("street_head", "王阿姨打 13800001234 说的", 422),
    ],
)
def test_only_who_approves_withdraws_and_says_why(client, street, name, words, status):
    row = published(street)

    answer = press(client, getattr(street, name), "withdraw", row, words=words)

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (status, "published")
    sentence = {"desk": "您不能改这个街道的月报", "street_head": words}.get(name, "")
    assert sentence in one_line(answer.text)


def test_what_is_not_published_is_not_withdrawn(client, street):
    row = approved(street, street.bulletin, street.at)

    answer = press(client, street.street_head, "withdraw", row, words="算错了。")

    assert answer.status_code == 409 and "这一期没有公布，或者已经撤回了。" in answer.text
    assert "撤回这一期" not in told(client, street.street_head, row)


def test_who_may_approve_is_told_when_it_waits_and_who_wrote_of_it_is_not(client, street):
    row = street.bulletin
    press(client, street.desk, "screen", row)
    press(client, street.street_head, "opening", row, opening="这个月雨多。")
    press(client, street.desk, "screen", row)

    notice = Notice.objects.get(kind="bulletin")
    assert (notice.user_id, notice.title) == (street.street_head.pk, f"等您批准：{row}")
    assert staff_page(notice) == f"{LIST}{row.pk}/"


def test_few_answers_are_told_of_nobody_and_it_says_so(street):
    OpenFigure.objects.filter(kind="", month=MONTHS[2]).update(asked=None, solved=None, reopened=None)
    row = approved(street, street.bulletin, street.at)

    assert "反映人都说解决了的：不公布" in row.told["shares"][0]["words"]
    assert row.told["trends"][0]["points"][-1][1] is None


def test_a_month_that_is_not_published_has_no_bulletin_and_one_month_has_one(client, street):
    client.force_login(street.desk)
    unpublished = client.post(LIST, {"street": street.street.pk, "month": "2026-04"})
    again = client.post(LIST, {"street": street.street.pk, "month": "2026-03"})

    assert [unpublished.status_code, again.status_code] == [422, 422]
    assert Bulletin.objects.count() == 1


@pytest.mark.parametrize("name", ["neighbour_head", "department", "other_desk", "worker"])
def test_others_see_no_bulletin_before_it_is_published(client, street, name):
    client.force_login(getattr(street, name))

    assert client.get(f"{LIST}{street.bulletin.pk}/").status_code == 404
    assert press(client, getattr(street, name), "screen", street.bulletin).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many(client, street, count, django_assert_num_queries):
    for month in MONTHS[: count - 1]:
        actions.begin_bulletin(street.street, by=street.desk, at=street.at, month=month)
    client.force_login(street.desk)
    client.get(LIST)

    with django_assert_num_queries(7):
        client.get(LIST)
