"""The page on which a unit asks to leave a closing out: reached from the rows of a figure, for the unit and its heads."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.factories import life
from tests.scenes import scene
from yige.cases.models import Exclusion, Photo
from yige.cases.retention import drop_drafts
from yige.cases.timelines import photo_for

SAID = {"reason": "force", "words": "全城停电，当天谁都修不了", "document": "停电通知"}


@scene
def closing(here):
    case = life(here, "closed", at=timezone.now() - timedelta(hours=6))
    return case.closings.get()


def address(closing):
    return f"/console/assessment/exclusions/ask/{closing.pk}/"


def test_the_row_of_a_figure_leads_to_the_form_and_the_form_to_the_list(client, here, closing):
    client.force_login(here.grid_head)
    rows = client.get("/console/assessment/team/kept/").text
    page = client.get(address(closing))
    sent = client.post(address(closing), SAID)

    assert f'href="{address(closing)}"' in rows
    assert (page.status_code, closing.case.number in page.text) == (200, True)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/console/assessment/exclusions/")
    assert Exclusion.objects.get().words == SAID["words"]


@pytest.mark.parametrize("name", ["desk", "street_head", "neighbour_head", "department", "other_desk"])
def test_who_may_not_ask_finds_no_page_and_no_link(client, here, closing, name):
    client.force_login(getattr(here, name))

    assert client.get(address(closing)).status_code == 404
    assert client.post(address(closing), SAID).status_code == 404
    rows = client.get("/console/assessment/team/kept/")
    assert rows.status_code == 404 or address(closing) not in rows.text


@pytest.mark.parametrize(
    ("wrong", "sentence"), [({"words": ""}, "请"), ({"reason": "busy"}, "请"), ({"words": "长" * 501}, "500")]
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(client, here, closing, wrong, sentence):
    client.force_login(here.grid_head)
    page = client.post(address(closing), SAID | wrong)
    field = next(iter(wrong))

    assert (page.status_code, Exclusion.objects.count()) == (422, 0)
    assert sentence in "".join(page.context["form"].errors[field])
    assert SAID["document"] in page.text


def test_asked_already_says_so_instead_of_a_form_and_a_late_press_keeps_the_words(client, here, closing):
    client.force_login(here.grid_head)
    client.post(address(closing), SAID)
    page = client.get(address(closing))
    late = client.post(address(closing), SAID | {"words": "再申请一次"})

    assert ("正等街道来定" in page.text, '<form method="post"' in page.text.partition("<main")[2]) == (
        True,
        False,
    )
    assert (late.status_code, "再申请一次" in late.text, Exclusion.objects.count()) == (409, True, 1)


def test_a_second_press_of_the_same_form_asks_once(client, here, closing):
    client.force_login(here.grid_head)
    key = client.get(address(closing)).context["form"]["key"].value()
    answers = [client.post(address(closing), SAID | {"key": key}).status_code for _ in range(2)]

    assert (answers, Exclusion.objects.count()) == ([302, 302], 1)


@pytest.fixture
def photo(client, here, closing, settings, tmp_path):
    """The photo of an asking, sent with where it was taken."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(here.grid_head)
    sent = client.post(address(closing), SAID | {"photos": SimpleUploadedFile("停电.jpg", taken_somewhere())})

    assert sent.status_code == 302
    return Exclusion.objects.get().photos.get()


def taken_somewhere():
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "青石街道 3 号楼"
    Image.new("RGB", (40, 30), "#0b5d73").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_of_an_asking_is_read_by_who_reads_the_asking(client, here, photo):
    seen = {}
    for name in ("grid_head", "desk", "street_head", "neighbour_head", "department", "other_desk"):
        client.force_login(getattr(here, name))
        seen[name] = {opened(client, f"/console/photos/{photo.pk}/{size}")[0] for size in ("", "small/")}
    client.force_login(here.desk)

    assert seen == {name: {200} for name in ("grid_head", "desk", "street_head")} | {
        name: {404} for name in ("neighbour_head", "department", "other_desk")
    }
    assert f"/console/photos/{photo.pk}/small/" in client.get("/console/assessment/exclusions/").text
    _, picture = opened(client, f"/console/photos/{photo.pk}/")
    assert not Image.open(io.BytesIO(picture)).getexif()


def opened(client, door):
    """Return the status of a photo's address and its bytes, read to the end."""
    answer = client.get(door)
    return answer.status_code, b"".join(answer) if answer.streaming else b""


def test_a_photo_of_an_asking_is_none_of_the_case_and_goes_with_it(client, here, closing, photo):
    client.force_login(here.worker)

    assert (photo.case, photo.draft, photo_for(closing.case, photo.pk)) == (None, None, None)
    assert str(photo.pk) not in client.get(f"/console/cases/{closing.case.number}/").text
    assert client.get(f"/console/photos/{photo.pk}/").status_code == 404
    drop_drafts(timezone.now() + timedelta(days=2))
    assert Photo.objects.filter(pk=photo.pk).exists()
    closing.exclusions.all().delete()
    assert not Photo.objects.filter(pk=photo.pk).exists()


def test_what_is_no_photo_is_said_beside_it_and_a_good_one_is_kept_for_the_next_try(
    client, here, closing, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(here.grid_head)
    files = [
        SimpleUploadedFile("a.jpg", taken_somewhere()),
        SimpleUploadedFile("b.jpg", b"MZ"),
    ]
    key = client.get(address(closing)).context["form"]["key"].value()
    page = client.post(address(closing), SAID | {"key": key, "photos": files})
    kept = [each.digest for each in page.context["gathered"]]
    again = client.post(address(closing), SAID | {"key": key, "kept": kept})

    assert (page.status_code, "这个文件不是照片" in page.text, "已收下 1 张" in page.text) == (
        422,
        True,
        True,
    )
    assert (again.status_code, Exclusion.objects.get().photos.count()) == (302, 1)
