"""One row of everything that an address can name, so that every route can be opened."""

import re
from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from tests.factories import LAMP, act, category, life, reported
from tests.policy import (
    bulletins,
    deliberation,
    duty_roster,
    files,
    grounds,
    month_sheets,
    organisations,
    residents,
    rosters,
    sheets,
    topics,
    visits,
    volunteer_calls,
    whistles,
)
from yige.cases import actions, photos
from yige.cases.models import PlatformComplaint
from yige.cases.models.sides import Card
from yige.duty_list import actions as duties
from yige.grids.actions import issue_qr
from yige.lib.photos import clean
from yige.notices.models import Notice
from yige.portal import links

# Persons of tests/factories.py by what their posts have in common, written by hand.
PEOPLE = {
    "heads": "street_head desk community_head grid_head neighbour_head other_desk",
    "takers": "street_head desk community_head grid_head worker micro member intake "
    "neighbour_head neighbour_worker other_desk",
    "readers": "street_head desk community_head grid_head worker",
}
PEOPLE["workers"] = PEOPLE["takers"] + " department seat"
PEOPLE["keepers"] = "registrar second_registrar other_registrar"
PEOPLE["staff"] = (
    PEOPLE["workers"] + " choir auditor security system registrar second_registrar other_registrar"
)
PEOPLE |= files.PEOPLE | visits.PEOPLE | duty_roster.PEOPLE | sheets.PEOPLE | volunteer_calls.PEOPLE
PEOPLE["signed-in"] = PEOPLE["staff"] + " former idle"


def named(words):
    """Return the persons that a cell of the policy names."""
    return {person for word in words.split() for person in PEOPLE.get(word, word).split()}


def make(here):
    """Make one of everything; returns the values of the variable parts of an address, by route."""
    at = timezone.now() - timedelta(hours=5)
    case = life(here, until="handling", at=at, contact={"phone": "19900000023"})
    card = Card.objects.create(
        case=case, unit=here.team_unit, at=at, mark="day1", colour="yellow", reason="超时"
    )
    photo = picture(case, here, at)
    taken_in = reported(here, by=here.intake, at=at, channel="hotline")
    closed = life(here, until="closed", at=at, contact={"phone": "19900000024"})
    view = actions.save_view(here.desk, by=here.desk, at=at, name="我的", query="state=accepted")
    complaint = actions.complain("/", by=here.system, at=at, words="字太小")
    code = issue_qr(here.grid, by=here.system, at=at, place="北门")
    notice = Notice.objects.inbox(here.desk).first()
    values = Values(here, case, card, photo, taken_in, closed, view, complaint, code, notice)
    values.own |= grounds.own(here, at) | visits.own(here, at)
    values.own |= residents.own(here, at)
    values.own |= whistles.own(here, at)
    values.own |= duty_roster.own(here, at)
    values.own |= duty(here, at)
    values.own |= sheets.own(here, at)
    values.own |= bulletins.own(here, at)
    values.own |= topics.own(here, at)
    values.own |= volunteer_calls.own(here, at)
    values.own |= organisations.own(here, at)
    values.own |= deliberation.own(here, at)
    values.own |= month_sheets.own(here, at, closed.closings.get())
    return values


def duty(here, at):
    """Propose a row of the duty list."""
    row = duties.propose(category(), by=here.desk, at=at, lead=here.bureau_unit, basis="街道会定")
    kinds = ("", "decide/", "end/")
    return {f"console/duties/<uuid:pk>/{kind}": {"uuid:pk": row.pk} for kind in kinds}


def picture(case, here, at):
    blob = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(blob, "JPEG")
    row = photos.keep_photo(photos.start_draft(at=at), clean(blob.getvalue()), at=at)
    act("progress", case, by=here.worker, at=at + timedelta(hours=1), words="看这里", photos=[row])
    return row


GROUP = {"slug:grouping": "category", "str:key": LAMP}


