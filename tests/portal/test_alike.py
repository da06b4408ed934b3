"""“Somebody reported this already”: near means near, enough to judge and no home; “it is the same” loses nothing."""

import re
from datetime import timedelta

import pytest
import shapely
from django.utils import timezone

from tests import factories
from tests.portal.test_report import photo, said, send
from tests.scenes import scene
from yige.accounts.actors import COMMAND
from yige.cases import photos
from yige.cases.models import Case
from yige.grids.actions import redraw
from yige.lib.photos import clean
from yige.notices.models import Notice
from yige.portal import links

pytestmark = pytest.mark.django_db
WORDS = "路灯不亮三天了，晚上看不见台阶"


@scene
def here():
    factories.category()
    return factories.town()


def before(here, **more):
    values = {"words": WORDS, "place": "白杨小区3号楼东口", "at": timezone.now() - timedelta(hours=3), **more}
    return factories.reported(here, **values)


def a_photo(here):
    draft = photos.start_draft(at=timezone.now())
    return photos.keep_photo(draft, clean(photo().read()), at=timezone.now())


def ask(client, here, **more):
    return send(client, said(grid=str(here.grid.pk), **{"words": WORDS, "place": "白杨小区三号楼", **more}))


def test_card_shows_words_and_photo_says_nothing_was_sent_and_hides_the_home(client, here):
    before(
        here,
        words="三号楼五零一门口路灯不亮三天了，找13800001234",
        place="白杨小区三号楼五零一",
        photos=[a_photo(here)],
    )

    page = ask(client, here).text

    card = page.split('aria-labelledby="alike"')[1].split("</section>")[0]
    assert "还没有送出" in card
    assert "白杨小区三号楼" in card
    assert "三号楼某户门口路灯不亮三天了" in card
    assert [hidden in page for hidden in ("五零一", "13800001234")] == [False, False]
    picture = client.get(re.search(r'src="(/report/alike/[^"]+)"', card)[1])
    assert picture.getvalue().startswith(b"\xff\xd8\xff")


def test_photo_of_a_card_is_closed_when_the_case_is(client, here):
    case = before(here, photos=[a_photo(here)])
    address = re.search(r'src="(/report/alike/[^"]+)"', ask(client, here).text)[1]

    Case.objects.filter(pk=case.pk).update(nature="personal")

    assert client.get(address).status_code == 404
    assert client.get("/report/alike/anything/").status_code == 404


def test_what_nobody_has_looked_at_and_no_category_explains_is_not_shown(client, here):
    unsure = factories.category("other.unsure")
    case = before(here, category=unsure, words=WORDS + "王五的错", photos=[a_photo(here)])

    unseen = ask(client, here).text
    factories.act(
        "accept", case, by=here.desk, at=timezone.now(), category=unsure, urgency="normal", nature="public"
    )
    seen = ask(client, here).text

    assert ["王五的错" in page for page in (unseen, seen)] == [False, True]
    assert ["/report/alike/" in page for page in (unseen, seen)] == [False, True]


def test_near_comes_first_and_another_building_is_not_asked_about(client, here):
    far = before(here, place="白杨小区15号楼")
    near = before(here, words="路灯不亮", place="白杨小区三栋")
    unplaced = before(here, place="")

    page = ask(client, here)

    assert [card.case.pk for card in page.context["alike"]] == [near.pk, unplaced.pk]
    assert f"/ledger/{far.number}/" not in page.text


def test_point_finds_what_fell_into_the_neighbour_grid(client, here):
    for place, west in ((here.grid, 113.280), (here.neighbour_grid, 113.290)):
        outline = shapely.to_wkb(shapely.box(west, 34.80, west + 0.01, 34.81))
        redraw(place, by=COMMAND, at=factories.MONDAY_NOON, shape=outline)
    over_there = before(here, grid=here.neighbour_grid, place="", lon=113.2902, lat=34.805)
    before(here, grid=here.neighbour_grid, place="", lon=113.2992, lat=34.805)

    page = ask(client, here, lon="113.2898", lat="34.805", place="")

    assert [card.case.pk for card in page.context["alike"]] == [over_there.pk]
    assert "离您说的地方约 40 米" in page.text


def test_what_was_put_down_for_the_whole_community_is_near(client, here):
    case = before(here, grid=here.community)

    assert [card.case.pk for card in ask(client, here).context["alike"]] == [case.pk]


