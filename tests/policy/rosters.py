"""A roster that was checked, two files that look alike, and a merge that waits, for the routes that settle them."""

from datetime import timedelta

from tests.archive.rosters.roster_files import FAMILY, FIELDS, workbook
from tests.factories import household, person
from yige.archive.models import Likeness
from yige.archive.people import likenesses, merging
from yige.archive.rosters import actions, job

# Routes that write a line in the log for each of the two files they show, and nothing else.
WRITE_A_LINE = ("console/alike/<uuid:likeness>/", "console/merges/<uuid:merge>/")
OWN = {
    "console/rosters/<uuid:run>/<slug:verb>/": {"slug:verb": "confirm"},
    "console/merges/<uuid:merge>/<slug:verb>/": {"slug:verb": "grant"},
}
NO_PAGE = (
    "roster_template_xlsx", "roster_template_csv", "roster_columns", "roster_left_out", "roster_act", "alike_dismiss",
    "alike_ask", "merge_decide",
)  # fmt: skip
PAGES = ("rosters", "roster_new", "roster", "alike", "alike_pair", "merges", "merge_pair")


def values(here, at):
    """Return the variable parts of the routes of rosters, by their names."""
    at += timedelta(minutes=1)
    run = sent(here, at)
    actions.map_columns(run, by=here.registrar, at=at, fields=FIELDS)
    job.work(run.pk, at)
    people = [
        person(here, household(here, room=f"80{n}"), "钱示例", birth_year=1950, phone="") for n in range(1, 5)
    ]
    merge = merging.ask_merge(people[2], by=here.registrar, at=at, gone=people[3], take=["sex"])
    likenesses.look_for_alike(at)
    likeness = Likeness.objects.get(one__in=people[:2], other__in=people[:2])  # no merge waits for these two
    return {"uuid:run": run.pk, "uuid:likeness": likeness.pk, "uuid:merge": merge.pk}


def sent(here, at):
    return actions.send_roster(
        here.grid, by=here.registrar, at=at, source="社区台账", file_name="名册.xlsx", blob=workbook(FAMILY)
    )


def parts(found):
    """Return what each of these pages needs in its address, by its name."""
    return {
        "roster": {"run": found["uuid:run"]},
        "alike_pair": {"likeness": found["uuid:likeness"]},
        "merge_pair": {"merge": found["uuid:merge"]},
    }
