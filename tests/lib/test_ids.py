import threading
import time

from yige.lib import ids


def test_new_id_is_uuid7_of_now():
    before = time.time_ns() // 1_000_000

    made = ids.new_id()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_new_id_grows_within_a_millisecond():
    made = [ids.new_id() for _ in range(20_000)]

    assert made == sorted(set(made))


def test_new_id_grows_when_the_clock_steps_back(monkeypatch):
    first = ids.new_id()
    now = time.time_ns()
    monkeypatch.setattr(ids.time, "time_ns", lambda: now - 3_600_000_000_000)

    assert ids.new_id() > first


def test_new_id_is_unique_across_threads():
    made = []
    threads = [
        threading.Thread(target=lambda: made.extend(ids.new_id() for _ in range(2_000))) for _ in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 16_000
