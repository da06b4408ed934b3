"""Finding by the caller: logged, limited, only where the contact may be seen; the other cases of caller and place."""

import pytest
from django.utils import timezone

from tests import factories
from yige.accounts.models import Bucket
from yige.audit.models import LogEntry
from yige.cases.models import Reporter

PHONE, NAME = "19955550001", "王阿姨"
OTHER = "19955550002"


def find(client, user, typed, **how):
    client.force_login(user)
    return client.post("/console/cases/callers/", {"q": typed}, **how)


def called(here, words="水管漏水", phone=PHONE, name=NAME, **said):
    return factories.reported(here, words=words, contact={"name": name, "phone": phone}, **said)


def page(client, user, case):
    client.force_login(user)
    return client.get(f"/console/cases/{case.number}/").text


@pytest.mark.parametrize(
    "typed", [PHONE, "+86 199 5555 0001", "１９９－５５５５－０００１", NAME, " 王 阿姨"]
)
def test_desk_finds_the_cases_of_a_caller(client, here, typed):
    case, other = called(here), called(here, words="别人的事", phone=OTHER, name="李叔叔")

    text = find(client, here.desk, typed).text

    assert case.number in text and "找到 1 件" in text
    assert other.number not in text
    assert PHONE not in text.replace(f'value="{typed}"', "")


@pytest.mark.parametrize("typed", ["1995555", "王", "阿姨", OTHER, "0"])
def test_part_of_a_number_or_name_finds_nothing(client, here, typed):
    case = called(here)

    answer = find(client, here.desk, typed)

    assert case.number not in answer.text and "没有找到" in answer.text


def test_every_search_is_a_line_that_says_what_and_not_whom(client, here):
    called(here)
    find(client, here.desk, PHONE)
    find(client, here.desk, "没有这个人")

    lines = LogEntry.objects.filter(verb="cases.find_caller").order_by("id")
    assert [(line.fields, line.result, line.actor_id) for line in lines] == [
        (["phone"], "hit", here.desk.pk),
        (["name"], "miss", here.desk.pk),
    ]
    assert PHONE not in str(list(lines.values()))


def test_a_search_shows_nothing_when_its_line_cannot_be_written(client, here, monkeypatch):
    case = called(here)
    monkeypatch.setattr("yige.cases.callers.write", None)

    with pytest.raises(TypeError):
        find(client, here.desk, PHONE)
    assert case.number in page(client, here.desk, case)


def test_nothing_typed_is_said_beside_the_field(client, here):
    for typed in ("", "-", "x" * 61):
        answer = find(client, here.desk, typed)
        assert answer.status_code == 422 and "yg-field__error" in answer.text


def test_too_many_searches_have_to_wait(client, here):
    for _ in range(30):
        find(client, here.desk, PHONE)

    assert find(client, here.desk, PHONE).status_code == 429
    assert Bucket.objects.exists()


def test_each_finds_what_he_may_call(client, here):
    """The neighbour sees no case, the street's head no contact, the hotline what it took in or calls back."""
    mine = called(here)
    theirs = called(here, words="隔壁的事", grid=here.neighbour_grid)
    taken = called(here, words="热线登记的", by=here.intake, channel="hotline")
    found = {}
    for name in ("desk", "community_head", "grid_head", "neighbour_head", "intake", "other_desk"):
        text = find(client, getattr(here, name), PHONE).text
        found[name] = [case.number in text for case in (mine, theirs, taken)]

    assert found == {
        "desk": [True, True, True],
        "community_head": [True, True, True],
        "grid_head": [True, False, True],
        "neighbour_head": [False, True, False],
        "intake": [False, False, True],
        "other_desk": [False, False, False],
    }
    for name in ("street_head", "worker", "micro", "department", "auditor", "registrar"):
        assert find(client, getattr(here, name), PHONE).status_code == 404


def test_anonymous_stays_anonymous(client, here):
    case = factories.reported(here)
    gone = called(here)
    Reporter.objects.filter(case=gone).update(removed_at=timezone.now())

    text = find(client, here.desk, PHONE).text

    assert case.number not in text and gone.number not in text


