import gzip

import pytest

pytestmark = pytest.mark.django_db


def test_pages_of_residents_travel_compressed(client):
    plain = client.get("/about/")
    light = client.get("/about/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert light.headers["Content-Encoding"] == "gzip"
    assert "平台上报" in gzip.decompress(light.content).decode()
    assert len(light.content) < len(plain.content) / 2


def test_pages_of_the_office_are_left_alone(client):
    assert "Content-Encoding" not in client.get("/console/", headers={"Accept-Encoding": "gzip"}).headers
