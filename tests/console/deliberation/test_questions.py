"""The questions that were answered at once: written by the form, listed for the own area alone, read by who asked."""

from tests import factories
from tests.portal.residents import resident


def test_a_question_is_answered_by_the_page_and_who_asked_reads_it_on_the_own_pages(client, here):
    factories.family(here)
    client.force_login(here.community_head)
    typed = {
        "raised_from": "secretary",
        "area": here.community.pk,
        "words": "灯什么时候修",
        "phone": "19900000001",
    }
    typed |= {"taken_as": "answer", "answer": "下周二修"}
    wrong = client.post("/console/deliberations/new/", typed | {"answer": ""})
    sent = client.post("/console/deliberations/new/", typed)
    listed = client.get("/console/deliberations/questions/").text
    client.force_login(here.neighbour_head)
    beside = client.get("/console/deliberations/questions/").text
    client.logout()
    mine = resident(client).get("/my/council/").text

    assert (wrong.status_code, "请写怎么答复的" in wrong.text, "灯什么时候修" in wrong.text) == (
        422,
        True,
        True,
    )
    assert sent["Location"] == "/console/deliberations/questions/"
    assert "下周二修" in listed and "下周二修" not in beside
    assert "灯什么时候修" in mine and "下周二修" in mine and "书记有约" in mine
