"""A stranger's network never stops the site: slow bodies, slow heads and deaf readers cost no thread."""

import json
import socket
import time

import pytest

from config.server.front import QUICK_SECONDS
from tests.server.lines import Served, upload
from tests.server.small_program import BIG

SLOW = 50
OLD_MODE = ("--interface", "wsgi", "--blocking-threads", "1")


@pytest.fixture(scope="module")
def site():
    with Served("tests.server.small_program:application") as served:
        yield served


@pytest.fixture(autouse=True)
def nobody_there(site):
    """Each test begins without the lines of the one before."""
    yield
    for line in site.lines:
        line.close()
    site.lines.clear()


def test_fifty_slow_uploads_leave_the_others_served(site):
    lines = [site.line(upload(1_000_000, b"x" * 1000)) for _ in range(SLOW)]

    answers = [site.ask("/", b"words") for _ in range(20)]

    assert {(status, body) for status, _, body in answers} == {(200, b"POST / 5")}
    assert len(lines) == SLOW


def test_in_the_old_mode_a_few_slow_uploads_stop_everything():
    """The negative control: the same lines before a server that gives each request a thread at its first byte."""
    with Served("tests.server.small_program:bare", *OLD_MODE) as served:
        for _ in range(4):
            served.line(upload(1_000_000, b"x" * 1000))

        with pytest.raises(TimeoutError):
            for _ in range(4):
                served.ask("/", seconds=1)


def test_heads_that_never_end_leave_the_others_served(site):
    for _ in range(300):
        site.line(b"POST /report/ HTTP/1.1\r\nHost: here\r\nX-A")

    assert [site.ask("/")[0] for _ in range(20)] == [200] * 20


def test_deaf_readers_of_big_answers_leave_the_others_served(site):
    for _ in range(6):
        site.line(b"GET /big/ HTTP/1.1\r\nHost: here\r\n\r\n", deaf=True)

    assert [site.ask("/")[0] for _ in range(10)] == [200] * 10
    assert len(site.ask("/big/", seconds=10)[2]) == BIG


def test_a_body_that_comes_slowly_is_whole_when_the_program_gets_it(site):
    line = site.line(upload(3000, b"x" * 1000))
    for _ in range(2):
        line.sendall(b"x" * 1000)

    assert line.recv(4096).endswith(b"POST /report/ 3000")


def test_more_than_threads_at_once_all_get_their_answer(site):
    lines = [site.line(b"GET /slow/ HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n") for _ in range(9)]

    assert [line.recv(4096).endswith(b"GET /slow/ 0") for line in lines] == [True] * 9


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (
            b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n0\r\n\r\n",
            b"411",
        ),
        (upload(200_000_000), b"200"),  # the program says no, without the body
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b""),
    ],
)
def test_strange_bodies_are_answered_at_once(site, said, status):
    line = site.line(said)

    assert line.recv(4096)[9:12] == status


def test_one_address_cannot_have_all_slow_bodies_and_quick_ones_pass(site):
    """At most 100 of one address in each of two processes; the others are told when to come again."""
    heads = [site.line(upload(1000, b"x")) for _ in range(230)]

    assert site.ask("/", b"words")[0] == 200  # of the same address
    time.sleep(QUICK_SECONDS + 0.5)
    for line in heads:
        line.settimeout(0.01)
    refused = [answer for line in heads if (answer := heard(line))]

    assert 30 <= len(refused) <= 130
    assert all(answer.startswith(b"HTTP/1.1 503") and b"retry-after: 30" in answer for answer in refused)
    assert site.ask("/", b"words")[0] == 200


def test_photos_that_take_long_wait_in_a_lane_of_their_own(site):
    """Ten forms whose photos take a second each: who only reads or writes does not wait for them."""
    whole = upload(100_000, b"x" * 100_000, "/photo/")
    lines = [site.line(whole) for _ in range(10)]

    began = time.monotonic()
    answers = [site.ask("/", b"words")[0] for _ in range(20)]

    assert answers == [200] * 20
    assert time.monotonic() - began < 1.5
    lines[0].settimeout(10)
    assert lines[0].recv(4096).endswith(b"POST /photo/ 100000")


def test_without_that_lane_photos_stop_the_others(site):
    """The negative control: as many requests that take as long, in the lane of everybody."""
    for _ in range(30):
        site.line(b"GET /slow/ HTTP/1.1\r\nHost: here\r\n\r\n")

    with pytest.raises(TimeoutError):
        site.ask("/", b"words", seconds=1)


def heard(line):
    try:
        return line.recv(65536)
    except TimeoutError:
        return b""


def test_the_calm_page_is_chinese_speaks_json_and_has_its_own_style(site):
    status, headers, page = refused_body(site)
    told = json.loads(refused_body(site, Accept="application/json")[2])
    care = refused_body(site, Cookie="a=b; yg-care=1")[2].decode()

    assert status == 411
    assert "没有收下" in page.decode()
    assert "sha256-" in headers["content-security-policy"]
    assert told["error"] == "内容没有送对"
    assert "data-yg-care>" in care
    assert "data-yg-care>" not in page.decode()


def refused_body(site, **headers):
    return site.ask("/", iter([b"words"]), **{"Transfer-Encoding": "chunked", **headers})


def test_a_log_that_takes_no_line_stops_nobody():
    """Nothing can be written to a full disk, least of all why."""
    with open("/dev/full", "w") as full, Served("tests.server.small_program:application", log=full) as served:
        failed = [served.ask(path)[0] for path in ("/full/", "/broken/", "/full/", "/broken/")]

        assert failed == [503] * 4
        assert [served.ask("/")[0] for _ in range(5)] == [200] * 5


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux cuts deaf lines")
def test_the_kernel_is_asked_to_cut_deaf_lines():
    from config.server import lines

    with socket.create_server(("127.0.0.1", 0)) as door:
        lines.cut_deaf_lines()
        with socket.create_connection(door.getsockname()):
            heard_line, _ = door.accept()
            with heard_line:
                assert heard_line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000