def test_a_phone_in_the_address_is_not_searched_but_offered(client, here):
    case = called(here, words=f"请打 {PHONE}")
    client.force_login(here.desk)

    for how in ({}, {"HTTP_HX_REQUEST": "true"}):
        text = client.get(f"/console/cases/?q={PHONE}", **how).text
        assert "像是电话号码" in text
        assert f'name="q" value="{PHONE}"' in text
        assert f"q={PHONE}" not in text
    assert case.number in find(client, here.desk, PHONE).text


def test_the_list_finds_what_is_said_nearly_so(client, here):
    case = factories.reported(here, words="路灯坏了三天没人修")
    factories.reported(here, words="垃圾没人收")
    client.force_login(here.desk)

    text = client.get("/console/cases/?q=路灯坏了没人修理").text

    assert case.number in text and "说法相近" in text and "垃圾没人收" not in text
    assert "说法相近" not in client.get("/console/cases/?q=路灯坏了").text
    assert "说法相近" not in client.get("/console/cases/?q=完全不相干的一句话").text


def test_the_list_is_cut_to_one_handler(client, here):
    mine, other = factories.life(here, "handling"), factories.reported(here)
    client.force_login(here.desk)

    text = client.get("/console/cases/?handler=某worker").text

    assert mine.number in text and other.number not in text
    assert 'value="某worker"' in text


def test_the_page_of_a_case_shows_what_else_its_caller_reported(client, here):
    case, other = called(here, place="1号楼"), called(here, words="灯不亮", place="9号楼")
    stranger = called(here, words="别人的事", phone=OTHER, place="8号楼")

    text = page(client, here.grid_head, case)

    assert other.number in text and stranger.number not in text
    line = LogEntry.objects.get(verb="cases.view_caller")
    assert (line.subject_id, line.fields, line.actor_id) == (str(case.pk), ["phone"], here.grid_head.pk)


def test_the_page_leaves_no_line_when_there_is_nothing_else(client, here):
    page(client, here.desk, called(here))

    assert not LogEntry.objects.filter(verb="cases.view_caller").exists()


def test_who_may_not_see_the_contact_does_not_see_the_callers_cases(client, here):
    case, other = called(here, place="1号楼"), called(here, words="灯不亮", place="9号楼")

    assert other.number not in page(client, here.street_head, case)
    assert not LogEntry.objects.filter(verb="cases.view_caller").exists()


def test_a_neighbours_cases_of_the_same_caller_stay_with_the_neighbour(client, here):
    case = called(here, place="1号楼")
    far = called(here, words="隔壁的事", grid=here.neighbour_grid, place="9号楼")

    assert far.number not in page(client, here.grid_head, case)
    assert far.number in page(client, here.desk, case)


@pytest.mark.parametrize(
    ("place", "same"),
    [
        ("白杨小区3号楼2单元", True), ("白杨小区３栋", True), ("白杨小区三号楼门口", True), ("白杨小区13号楼", False),
        ("白杨小区4号楼", False), ("枫林小区3号楼", False), ("", False),
    ],
)  # fmt: skip
def test_the_page_of_a_case_shows_what_else_is_of_its_building(client, here, place, same):
    case = factories.reported(here, place="白杨小区3号楼")
    other = factories.reported(here, words="另一件", place=place)

    assert (other.number in page(client, here.grid_head, case)) is same


def test_the_page_of_a_case_shows_what_else_is_of_its_spot(client, here):
    case = factories.reported(here, place="", lon=113.3, lat=34.8)
    near = factories.reported(here, words="近处", place="", lon=113.3002, lat=34.8)
    far = factories.reported(here, words="远处", place="", lon=113.302, lat=34.8)
    beside = factories.reported(here, words="隔壁楼", place="白杨小区4号楼", lon=113.3001, lat=34.8)
    named = factories.reported(here, words="这栋楼", place="白杨小区3号楼", lon=113.3001, lat=34.8)

    text = page(client, here.grid_head, case)

    assert near.number in text and beside.number in text and far.number not in text
    assert beside.number not in page(client, here.grid_head, named)
