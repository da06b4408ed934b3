"""What a resident reads of the own file, never anybody else's."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import family, household
from tests.markup import said_alone
from tests.policy import organisations
from tests.policy.volunteer_calls import as_oneself, branch, opened, sign_up
from tests.portal.residents import ago, resident, slot
from tests.portal.test_pages import weight
from tests.scenes import scene
from yige.alliance.branches import join_branch
from yige.alliance.organisations import join_organisation
from yige.alliance.wishes import make_wish
from yige.archive.models import (
    Origin,
    Person,
    RosterRow,
    RosterRun,
    RosterSource,
)
from yige.archive.people import access, actions, purposes
from yige.archive.rights import requests
from yige.audit.models import LogEntry
from yige.lib.identity import check_sign
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments

pytestmark = pytest.mark.django_db
PAGES = ("/my/", "/my/file/", "/my/looks/", "/my/requests/", "/my/requests/new/", "/my/visits/")


@scene
def here():
    town = factories.town()
    town.family = family(town)
    town.old, town.spouse = Person.objects.of(town.family).order_by("made_at", "id")
    return town


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_light_and_says_what_it_is_without_anything_on_it(here, client, path):
    page = resident(client).get(path)

    assert page.status_code == 200
    assert sum(weight(page.text)) <= 60 * 1024
    assert page.text.count("<h1") == 1


def test_home_tells_promises_needs_and_visits_by_post_never_by_name(here, client):
    at, due = ago(days=3), timezone.localdate() + timedelta(days=4)
    s1.write_visit_without_timelines(
        here.family, by=here.micro, at=at, mode="home",
        needs=[{"kind": "problem", "words": "楼道灯不亮"}], promises=[{"words": "周五前换灯", "due_on": due}],
    )  # fmt: skip

    page = resident(client).get("/my/")

    assert "楼道灯不亮" in page.text and "下次上门先答复您" in page.text
    assert "周五前换灯" in page.text and "还没到日子" in page.text
    assert "单位team · 微网格员" in page.text and "某micro" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_same_for_one_and_three(here, client, django_assert_num_queries, count):
    for number in range(count):
        at = ago(days=9 - number)
        need = s1.raise_need(here.family, by=here.micro, at=at, kind="need", words="要一个扶手")
        s1.promise(here.family, by=here.micro, at=at, words="去问价", due_on=timezone.localdate(), need=need)
        s1.write_visit_without_timelines(here.family, by=here.micro, at=at, mode="not_met")
        access.view(here.old, by=here.micro, at=ago(hours=number), household=here.family)
    resident(client)

    with django_assert_num_queries(21):
        page = client.get("/my/")

    assert [len(page.context[name]) for name in ("visits", "promises", "raised")] == [count] * 3


def test_broken_and_kept_promises_are_told_apart(here, client):
    made = ago(days=20)
    day = made.date() + timedelta(days=3)
    s1.promise(here.family, by=here.micro, at=made, words="送一张表", due_on=day)
    kept = s1.promise(here.family, by=here.micro, at=made, words="修门铃", due_on=day)
    s1.keep_promise(kept, by=here.micro, at=ago(days=18))

    page = resident(client).get("/my/").text

    assert "过期没做到" in page and "做到了" in page
    assert page.index("送一张表") < page.index("修门铃")


def test_whoever_moved_in_reads_nothing_from_before(here, client):
    other = household(here, room="601")
    s1.raise_need(other, by=here.micro, at=ago(days=30), kind="problem", words="以前那户的难处")
    actions.move_person(here.old, by=here.micro, at=ago(days=2), household=other)
    s1.raise_need(other, by=here.micro, at=ago(days=1), kind="problem", words="搬来以后的事")

    page = resident(client).get("/my/").text

    assert "搬来以后的事" in page
    assert "以前那户的难处" not in page and "李*国" not in page


def test_file_shows_every_group_with_value_origin_purpose_and_time(here, client):
    page = resident(client).get("/my/file/").text

    for group in purposes.GROUPS:
        assert group.label in page
    for shown in ("王小英", "19900000001", "1948年", "向阳小院3号楼2单元501"):
        assert shown in page
    group = purposes.GROUP_BY_NAME["phone"]
    assert group.purpose in page and group.why in page and group.keep in page
    assert "来自：2025年6月2日 周一，档案管理员登记" in page
    assert "李建国" not in page and "19900000002" not in page


def test_file_leaves_no_group_without_its_values(here, client):
    """A group that somebody adds to the table needs its rows here: “没有记” must be true."""
    at = ago(days=1)
    actions.grant_label(here.old, by=here.micro, at=at, kind="living_alone")
    number = "41010619480302002" + check_sign("41010619480302002")
    actions.describe_person(here.old, by=here.micro, at=at, identity=number, emergency="女儿 19900000333")
    s1.write_visit_without_timelines(
        here.family, by=here.micro, at=at, mode="home", needs=[{"kind": "need", "words": "要一个扶手"}]
    )
    offered = slot(here)
    appointments.book_slot(offered, by=here.micro, at=at, household=here.family)
    requests.ask(here.old, by=here.micro, at=at, kind="explain", words="记了什么")
    kept_before(here)
    sign_up(opened(here, at), here.old, at)
    make_wish(here.old, by=as_oneself(here.old), at=at, words="想换一个亮一点的灯泡")
    join_branch(branch(here, at), by=as_oneself(here.old), at=at, person=here.old)
    join_organisation(organisations.shown(here, at), by=as_oneself(here.old), at=at, person=here.old)

    groups = resident(client).get("/my/file/").context["groups"]

    assert [group.name for group, items in groups if not items] == []


def kept_before(here):
    """A roster that changed the file left what was there before."""
    source = RosterSource.objects.create(name="花名册", used_at=ago(days=1))
    run = RosterRun.objects.create(
        source=source, grid=here.grid, grid_path=here.grid.path, file_name="a.xlsx", digest="d", by=here.registrar, at=ago(days=1)
    )  # fmt: skip
    RosterRow.objects.create(run=run, number=1, verdict="changed", person=here.old, before_sealed=b"k1:x")


def test_whole_identity_number_needs_more_than_a_code(here, client):
    actions.describe_person(
        here.old,
        by=here.micro,
        at=ago(days=1),
        identity="41010619480302002" + check_sign("41010619480302002"),
    )

    page = resident(client).get("/my/file/").text

    assert re.search(r"410106\*{8}002\w", page) and "41010619480302002" not in page


def test_looks_name_post_field_and_reason_and_lead_to_a_question(here, client):
    access.reveal(here.old, by=here.registrar, at=ago(hours=2), field="phone", reason="request")
    access.view(here.spouse, by=here.micro, at=ago(hours=1), household=here.family)
    resident(client)

    page = client.get("/my/looks/").text
    link = re.search(r'href="(/my/requests/new/\?kind=explain&amp;look=[0-9a-f]+)"', page)[1].replace(
        "&amp;", "&"
    )
    form = client.get(link).text

    assert page.count("有疑问<span") == 1
    assert "单位street · 档案管理员" in page and "看了没有遮住的联系电话" in page and "办理本人的申请" in page
    assert "某registrar" not in page
    assert "记录从 2025年6月2日 开始" in page
    assert "单位street · 档案管理员看了没有遮住的联系电话（办理本人的申请）" in form


@pytest.mark.parametrize("page", ["/work/households/{home}/phone/", "/console/people/{person}/reveal/"])
def test_a_reveal_is_one_look_with_the_page_that_shows_it(here, client, page):
    staff, address = Client(), page.format(home=here.family.pk, person=here.old.pk)
    staff.force_login(here.micro)
    staff.post(address, {"person": str(here.old.pk), "field": "phone", "reason": "visit"})
    resident(client)

    looks = client.get("/my/looks/").context

    assert [look.what for look in looks["rows"]] == ["看了没有遮住的联系电话"]
    assert looks["total"] == 1
    assert LogEntry.objects.filter(verb__in=access.LOOKS).count() == 2


def test_a_reveal_to_one_is_a_look_for_the_others_of_the_household(here, client):
    staff = Client()
    staff.force_login(here.micro)
    staff.post(f"/work/households/{here.family.pk}/phone/", {"person": str(here.old.pk), "reason": "visit"})

    page = resident(client, "19900000002").get("/my/looks/")

    assert [look.what for look in page.context["rows"]] == ["看了档案"]


def test_a_view_before_the_reveal_is_a_look_of_its_own(here, client):
    at = ago(hours=1)
    access.view(here.old, by=here.micro, at=at, household=here.family)
    access.reveal(here.old, by=here.micro, at=at + timedelta(minutes=1), field="phone", reason="visit")
    access.view(here.old, by=here.grid_head, at=at + timedelta(minutes=1), household=here.family)

    assert len(resident(client).get("/my/looks/").context["rows"]) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_looks_ask_the_same_for_one_and_three(here, client, django_assert_num_queries, count):
    for _ in range(count):
        access.view(here.old, by=here.micro, at=ago(hours=1), household=here.family)
    resident(client)

    with django_assert_num_queries(10):
        page = client.get("/my/looks/")

    assert len(page.context["rows"]) == count


def test_looks_have_pages(here, client):
    for minutes in range(25):
        access.view(here.old, by=here.micro, at=ago(minutes=minutes), household=here.family)
    resident(client)

    first, second = (client.get(f"/my/looks/?page={number}") for number in (1, 2))

    assert (len(first.context["rows"]), len(second.context["rows"])) == (20, 5)
    assert "近 12 个月 25 次" in client.get("/my/").text


def test_front_page_and_every_foot_lead_to_the_own_file(here, client):
    assert client.get("/").text.count('href="/my/"') == 2
    assert client.get("/ledger/").text.count('href="/my/"') == 1


def test_origin_of_a_visit_is_told(here, client):
    actions.describe_person(
        here.old, by=here.micro, at=ago(days=1), phone="19900000008", source="visit"
    )  # fmt: skip

    page = resident(client, "19900000008").get("/my/file/").text

    assert "走访时本人说的" in page
    assert Origin.objects.filter(subject_id=here.old.pk, source="visit").count() == 1


def test_own_pages_never_show_another_household(here, client):
    other = family(here, room="901")
    s1.raise_need(other, by=here.micro, at=ago(days=1), kind="problem", words="别家的难处")
    requests.ask(other.contact, by=here.micro, at=ago(days=1), kind="explain", words="别家的问题")
    resident(client)

    texts = "".join(client.get(path).text for path in PAGES)

    assert "别家的" not in texts
    assert not said_alone("901", texts)
