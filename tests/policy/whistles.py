"""A whistle with its calls, a living link and an answer that waits: the values of the addresses that name them."""

from datetime import timedelta

from tests.factories import act, life
from yige.accounts.actors import STRANGER
from yige.steps.s5_handle import one_time_links as links
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, Whistle


def own(here, at):
    """Sound a whistle for a case of its own; call an office with an account and a firm without one."""
    case = life(here, until="progressed", at=at)
    asked = [
        CallAsked(here.bureau_unit, "lead", "关阀门"),
        CallAsked(here.property_unit, "assist", "开门", "物业值班"),
    ]
    at += timedelta(hours=2)
    act("whistle", case, by=here.desk, at=at, trigger="need", matter="水管爆了", tried="修不了", calls=asked)
    whistle = Whistle.objects.get(case=case)
    call, firm = Call.objects.get(unit=here.bureau_unit), Call.objects.get(unit=here.property_unit)
    link, used = (links.make_link(firm, by=here.desk, at=at) for _ in range(2))
    links.answer_by_link(used, by=STRANGER, at=at, verb="sign", said={"person": "物业值班"})
    return {
        "console/whistles/<uuid:pk>/": {"uuid:pk": whistle.pk},
        "console/whistles/<uuid:pk>/print/": {"uuid:pk": whistle.pk},
        "console/whistles/<uuid:pk>/<slug:verb>/<uuid:row>/": {
            "uuid:pk": whistle.pk, "slug:verb": "stabilise", "uuid:row": whistle.pk,
        },
        "console/whistles/links/<uuid:call>/": {"uuid:call": firm.pk},
        "console/whistles/links/<uuid:pk>/revoke/": {"uuid:pk": link.pk},
        "console/whistles/answers/<uuid:pk>/": {"uuid:pk": used.answered.pk},
        "console/whistles/limits/<uuid:pk>/": {"uuid:pk": case.category_id},
        "console/whistles/limits/<uuid:pk>/<slug:which>/": {
            "uuid:pk": case.category_id, "slug:which": "need-sign",
        },
        "console/calls/<uuid:pk>/": {"uuid:pk": call.pk},
        "console/calls/<uuid:pk>/<slug:verb>/<uuid:row>/": {
            "uuid:pk": call.pk, "slug:verb": "sign", "uuid:row": call.pk,
        },
        "j/<uuid:pk>/<str:secret>/": {"uuid:pk": link.pk, "str:secret": links.link_secret(link)},
    }  # fmt: skip


# The pages of joint work and of the duties by name, for those who open every page in a browser; the rest is no page.
PAGES = {
    "whistle": "console/whistles/<uuid:pk>/",
    "whistle_print": "console/whistles/<uuid:pk>/print/",
    "link_answer": "console/whistles/answers/<uuid:pk>/",
    "call": "console/calls/<uuid:pk>/",
    "category_limits": "console/whistles/limits/<uuid:pk>/",
    "joint": "j/<uuid:pk>/<str:secret>/",
    "shift": "console/duty-roster/shifts/<uuid:pk>/",
    "duty_roster_unit": "console/duty-roster/units/<slug:slug>/",
    "duty": "console/duties/<uuid:pk>/",
}
NO_PAGE = (
    "whistle_act", "call_act", "category_limit", "whistle_link", "whistle_link_revoke", "duty_export", "duty_import_do", "duty_decide",
    "duty_end", "duty_roster_copy", "duty_roster_export", "shift_end",
)  # fmt: skip


def parts(values):
    """Return the values of the addresses by the name of the page and of the part."""
    return {
        name: {part.partition(":")[2]: value for part, value in values[address].items()}
        for name, address in PAGES.items()
    }
