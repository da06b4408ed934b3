import pytest

from tests.audit.sealed_log import add_line, add_lines, as_owner
from yige.audit import chain, sealer
from yige.audit.models import LogBlock


def page(client, who):
    client.force_login(who)
    return client.get("/console/seals/")


def test_page_says_how_far_the_log_is_sealed_and_shows_a_head_to_keep(client, here):
    add_lines(3, 4)
    sealer.seal(None)

    text = " ".join(page(client, here.auditor).text.split())

    assert "日志封到第" in text and ">2</span> 条" in text
    head = LogBlock.objects.get().head
    groups = " ".join(head[place : place + 4] for place in range(0, 64, 4))
    assert groups in text
    assert chain.published_heads([f"封条 1 {groups}"]) == [(1, head)]


@pytest.mark.parametrize(("minutes", "words"), [(15, "还没有封"), (300, "先不给看、不给导出。请系统管理员")])
def test_page_says_since_when_nothing_is_sealed(client, here, minutes, words):
    add_line(transaction=3, written_at=f"now() - interval '{minutes} minutes'")

    assert words in page(client, here.system).text


def test_page_says_what_to_do_after_a_restore_by_hand(client, here):
    add_lines(3)
    sealer.seal(None)
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_logblock SET to_transaction = 1000000000000")

    assert "yige grant" in page(client, here.system).text


@pytest.mark.parametrize("n", [1, 3])
def test_page_asks_the_same_for_one_day_and_three(client, here, n, django_assert_num_queries):
    add_lines(*range(3, 3 + n))
    sealer.BLOCK_LINES, before = 1, sealer.BLOCK_LINES
    sealer.seal(None)
    sealer.BLOCK_LINES = before
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_logblock SET sealed_at = sealed_at - number * interval '1 day'")
    page(client, here.auditor)

    with django_assert_num_queries(6):
        answer = client.get("/console/seals/")

    assert len(answer.context["heads"]) == n
