"""An acknowledged report is never lost or doubled, whichever process is killed: kill -9 in loops, over real HTTP."""

import json
import re
import sys
import time
from collections import Counter
from urllib.parse import urlencode

import pytest

from config.launcher.var import var_folder
from tests.crash.installation import PATIENCE, Installation, end
from tests.crash.ledger import Residents

# What every report must have, once each, whatever was killed while it was made.
ONE_OF_EACH = """
    SELECT substring(c.words from '标记\\w+'), c.serial, extract(epoch FROM c.reported_at),
        (SELECT count(*) FROM cases_entry e WHERE e.case_id = c.id AND e.verb = 'report'),
        (SELECT count(*) FROM audit_logentry l WHERE l.subject_id = c.id::text AND l.verb = 'cases.report'),
        (SELECT count(*) FROM cases_reporter r WHERE r.case_id = c.id),
        (SELECT count(*) FROM notices_notice n WHERE n.subject_id = c.id AND n.kind = 'reported')
    FROM cases_case c WHERE c.words LIKE '路灯不亮 标记%'
"""
WHOLE = ["1", "1", "1", "2"]  # one line on the timeline, one in the log, one sealed contact, two heads told


@pytest.fixture
def folder():
    return var_folder() / "crash"


def verify(house, residents):
    """Compare what the clients were told with what the database holds; returns how many answers were lost."""
    rows = house.ask(ONE_OF_EACH)
    kept, marks = {row[0]: row for row in rows}, Counter(row[0] for row in rows)
    acked = {line.mark: line for line in residents.acked}

    assert len(acked) == len(residents.ledger) > 0, "somebody gave up"
    assert set(acked) - set(kept) == set(), "lost"
    assert [mark for mark, times in marks.items() if times > 1] == [], "doubled"
    assert set(kept) - set(acked) == set(), "from nowhere"
    assert [row for row in rows if row[3:] != WHOLE] == [], "torn"
    for mark, line in acked.items():
        assert int(re.search(r"-(\d+)-", line.number)[1]) == int(kept[mark][1]), "the wrong number was told"
    return sum(
        float(kept[mark][2]) < line.tries[-1] - 0.05 for mark, line in acked.items() if len(line.tries) > 1
    )


def verify_log(house):
    """Every line of the log is sealed once, in blocks that stand on each other; returns what was walked over."""
    end(house.sealer)
    walked = json.loads(house.run("tests.crash.ground", "verify"))

    assert walked["found"] == {}, walked
    assert walked["open"] == 0 and walked["blocks"] > 2, walked
    return walked


def loop(house, web, database):
    """Kill in turns until each was killed so often."""
    while house.kills["web"] < web or house.kills["database"] < database:
        if house.kills["web"] < web:
            house.kill_a_web_worker()
        if house.kills["database"] * web < house.kills["web"] * database or house.kills["web"] >= web:
            house.kill_the_database()
    house.wait_for_web()


def test_nothing_acknowledged_is_lost_or_doubled_by_a_few_kills(folder):
    with Installation(folder) as house:
        with Residents(house.url, house.town["code"], count=4) as residents:
            house.kill_the_sealer()
            loop(house, web=5, database=2)
            house.kill_the_sealer()

        verify(house, residents)
        verify_log(house)


@pytest.mark.slow
def test_who_used_up_the_tries_has_none_after_a_crash_of_the_database(folder):
    with Installation(folder) as house:
        resident = Residents(house.url, house.town["code"])
        before = [ask_code(resident) for _ in range(4)]
        time.sleep(1)  # what was counted in the last half second may be lost
        house.kill_the_database()
        house.wait_for_web()

        assert before == [302, 302, 302, 429]
        assert ask_code(resident) == 429


def ask_code(resident):
    """Ask for a code to sign in for one number; return the status."""
    _, page, cookies = resident.ask("GET", "/my/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = urlencode({"csrfmiddlewaretoken": token, "phone": "19900009999"})
    return resident.ask("POST", "/my/sign-in/", form, cookies)[0]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled_by_hundreds_of_kills(folder, capsys):
    with Installation(folder) as house:
        with Residents(house.url, house.town["code"]) as residents:
            loop(house, web=120, database=32)

        lost_answers = verify(house, residents)

    with capsys.disabled():
        told = (
            f"kills {house.kills}, reports {len(residents.acked)}, answers lost after commit {lost_answers}"
        )
        sys.stdout.write(f"\n{told}\n")
    assert lost_answers >= 3, "no kill came between commit and answer: this proves nothing, let it run longer"


@pytest.mark.slow
def test_a_sealer_killed_again_and_again_seals_every_line_once(folder, capsys):
    with Installation(folder) as house:
        with Residents(house.url, house.town["code"], count=4) as residents:
            for number in range(60):
                house.kill_the_sealer()
                if number % 20 == 19:
                    house.kill_the_database()
            house.wait_for_web()

        verify(house, residents)
        walked = verify_log(house)

    with capsys.disabled():
        sys.stdout.write(f"\nkills {house.kills}, {walked}\n")


@pytest.mark.slow
def test_without_a_key_the_same_kills_double(folder):
    """The negative control: a client that tries again under a new key."""
    with Installation(folder) as house:
        with Residents(house.url, house.town["code"], fresh_keys=True) as residents:
            until = time.monotonic() + 240
            while time.monotonic() < until and not doubled(house):
                house.kill_a_web_worker()
                house.kill_the_database()
            house.wait_for_web()

        assert doubled(house)
        assert residents.acked


def doubled(house):
    marks = Counter(row[0] for row in house.ask(ONE_OF_EACH))
    return [mark for mark, times in marks.items() if times > 1]


@pytest.mark.slow
def test_acknowledging_before_the_commit_loses_reports(folder):
    """The negative control: a server that says “received” first and stores it afterwards."""
    with Installation(folder, application="tests.crash.hasty:application") as house:
        with Residents(house.url, house.town["code"]) as residents:
            for _ in range(25):
                house.kill_a_web_worker()
            house.wait_for_web()
        time.sleep(2)
        kept = {row[0] for row in house.ask(ONE_OF_EACH)}

        assert {line.mark for line in residents.acked} - kept


@pytest.mark.slow
def test_killed_background_worker_sends_everything_in_the_end(folder):
    with Installation(folder) as house:
        house.run("tests.crash.ground", "notices", "600")
        house.start_worker()
        for _ in range(20):
            house.kill_the_worker()
        until = time.monotonic() + PATIENCE * 2
        while time.monotonic() < until and waiting(house):
            time.sleep(1)

        told = house.ask("SELECT id, delivery, wire FROM notices_notice WHERE audience = 'reporter'")
        written = {path.stem for path in (folder / "outbox").glob("*.txt")}
        assert Counter(row[1] for row in told) == {"sent": 600}
        assert {row[0] for row in told} == written


def waiting(house):
    return house.ask("SELECT id FROM notices_notice WHERE delivery = 'waiting' LIMIT 1")
