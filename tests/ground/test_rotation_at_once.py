"""Changing the keys while others read, write and search: no error, no search that misses, nothing left behind."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import pytest
from django.db import connections, transaction

from config import rotation
from tests import factories
from tests.factories import LONG_AGO_NOON, MONDAY_NOON
from tests.ground.sealed import BOTH, NEW, OLD, fill, numbers
from yige.accounts.actors import COMMAND
from yige.archive.models import Person
from yige.archive.people import access, sealing
from yige.archive.people import actions as archive
from yige.cases import reporters
from yige.cases.models import Reporter
from yige.lib import crypto

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def old_keys():
    before = crypto._ring
    crypto.use(OLD)
    yield
    crypto.use(before)


def together(*acts):
    """Run these functions on connections of their own until all are done; return what each gave."""

    def run(act):
        try:
            return act()
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(60) for future in [pool.submit(run, act) for act in acts]]


def rounds(done, least=40):
    """Count up until the rotation is over and everybody had a turn, and once more after it."""
    for number in count():
        last = done.is_set() and number >= least
        yield number
        if last:
            return


class Town:
    """Forty people under the old keys; one process rotates while others write, read and search."""

    def __init__(self):
        self.here = factories.town()
        self.household = fill(self.here, many=40)
        self.added, self.wrong, self.done = [], [], threading.Event()
        crypto.use(BOTH)

    def rotate(self):
        try:
            rotation.rotate(
                batch=3, show=lambda done, total: time.sleep(0.02)
            )  # so that the others get their turn
        finally:
            self.done.set()

    def write(self):
        """Add people and change the numbers of some, by the verbs."""
        people = list(Person.objects.order_by("pk")[:5])
        for number in rounds(self.done):
            phone = f"188{number:08}"
            made = archive.add_person(self.household, by=COMMAND, at=MONDAY_NOON, name="赵新", phone=phone)
            changed = people[number % 5]
            archive.describe_person(changed, by=COMMAND, at=MONDAY_NOON, emergency=f"儿子 {number}")
            self.added.append((made.pk, phone))

    def search(self, find):
        """Look for everybody by the number, again and again; return how many searches missed."""
        missed, moment = 0, LONG_AGO_NOON
        for number in rounds(self.done):
            phone = numbers(1, 40)[number % 40]
            moment += timedelta(hours=1)  # nobody searches so often that the limit speaks
            missed += len(find(phone, by=self.here.worker, at=moment)) != 1
        return missed

    def read(self):
        """Open everything that is sealed; whatever does not open raises."""
        opened = 0
        for _ in rounds(self.done, least=1):
            for person in Person.objects.all():
                opened += bool(sealing.open_value(person, "name"))
            reporters.open_contact(Reporter.objects.get())
        return opened


def test_rotation_under_reads_writes_and_searches_loses_nothing():
    town = Town()

    _, _, missed, other, opened = together(
        town.rotate,
        town.write,
        lambda: town.search(access.find_by_phone),
        lambda: town.search(access.find_by_phone),
        town.read,
    )

    assert (missed, other) == (0, 0)
    assert opened >= 40
    assert len(town.added) >= 1
    rotation.rotate()  # what the writer wrote in the meantime is under the new keys already
    crypto.use(NEW)
    assert {key for _, key in rotation.remaining()} == {"aes256gcm:k2", "i2"}
    for pk, phone in town.added:
        assert [row.pk for row in Person.objects.filter(phone_index__in=sealing.indexes("phone", phone))] == [
            pk
        ]
    for phone in numbers(1, 40):
        assert Person.objects.filter(phone_index__in=sealing.indexes("phone", phone)).count() == 1
    assert all(sealing.open_value(person, "name") for person in Person.objects.all())


def test_search_by_the_current_key_alone_would_miss():
    """The negative control of the test above: what it counts can go wrong."""
    town = Town()

    def by_current_key(phone, *, by, at):
        rows = Person.objects.visible_to(by, at).current()
        return list(rows.filter(phone_index=sealing.index("phone", phone)))

    town.done.set()

    assert town.search(by_current_key) == 41


def test_row_that_somebody_holds_is_done_when_it_is_free():
    here = factories.town()
    fill(here, many=3)
    crypto.use(BOTH)
    held, free = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(Person.objects.order_by("pk").select_for_update())
            held.set()
            free.wait(30)

    def rotate():
        held.wait(30)
        return rotation.rotate(pause=lambda seconds: free.set())

    _, done = together(hold, rotate)

    assert done == 7
    assert rotation.remaining()["archive_person.name_sealed", "aes256gcm:k1"] == 0
