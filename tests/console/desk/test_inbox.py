import uuid

import pytest

from tests.factories import MONDAY_NOON, reported
from yige.notices.actions import tell_staff
from yige.notices.models import Notice
from yige.notices.subjects import Subject, SubjectKind


def tell(user, title="派给您的事项", **more):
    tell_staff([user], kind="case", title=title, body="路灯不亮", at=MONDAY_NOON, **more)
    return Notice.objects.get(user_id=user.pk, title=title)


@pytest.mark.parametrize("n", [1, 3])
def test_inbox_query_count(client, here, n, django_assert_num_queries):
    for number in range(n):
        tell(here.worker, f"第{number}件")
    client.force_login(here.worker)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(4):
        response = client.get("/console/inbox/")

    assert response.text.count("路灯不亮") == n


def test_the_unread_come_first(client, here):
    old, new = tell(here.worker, "先来的没看过"), tell(here.worker, "后来的看过了")
    Notice.objects.filter(pk=new.pk).update(read_at=MONDAY_NOON)
    client.force_login(here.worker)

    text = client.get("/console/inbox/").text

    assert text.index(old.title) < text.index(new.title)
    assert new.title not in client.get("/console/inbox/?show=unread").text


def test_nobody_sees_or_opens_what_another_was_told(client, here):
    notice = tell(here.worker)
    client.force_login(here.neighbour_worker)

    page, opened = client.get("/console/inbox/"), client.post(f"/console/inbox/{notice.pk}/")
    client.post("/console/inbox/read/", {"id": [str(notice.pk)]})

    assert "还没有收到消息" in page.text and notice.title not in page.text
    assert opened.status_code == 404
    assert Notice.objects.get().read_at is None


def test_opening_one_marks_it_and_goes_there(client, here):
    case = reported(here)
    notice = tell(here.worker, subject=Subject(SubjectKind.CASE, case.pk))
    client.force_login(here.worker)

    response = client.post(f"/console/inbox/{notice.pk}/")

    assert response.headers["Location"] == f"/console/cases/{case.number}/"
    assert Notice.objects.get(pk=notice.pk).read_at


@pytest.mark.parametrize(
    "sent, left", [({"all": "1"}, 0), ({"id": ["nonsense", str(uuid.uuid4())]}, 2), ({}, 2)]
)
def test_marking_as_read(client, here, sent, left):
    tell(here.worker, "一"), tell(here.worker, "二")
    client.force_login(here.worker)

    client.post("/console/inbox/read/", sent)

    assert Notice.objects.unread().count() == left


def test_what_was_written_is_shown_inert(client, here):
    tell_staff(
        [here.worker], kind="case", title="<script>x</script>", body="<img src=x onerror=y>", at=MONDAY_NOON
    )
    client.force_login(here.worker)

    text = client.get("/console/inbox/").text

    assert "<script>x" not in text and "<img src=x" not in text and "&lt;script&gt;x" in text


def test_a_stranger_is_asked_to_log_in(client, db):
    assert client.get("/console/inbox/").status_code == 302
