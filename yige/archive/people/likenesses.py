"""Files that may be one person: found by what they share, listed for people to decide, never decided here."""

from collections import Counter

from django.db import connection, transaction

from yige.archive.models import Likeness
from yige.archive.person_fields import FIELD_BY_NAME, SEARCHED_FIELDS

# The surest first, as the table of the fields has them backwards.
REASONS = {name: f"{FIELD_BY_NAME[name].label}相同" for name in reversed(SEARCHED_FIELDS)} | {
    "sound": "姓名读音和出生年相同",
    "address": "住在同一处",
}
# fmt: off
# What two files share to be listed, as the columns of the join: (reasons, columns, further condition).
TOLD_APART = "NOT (a.identity_index IS NOT NULL AND b.identity_index IS NOT NULL)"
LIKENESSES = (
    (("identity",),         "a.identity_index = b.identity_index",                              "true"),
    (("phone", "sound"),    "a.phone_index = b.phone_index AND a.sound_index = b.sound_index",  TOLD_APART),
    (("phone", "name"),     "a.phone_index = b.phone_index AND a.name_index = b.name_index",    TOLD_APART),
    (("sound", "address"),  "a.sound_index = b.sound_index",                                    f"{TOLD_APART} AND h.home_id = g.home_id"),
    (("name", "address"),   "a.name_index = b.name_index",                                      f"{TOLD_APART} AND h.home_id = g.home_id"),
    (("name", "sound"),     "a.name_index = b.name_index AND a.sound_index = b.sound_index",
                            f"{TOLD_APART} AND NOT (a.phone_index IS NOT NULL AND b.phone_index IS NOT NULL)"),
)
# fmt: on
PAIRS = """
    SELECT least(a.id, b.id), greatest(a.id, b.id), a.grid_path, b.grid_path
    FROM archive_person a JOIN archive_person b ON {join}
    LEFT JOIN archive_household h ON h.id = a.household_id LEFT JOIN archive_household g ON g.id = b.household_id
    WHERE {which} AND a.removed_at IS NULL AND b.removed_at IS NULL
      AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL AND {more}
    LIMIT {most}
"""
OF_A_RUN = (
    "a.id IN (SELECT person_id FROM archive_rosterrow WHERE run_id = %s AND verdict = 'new') AND a.id <> b.id"
)
MOST_PAIRS = 5_000  # pairs of a kind at a time; more than anybody could look at


def look_for_alike(at) -> Counter:
    """List the pairs that look alike and are not listed yet, in all files; returns how many."""
    return Counter(alike=_list("a.id < b.id", [], at))


def find_alike(run, at) -> int:
    """List what the new people of one run look like."""
    return _list(OF_A_RUN, [run.pk], at)


@transaction.atomic
def _list(which, values, at):
    found = {}
    with connection.cursor() as cursor:
        for reasons, join, more in LIKENESSES:
            cursor.execute(PAIRS.format(join=join, which=which, more=more, most=MOST_PAIRS), values)
            for one, other, *paths in cursor.fetchall():
                pair = found.setdefault((one, other), [common_path(*paths), set()])
                pair[1].update(reasons)
    known = set(Likeness.objects.filter(one__in={one for one, _ in found}).values_list("one", "other"))
    rows = [
        Likeness(one_id=one, other_id=other, grid_path=path, reasons=_ordered(reasons), found_at=at)
        for (one, other), (path, reasons) in found.items()
        if path != "/" and (one, other) not in known
    ]
    Likeness.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _ordered(reasons):
    return [reason for reason in REASONS if reason in reasons]


def common_path(one, other) -> str:
    """Return the place that both paths lie in: who keeps its files may see both; "/" when nobody does."""
    parts = []
    for left, right in zip(one.split("/")[1:-1], other.split("/")[1:-1], strict=False):
        if left != right:
            break
        parts.append(left)
    return f"/{'/'.join(parts)}/" if parts else "/"
