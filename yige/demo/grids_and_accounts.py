"""Put the demo's grids, codes, units, accounts and posts into an empty district; what is there already stays."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from shapely import Polygon

from yige.accounts.actors import COMMAND
from yige.accounts.models import Post, Unit, User
from yige.cases import actions as cases
from yige.cases.models import Category
from yige.demo import staff, subdistrict
from yige.duty_list import actions as duties
from yige.duty_list.models import DutyRow
from yige.grids import actions as grids
from yige.grids.models import Grid
from yige.lib.local_time import local_day

BEFORE = timedelta(days=800)  # the ground was there long before the first file, visit and case


def lay(now):
    """Make everything that a case needs, in one transaction."""
    with transaction.atomic():
        cases.install()
        if not Grid.objects.current().filter(code=subdistrict.STREET_CODE).exists():
            lay_grids(now - BEFORE)
        lay_units()
        lay_people(local_day(now - BEFORE))
        name_default_units(now - BEFORE)


def lay_grids(at):
    made = {}
    for row in subdistrict.all_grids():
        made[row.path] = grids.make(
            made.get(row.parent), by=COMMAND, at=at, code=row.code, name=row.name, phone=row.phone,
            household_count=row.households, national_code=row.national_code, shape=Polygon(row.ring).wkb,
        )  # fmt: skip
    for path, place in subdistrict.qr_places():
        grids.issue_qr(made[path], by=COMMAND, at=at, place=place)


def lay_units():
    Unit.objects.bulk_create(
        [
            Unit(slug=row.slug, name=row.name, kind=row.kind, path=row.path, phone=row.phone)
            for row in staff.invented_units()
        ],
        ignore_conflicts=True,
    )


def lay_people(since):
    """All demo accounts share the demo password; without one nobody can log in."""
    known = set(User.objects.values_list("username", flat=True))
    new = [person for person in staff.invented_staff() if person.username not in known]
    password = make_password(settings.YIGE_DEMO_PASSWORD or None)
    units = {unit.slug: unit for unit in Unit.objects.all()}
    users = [User(username=person.username, name=person.name, password=password) for person in new]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(
        Post(user=user, role=person.role, unit=units[person.unit], path=person.path, since=since)
        for user, person in zip(users, new, strict=True)
    )


def name_default_units(now):
    """A category that one office always handles has its row; grid, community and property firm depend on the place."""
    units = {unit.slug: unit for unit in Unit.objects.all()}
    listed = set(DutyRow.objects.values_list("category_id", flat=True))
    for category in Category.objects.leaves():
        unit = units.get(category.unit_hint)
        if unit and category.pk not in listed:
            row = duties.propose(category, by=COMMAND, at=now, lead=unit, basis="街道分工（演示）")
            duties.decide_row(row, by=COMMAND, at=now, agreed=True)
