"""Two keepers agree to one list at once, and one list is fetched twice at once: exactly one wins."""

import pytest

from tests.factories import MONDAY_NOON, family, staff
from tests.races.conftest import ACTORS, all_at_once, fresh, tally
from yige.accounts.models import Bucket
from yige.archive.models import Export
from yige.archive.rights import exports
from yige.audit.models import LogEntry

AT = MONDAY_NOON
pytestmark = pytest.mark.django_db(transaction=True)


def asked(here):
    return exports.ask(here.grid, by=here.grid_head, at=AT, purpose="notice", words="停水", columns=["door"])


def test_one_of_many_keepers_decides(here):
    family(here)
    keepers = [here.registrar, here.second_registrar]
    keepers += [staff(f"keeper{n}", "registrar", "/zz/", here.street_unit) for n in range(ACTORS - 2)]
    for _ in range(20):
        export = asked(here)
        results = all_at_once(
            [
                lambda export=export, by=by, granted=granted: exports.decide(
                    export, by=fresh(by), at=AT, granted=granted, answer="看过"
                )
                for by, granted in zip(keepers, [True, False] * (ACTORS // 2), strict=True)
            ]
        )

        assert tally(results) == {"won": 1, 409: ACTORS - 1}
        winner = next(result for result in results if isinstance(result, Export))
        kept = Export.objects.get(pk=export.pk)
        assert (kept.decided_by_id, kept.granted) == (winner.decided_by_id, winner.granted)


def test_one_of_many_downloads_gets_the_file(here):
    family(here)
    for round_ in range(1, 21):
        Bucket.objects.all().delete()
        export = exports.decide(asked(here), by=here.registrar, at=AT, granted=True)
        results = all_at_once(
            [lambda export=export: exports.fetch(export, by=fresh(here.grid_head), at=AT)] * ACTORS
        )

        assert tally(results) == {"won": 1, 409: ACTORS - 1}
        assert LogEntry.objects.filter(verb="archive.export_person").count() == 2 * round_