def test_it_is_the_same_subscribes_and_adds_words_and_photos(client, here):
    leader = factories.life(here, "handling", case=before(here), at=timezone.now() - timedelta(hours=3))
    form = said(
        grid=str(here.grid.pk),
        words=WORDS + "，老人摔过",
        place="3号楼东口",
        same=str(leader.serial),
        phone="13800000000",
    )

    sent = send(client, {**form, "photos": [photo()]})

    mine = Case.objects.exclude(pk=leader.pk).get()
    assert (mine.state, mine.merged_into_id, mine.photos.count()) == ("merged", leader.pk, 1)
    assert mine.number in sent.text
    assert leader.number in client.get(links.address(mine)).text
    line = leader.entries.get(verb="add")
    assert (line.said["words"], line.by_label) == ("3号楼东口：" + WORDS + "，老人摔过", "另一位反映人")
    assert "老人摔过" not in client.get(links.address(leader)).text
    assert Notice.objects.filter(user_id=here.worker.pk, title__contains="反映人有补充").exists()
    factories.act("progress", leader, by=here.worker, at=timezone.now(), words="新灯今天到")
    assert Notice.objects.filter(subject_id=mine.pk, body__contains="新灯今天到").exists()


def test_receipt_of_what_was_joined_tells_how_the_leading_case_stands(client, here):
    leader = factories.life(here, "handling", case=before(here), at=timezone.now() - timedelta(hours=3))
    ask(client, here, same=str(leader.serial))

    page = client.get(links.address(Case.objects.exclude(pk=leader.pk).get(), "sent")).text

    assert "合在一起办，现在是“处置中”" in page
    assert "会在今天受理" not in page and "不再计时" not in page


def test_worker_reads_the_words_and_opens_the_photo_of_a_merged_report(client, here):
    leader = factories.life(here, "handling", case=before(here), at=timezone.now() - timedelta(hours=3))
    form = said(grid=str(here.grid.pk), words="老人摔过", place="3号楼", same=str(leader.serial))
    send(client, {**form, "photos": [photo()]})
    client.force_login(here.worker)

    page = client.get(f"/console/cases/{leader.number}/").text
    picture = Case.objects.get(merged_into=leader).photos.get()

    assert "老人摔过" in page
    assert f"/console/photos/{picture.pk}/" in page
    assert client.get(f"/console/photos/{picture.pk}/").status_code == 200
    client.force_login(here.neighbour_worker)
    assert client.get(f"/console/photos/{picture.pk}/").status_code == 404


def test_same_sent_twice_is_one(client, here):
    leader = before(here)
    form = said(grid=str(here.grid.pk), words=WORDS, same=str(leader.serial))

    first, second = client.post("/report/", form), client.post("/report/", form)

    assert first["Location"] == second["Location"]
    assert (Case.objects.count(), leader.entries.filter(verb="add").count()) == (2, 1)


@pytest.mark.parametrize("state", ["closed", "personal", "none"])
def test_same_as_what_takes_nothing_in_is_refused_and_nothing_is_sent(client, here, state):
    leader = before(here)
    if state == "closed":
        factories.life(here, "cleared", case=leader, at=leader.reported_at)
    Case.objects.filter(pk=leader.pk).update(**{"nature": "personal"} if state == "personal" else {})
    serial = leader.serial + 7 if state == "none" else leader.serial

    answer = send(client, said(grid=str(here.grid.pk), words=WORDS, same=str(serial)))

    assert answer.status_code == 409
    assert "还没有送出" in answer.text
    assert WORDS in answer.text
    assert Case.objects.count() == 1


def test_desk_that_merges_brings_words_and_photos_along_too(client, here):
    leader = factories.life(here, "handling", case=before(here), at=timezone.now() - timedelta(hours=3))
    words = "路灯灭了，" + "老人摔过，" * 20 + "请快一点"
    other = factories.reported(here, words=words, at=timezone.now(), photos=[a_photo(here)])

    factories.act("merge", other, by=here.desk, at=timezone.now(), into=leader)

    client.force_login(here.worker)
    page = client.get(f"/console/cases/{leader.number}/").text
    assert words in page
    assert f"/console/photos/{other.photos.get().pk}/" in page
    assert Notice.objects.filter(user_id=here.worker.pk, title__contains="又有人反映同一件事").exists()
