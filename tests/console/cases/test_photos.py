"""Photos that come with a verb: kept with its words, never required, refused in words."""

import io
import secrets
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import factories
from yige.cases.models import Case


def send(client, user, case, verb, **said):
    client.force_login(user)
    version = Case.objects.get(pk=case.pk).version
    said = {"seen": version, "key": secrets.token_urlsafe(24), **said}
    return client.post(f"/console/cases/{case.number}/{verb}/", said)


def test_a_photo_comes_with_the_words_and_none_is_needed(client, here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = factories.life(here, "handling")
    picture = SimpleUploadedFile("../../灯.jpg", tiny_jpeg(), "text/html")

    response = send(client, here.worker, case, "progress", words="看图", photos=picture)

    assert response.status_code == 302
    photo = case.photos.get()
    assert photo.kind == "evidence"
    assert photo.entry.verb == "progress"
    assert len(list(Path(tmp_path).rglob("*.jpg"))) == 2


def test_a_file_that_is_no_photo_is_said_and_the_good_one_is_kept(client, here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = factories.life(here, "handling")
    files = [SimpleUploadedFile("a.jpg", tiny_jpeg()), SimpleUploadedFile("b.jpg", b"MZ not a photo")]

    response = send(client, here.worker, case, "progress", words="看图", photos=files)

    assert response.status_code == 422
    assert "这个文件不是照片" in response.text
    assert "已收下 1 张" in response.text
    assert "看图</textarea>" in response.text
    assert case.photos.count() == 0


def tiny_jpeg():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b5d73").save(out, "JPEG")
    return out.getvalue()