class Values:
    """The variable parts of every route."""

    def __init__(self, here, case, card, photo, taken_in, closed, view, complaint, code, notice):
        self.common = {
            "case:serial": case.number,
            "int:serial": case.serial,
            "str:secret": links.secret(case),
            "slug:verb": "progress",
            "gridcode:code": here.grid.code,
            "str:token": code.token,
            "str:digest": "0" * 64,
            "uuid:key": view.pk,
            "day:day": "2026-10-01",
            "str:name": "cut_off_hour",
            "int:pk": "1",
            "slug:slug": here.team_unit.slug,
        }
        self.own = ASSESSED | {
            "console/cases/views/<uuid:pk>/remove/": {"uuid:pk": view.pk},
            "console/photos/<uuid:pk>/": {"uuid:pk": photo.pk},
            "console/photos/<uuid:pk>/small/": {"uuid:pk": photo.pk},
            "console/cases/<case:serial>/cards/<uuid:pk>/appeal/": {"uuid:pk": card.pk},
            "console/cases/<case:serial>/cards/<uuid:pk>/answer/": {"uuid:pk": card.pk},
            "console/intake/<case:serial>/receipt/": {"case:serial": taken_in.number},
            "console/follow-ups/<case:serial>/": {"case:serial": closed.number},
            "console/follow-ups/<case:serial>/phone/": {"case:serial": closed.number},
            "console/inbox/<uuid:pk>/": {"uuid:pk": notice.pk},
            "console/users/<uuid:pk>/": {"uuid:pk": here.worker.pk},
            "console/users/<uuid:pk>/<slug:verb>/": {"uuid:pk": here.worker.pk, "slug:verb": "end"},
            "console/posts/<uuid:pk>/end/": {"uuid:pk": here.worker.posts.get().pk},
            "console/offices/<slug:slug>/<slug:verb>/": {"slug:verb": "close"},
            "console/grids/<gridcode:code>/<slug:verb>/": {"slug:verb": "retire"},
            "console/acceptance/<uuid:pk>/": {"uuid:pk": here.worker.pk},
            "console/people-map/layers/<slug:name>.json": {"slug:name": "areas"},
            "console/tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.png": TILE,
            "console/codes/<uuid:pk>/<slug:verb>/": {"uuid:pk": code.pk, "slug:verb": "retire"},
            "console/categories/<uuid:pk>/": {"uuid:pk": case.category.pk},
            "console/categories/<uuid:pk>/switch/": {"uuid:pk": case.category.pk},
            "console/complaints/<uuid:pk>/answer/": {
                "uuid:pk": PlatformComplaint.objects.get(pk=complaint.pk).pk
            },
            "c/<case:serial>/<str:secret>/photo/<uuid:pk>/": {"uuid:pk": photo.pk},
            "c/<case:serial>/<str:secret>/photo/<uuid:pk>/small/": {"uuid:pk": photo.pk},
            "c/<case:serial>/<str:secret>/<slug:verb>/": {"slug:verb": "add"},
        }
        for part in (files, rosters):
            self.common |= part.values(here, case.reported_at)
            self.own |= part.OWN

    def address(self, route):
        """Return the path of a route with its parts filled in."""
        values = {**self.common, **self.own.get(route, {})}
        if "^" in route:
            return ODD[route]
        return "/" + re.sub(r"<([^>]+)>", lambda part: str(values[part[1]]), route).lstrip("/")


ASSESSED = {
    "console/assessment/<slug:slug>/<slug:name>/": {"slug:name": "kept"},
    "console/assessment/reach/<slug:name>/": {"slug:name": "kept"},
    "console/assessment/groups/<slug:grouping>/": {"slug:grouping": "category"},
    "console/assessment/groups/<slug:grouping>/<str:key>/": GROUP,
    "console/assessment/groups/<slug:grouping>/<str:key>/<slug:name>/": GROUP | {"slug:name": "kept"},
}
TILE = {"slug:layer": "vec", "int:z": 12, "int:x": 3336, "int:y": 1626}
ODD = {
    "accounts/^(?:signup|email|confirm-email|phone|password/set|password/reset|login/code|sessions)/": "/accounts/signup/",
    r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": "/accounts/confirm-email/abc/",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "/accounts/password/reset/key/1-abc/",
    "^care/(?P<wanted>on|off)/$": "/care/on/",
}
