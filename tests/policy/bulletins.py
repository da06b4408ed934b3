"""A bulletin that is being written, with a story, and one that everybody reads."""

from datetime import date

from tests.factories import life
from yige.bulletins import actions
from yige.bulletins.models import OpenFigure

MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
NO_PAGE = ("bulletin_act", "story_drop")


def figures(path, months, at, **counts):
    """Write figures as they would have been published of a street, for these months."""
    told = {
        "reported": 40,
        "closed": 30,
        "reopened": 6,
        "asked": 24,
        "solved": 18,
        "median_days": 2.5,
    } | counts
    public = told | {"asked": None, "solved": None}
    for month in months:
        common = {"month": month, "path": path, "area": "白杨街道", "published_at": at}
        OpenFigure.objects.create(**common, kind="", label="全部事项", **told)
        OpenFigure.objects.create(**common, kind="public", label="公共事项", order=1, **public)
        OpenFigure.objects.create(**common, kind="facilities", label="公共设施", order=2, **public)


def story(row, here, at, **said):
    """Add a story of a lamp that was mended."""
    said = {"title": "路灯亮了", "words": "街道请供电单位换了灯头，当晚就亮。"} | said
    case = said.pop("case", None) or life(here, "cleared", at=at)
    return actions.add_story(row, by=said.pop("by", here.desk), at=at, case=case, **said)


def approved(here, row, at):
    """Bring a bulletin of the desk to its approval."""
    actions.screen_bulletin(row, by=here.desk, at=at)
    return actions.approve_bulletin(row, by=here.street_head, at=at)


def own(here, at):
    """Return the values of the addresses of a draft with a story, and of a published one."""
    figures("/zz/", MONTHS, at)
    draft, other = (
        actions.begin_bulletin(here.street, by=here.desk, at=at, month=month) for month in MONTHS[:2]
    )
    row = story(draft, here, at)
    actions.publish_bulletin(approved(here, other, at), by=here.desk, at=at, pdf=b"%PDF-1.7")
    public = {"uuid:pk": other.pk}
    return {
        "console/bulletins/<uuid:pk>/": {"uuid:pk": draft.pk},
        "console/bulletins/<uuid:pk>/<slug:verb>/": {"uuid:pk": draft.pk, "slug:verb": "screen"},
        "console/bulletins/stories/<uuid:pk>/drop/": {"uuid:pk": row.pk},
        "bulletins/<uuid:pk>/": public,
        "bulletins/<uuid:pk>/bulletin.pdf": public,
    }


def parts(values):
    """Return the values of the addresses by the name of the page, for those who open every page in a browser."""
    named = {"bulletin": "console/bulletins/<uuid:pk>/", "read_bulletin": "bulletins/<uuid:pk>/"}
    return {name: {"pk": values[address]["uuid:pk"]} for name, address in named.items()}
