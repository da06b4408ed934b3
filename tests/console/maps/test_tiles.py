"""Tiles through our own server: only with a key, only what is a tile, once, never hanging, and the key stays here."""

import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from yige.console.maps.rows import tiles

KEY = "0123456789abcdef0123456789abcdef"
PNG, JPEG = b"\x89PNG\r\n\x1a\n" + b"p" * 40, b"\xff\xd8\xff" + b"j" * 40
TILE = "/console/tiles/vec/12/3336/1626.png"


class Upstream(BaseHTTPRequestHandler):
    """The other side: says what `told` says and remembers what it was asked."""

    told = (200, PNG, {})
    asked = []
    slow = 0.0

    def do_GET(self):
        Upstream.asked.append(self.path)
        status, body, headers = Upstream.told
        self.send_response(status)
        for name, said in headers.items():
            self.send_header(name, said)
        self.end_headers()
        for start in range(0, len(body), 65536):
            time.sleep(Upstream.slow)
            self.wfile.write(body[start : start + 65536])

    def log_message(self, *words):
        pass


@pytest.fixture
def upstream(settings, tmp_path):
    settings.YIGE_TIANDITU_KEY, settings.VAR = KEY, tmp_path
    Upstream.told, Upstream.asked, Upstream.slow = (200, PNG, {}), [], 0.0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.YIGE_TIANDITU_HOSTS = (f"http://127.0.0.1:{server.server_port}",)
    yield Upstream
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(client, here):
    client.force_login(here.desk)
    return client


def kept(folder):
    return sorted(
        str(path.relative_to(folder / "tiles")) for path in (folder / "tiles").rglob("*") if path.is_file()
    )


def test_without_a_key_there_is_nothing_and_nobody_is_asked(desk, upstream, settings):
    settings.YIGE_TIANDITU_KEY = ""

    assert desk.get(TILE).status_code == 404
    assert "天地图" not in desk.get("/console/people-map/").text
    assert upstream.asked == []


def test_tile_is_fetched_once_and_kept(desk, upstream, tmp_path):
    first, again = desk.get(TILE), desk.get(TILE)

    assert first.content == again.content == PNG
    assert first.headers["Content-Type"] == "image/png"
    assert first.headers["Cache-Control"] == "private, max-age=86400"
    assert kept(tmp_path) == ["vec/12/3336/1626"]
    [asked] = upstream.asked
    assert asked == (
        "/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=w"
        f"&FORMAT=tiles&TILEMATRIX=12&TILEROW=1626&TILECOL=3336&tk={KEY}"
    )


def test_the_kind_is_told_by_the_bytes_not_by_the_other_side(desk, upstream):
    upstream.told = (200, JPEG, {"Content-Type": "text/html"})

    assert desk.get("/console/tiles/img/1/1/0.png").headers["Content-Type"] == "image/jpeg"


def test_the_key_never_reaches_the_browser(desk, upstream):
    said = [desk.get("/console/people-map/"), desk.get(TILE)]

    assert "天地图" in said[0].text and 'data-yg-tiles="/console/tiles/"' in said[0].text
    for response in said:
        assert KEY.encode() not in response.content
        assert KEY not in str(response.headers)


@pytest.mark.parametrize(
    "told",
    [
        (302, b"", {"Location": "http://127.0.0.1:9/x.png"}),
        (403, PNG, {}),
        (500, b"", {}),
        (200, b"<html>quota</html>", {"Content-Type": "image/png"}),
        (200, b"", {}),
        (200, PNG + b"p" * tiles.MOST_BYTES, {}),
    ],
)
def test_what_is_no_tile_is_not_passed_on_nor_asked_again_at_once(desk, upstream, tmp_path, told):
    upstream.told = told
    first, again = desk.get(TILE), desk.get("/console/tiles/vec/12/3337/1626.png")
    upstream.told = (200, PNG, {})
    os.utime(tmp_path / "tiles" / "silent", (0, time.time() - tiles.SILENT_SECONDS - 1))

    assert (first.status_code, again.status_code, len(upstream.asked)) == (404, 404, 1)
    assert desk.get(TILE).content == PNG


def test_a_tile_that_is_not_there_is_remembered_for_a_while(desk, upstream, tmp_path):
    upstream.told = (404, b"", {})
    statuses = [desk.get(TILE).status_code for _ in range(2)]
    os.utime(tmp_path / "tiles/vec/12/3336/1626", (0, time.time() - tiles.MISSING_SECONDS - 1))
    upstream.told = (200, PNG, {})

    assert (statuses, len(upstream.asked)) == ([404, 404], 1)
    assert desk.get(TILE).content == PNG


def test_the_other_side_cannot_make_us_wait(desk, upstream, monkeypatch):
    monkeypatch.setattr(tiles, "SECONDS", 0.2)
    upstream.told, upstream.slow = (200, PNG + b"p" * 300_000, {}), 0.15

    assert desk.get(TILE).status_code == 404
    assert desk.get(TILE).status_code == 404
    assert len(upstream.asked) == 1


def test_nobody_at_the_other_side_is_a_tile_that_is_not_there(desk, upstream, settings):
    settings.YIGE_TIANDITU_HOSTS = ("http://127.0.0.1:9",)

    assert desk.get(TILE).status_code == 404


def test_an_old_tile_is_fetched_anew(desk, upstream, tmp_path):
    desk.get(TILE)
    os.utime(tmp_path / "tiles/vec/12/3336/1626", (0, time.time() - tiles.KEPT_SECONDS - 1))
    desk.get(TILE)

    assert len(upstream.asked) == 2


def test_the_folder_never_grows_beyond_its_limit(upstream, monkeypatch, tmp_path):
    monkeypatch.setattr(tiles, "LIMIT", 10 * len(PNG))
    for x in range(20):
        tiles.store(tmp_path / "tiles/vec/9" / str(x) / "1", PNG)
        os.utime(tmp_path / "tiles/vec/9" / str(x) / "1", (0, time.time() - 1000 + x))
    tiles.sweep()

    assert kept(tmp_path) == sorted(f"vec/9/{x}/1" for x in range(12, 20))


@pytest.mark.parametrize(
    "path",
    ["ter/12/3336/1626", "vec/0/0/0", "vec/19/1/1", "vec/2/4/0", "vec/2/0/4", "vec/1/-1/0", "vec/1/a/0", "vec/1/1/0/..", f"vec/{10**40}/1/1"],
)  # fmt: skip
def test_what_is_no_address_of_a_tile_is_not_asked_for(desk, upstream, path):
    assert desk.get(f"/console/tiles/{path}.png").status_code == 404
    assert upstream.asked == []


@pytest.mark.parametrize(("who", "status"), [("idle", 403), ("", 302)])
def test_tiles_are_for_staff(client, here, upstream, who, status):
    if who:
        client.force_login(getattr(here, who))

    assert client.get(TILE).status_code == status
    assert upstream.asked == []


def test_real_hosts_are_a_closed_list_over_tls(settings):
    assert list(settings.YIGE_TIANDITU_HOSTS) == [f"https://t{n}.tianditu.gov.cn" for n in range(8)]
