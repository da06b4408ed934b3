"""What others reported nearby, as a stranger may read it before sending: enough to judge, and nobody's home, name or number.

Words and a photo of another resident are shown when a person has taken the case in, or when its kind says by itself that
it is about a thing of the public; before that nobody knows what they hold.
"""

from typing import NamedTuple

from django.core import signing

from yige.accounts.actors import STRANGER
from yige.cases import dangers, nearness, queries
from yige.cases.categories import UNSURE
from yige.cases.models import Case, Photo
from yige.cases.models.photos import PhotoKind
from yige.cases.words import OPEN, Urgency

LOOK_SECONDS = 3600  # a picture may be looked at while somebody fills in the form
_SALT = "yige.portal.alike"


class Card(NamedTuple):
    """One case to compare with: where it is from what was typed, its words or "", the token of its photo or ""."""

    case: Case
    where: str
    words: str
    photo: str


def cards(said) -> list[Card]:
    """Return what may be the same thing nearby, unless that was answered or every minute counts."""
    if said["different"] or said["same"] or said["category"].urgency == Urgency.EMERGENCY:
        return []
    if dangers.hear(said["words"]):
        return []
    here = description(said)
    found = queries.similar_nearby(here, said["where"].grid.path)
    if found and queries.sent_before("cases.report", STRANGER, str(said["key"])):
        return []
    pictures = first_photos([case for case in found if may_show(case)])
    return [card(case, here, pictures.get(case.pk)) for case in found]


def description(said):
    where = said["where"]
    return nearness.description(
        said["words"], said["category"], place=said["place"], lon=where.lon, lat=where.lat
    )


def card(case, here, photo) -> Card:
    there = nearness.description(case.words, case.category, place=case.place, lon=case.lon, lat=case.lat)
    near = nearness.nearness(here, there)
    return Card(
        case,
        near.in_words,
        case.words if may_show(case) else "",
        signing.dumps(str(photo), salt=_SALT) if photo else "",
    )


def may_show(case) -> bool:
    return case.accepted_at is not None or case.category.slug != UNSURE


def first_photos(cases) -> dict:
    """Return the id of the first photo of each of these cases that its reporter sent along."""
    rows = Photo.objects.filter(case__in=cases, kind=PhotoKind.REPORT).order_by("-id")
    return dict(rows.values_list("case_id", "id")) if cases else {}


def photo_behind(token) -> Photo | None:
    """Return the photo of a card that was shown within the hour, while its case is still open to all."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=LOOK_SECONDS)
    except signing.BadSignature:
        return None
    return Photo.objects.filter(pk=pk, case__in=Case.objects.public().filter(state__in=OPEN)).first()


def case_named(serial) -> Case | None:
    """Return the public open case that somebody says is the same."""
    return Case.objects.public().filter(serial=serial, state__in=OPEN).first()
