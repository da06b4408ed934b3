"""居民议事 for everybody and for who is signed in: no name, no words of a resident, no door; raising and objecting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.policy.deliberation import (
    DECIDED,
    DONE,
    LISTED,
    NOTICE,
    RAISED_WORDS,
    answered,
    noticed,
    raised,
    shown,
)
from tests.portal.residents import resident
from tests.portal.test_pages import weight
from yige.cases import dangers
from yige.cases.models import Case
from yige.deliberation import actions, carrying_out
from yige.deliberation.models import Deliberation, Objection

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(hours=4)
KEY = "k" * 24


@pytest.fixture
def here():
    factories.category()
    town = factories.town()
    town.family = factories.family(town)
    return town


def test_everybody_reads_the_whole_of_it_in_three_taps_and_no_person(client, here):
    row = answered(here, AT - DONE, matter="owners_7")
    open_ = shown(here, AT - DECIDED)
    made = carrying_out.object_to(open_, by=here.desk, at=AT, words="我家二单元五零一会被挡住光线")
    carrying_out.answer_objection(
        made, by=here.community_head, at=AT, gist="有人怕挡光", answer="算过了，不影响。"
    )
    front, figures, every = (client.get(path).text for path in ("/", "/figures/", "/council/"))
    page, other = client.get(f"/council/{row.pk}/"), client.get(f"/council/{open_.pk}/")

    assert (
        'href="/figures/"' in front
        and 'href="/council/"' in figures
        and f'href="/council/{row.pk}/"' in every
    )
    for words in (
        LISTED["words"],
        "一层的业主",
        NOTICE["materials"],
        "参与表决的业主 210 户",
        "请人来设计",
        "单位bureau",
        "电梯装好了，请大家用。",
    ):
        assert words in page.text
    assert "没有约束力" in other.text and "算过了，不影响。" in other.text and "有人怕挡光" in other.text
    for text in (page.text, other.text, every):
        assert RAISED_WORDS not in text and "五零一" not in text and "某community_head" not in text
    assert sum(weight(page.text)) <= 60 * 1024


def test_what_was_not_noticed_is_nobodys_to_read(client, here):
    row = raised(here, AT)
    assert (
        client.get(f"/council/{row.pk}/").status_code
        == client.get(f"/council/{row.pk}/record.pdf").status_code
        == 404
    )
    row = noticed(here, AT)
    assert client.get(f"/council/{row.pk}/record.pdf").content[:5] == b"%PDF-"
    row = actions.drop(row, by=here.community_head, at=AT, why="方案还要改")
    assert "方案还要改" in client.get(f"/council/{row.pk}/").text


def test_a_resident_raises_once_reads_the_reason_and_another_does_not(client, here):
    resident(client)
    sent = [client.post("/my/council/", {"words": "停车怎么管", "key": KEY}) for _ in range(2)]
    row = Deliberation.objects.get()
    actions.decline(row, by=here.community_head, at=timezone.now(), why="已经在办停车的方案")
    page = client.get("/my/council/").text

    assert [answer["Location"] for answer in sent] == ["/my/council/"] * 2
    assert (row.path, row.raised_from, row.raised_by) == (here.community.path, "resident", None)
    assert "停车怎么管" in page and "已经在办停车的方案" in page
    client.cookies.clear()
    assert client.get("/my/council/")["Location"] == "/my/sign-in/"


@pytest.mark.parametrize(("words", "sentence"), [("", "请写一写。"), ("长" * 601, "最多写 600 个字")])
def test_what_is_wrong_is_said_and_kept(client, here, words, sentence):
    resident(client)
    page = client.post("/my/council/", {"words": words})

    assert (page.status_code, sentence in page.text, words in page.text) == (422, True, True)
    assert not Deliberation.objects.exists()


def test_a_fourth_matter_waits_and_nothing_is_lost(client, here):
    resident(client)
    for number in range(3):
        client.post("/my/council/", {"words": f"第{number}件"})
    page = client.post("/my/council/", {"words": "第四件要商量的"})

    assert (page.status_code, "等有了结果再提" in page.text, "第四件要商量的" in page.text) == (
        429,
        True,
        True,
    )


def test_a_resident_objects_while_it_is_shown_and_reads_the_answer(client, here):
    row = shown(here, AT - DECIDED)
    resident(client)
    form = client.get(f"/my/council/{row.pk}/object/")
    sent = client.post(f"/my/council/{row.pk}/object/", {"words": "我不同意装在北面", "key": KEY})
    made = Objection.objects.get()
    before = client.get(f"/council/{row.pk}/").text
    carrying_out.answer_objection(
        made, by=here.community_head, at=timezone.now(), gist="装在哪里", answer="再请人看。"
    )

    assert form.status_code == 200 and sent["Location"] == "/my/council/"
    assert "还有 1 条正在答复" in before and "我不同意装在北面" not in before
    assert "再请人看。" in client.get("/my/council/").text
    Deliberation.objects.update(shown_until=AT)
    late = client.post(f"/my/council/{row.pk}/object/", {"words": "晚了"})
    assert (late.status_code, "公示到" in late.text, "晚了" in late.text) == (409, True, True)
    assert client.get(f"/my/council/{noticed(here, AT).pk}/object/").status_code == 404


@pytest.mark.parametrize("door", ["/my/council/", "/my/council/{shown}/object/"])
def test_danger_in_the_words_is_heard_at_once(client, here, door):
    row = shown(here, AT - DECIDED)
    resident(client)
    answer = client.post(door.format(shown=row.pk), {"words": "楼道里有煤气味，头晕", "key": KEY})

    assert dangers.BY_KIND["gas"].advice in client.get(answer["Location"]).text
    assert Case.objects.get(alarm_at__isnull=False).household == here.family
