"""Which words of joint work come out of which page to whom: looked for as text, against a table written by hand.

The canaries stand in the case, its reporter, the request, and in everything that one called unit says; the reader of
each page is another called unit, a firm with a one-time link, the reporter, a stranger, a neighbour head, the street.
"""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import act, life
from tests.scenes import scene
from tests.whistles.joint import joint_town, sounded
from yige.notices.models import Notice
from yige.portal import links as portal
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.calling import CallAsked

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=3)
CANARIES = {
    "words": "雀词暖气漏了", "name": "欧阳金丝雀", "phone": "19955554444", "door": "7077", "wanted": "雀愿请城管",
    "tried": "雀试过关阀", "matter": "雀事主管漏水", "asked": "雀问关总阀", "other_asked": "雀托送水", "person": "雀人老周",
    "discussed": "雀商值班室", "measure": "雀措换阀门", "said": "雀说到场", "delivered": "雀说修好", "assessed": "雀评来晚",
    "answered": "雀答堵车", "refused": "雀拒不是我们", "ruled": "雀定归你们", "step": "雀步补路面", "done": "雀做补好了",
}  # fmt: skip
MATTER = {"matter", "step"}
# fmt: off
SEEN = {
    # who, page:                                what stands there
    ("water",          "/console/calls/"):      {"other_asked"},
    ("water",          "{call}"):               MATTER | {"other_asked"},
    ("water",          "/console/inbox/"):      {"other_asked"},
    ("water",          "/console/"):            set(),
    ("water",          "/console/cases/"):      set(),
    ("water",          "/console/whistles/"):   set(),
    ("water",          "/console/map/points.json"): set(),
    ("water",          "/console/duties/"):     set(),
    ("department",     "{own}"):                MATTER | {"asked", "assessed", "answered", "refused", "ruled"},
    ("nobody",         "{link}"):               MATTER - {"step"},
    ("nobody",         "{reporter}"):           {"words", "door", "step"},
    ("nobody",         "/ledger/{number}/"):    set(),
    ("neighbour_head", "/console/whistles/"):   set(),
    ("worker",         "/console/inbox/"):      {"words"},
    ("desk",           "{whistle}"):            set(CANARIES) - {"words", "name", "phone", "wanted", "said", "delivered"},
}
# fmt: on


@scene
def pages():
    here = joint_town(factories.town())
    told = {"name": CANARIES["name"], "phone": CANARIES["phone"]}
    place = f"3号楼2单元{CANARIES['door']}"
    case = life(
        here, "progressed", at=AGO - timedelta(hours=3), words=CANARIES["words"], place=place, contact=told
    )
    act(
        "ask_whistle",
        case,
        by=here.community_head,
        at=AGO,
        trigger="need",
        tried=CANARIES["tried"],
        wanted=CANARIES["wanted"],
    )
    calls = [
        CallAsked(here.bureau_unit, "lead", CANARIES["asked"]),
        CallAsked(here.water_unit, "assist", CANARIES["other_asked"]),
        CallAsked(here.property_unit, "assist", "开门", "值班室"),
    ]
    joint = sounded(here, case=case, at=AGO, calls=calls, matter=CANARIES["matter"], tried=CANARIES["tried"])
    own = say_everything(here, joint)
    link = links.make_link(joint.calls["property"], by=here.desk, at=NOW)
    named = {
        "call": f"/console/calls/{joint.calls['water'].pk}/", "own": f"/console/calls/{own.pk}/",
        "link": f"/j/{link.pk}/{links.link_secret(link)}/", "reporter": portal.address(case), "number": case.number,
        "whistle": f"/console/whistles/{joint.whistle.pk}/",
    }  # fmt: skip
    return here, named


def say_everything(here, joint):
    """Let the leading unit and the street say all that can be said about one call."""
    call, by = joint.calls["bureau"], here.department
    four = {name: CANARIES[name] for name in ("person", "discussed", "measure")}
    call = CALLS["contact"](call, by=by, at=AGO, until=NOW + timedelta(days=1), **four)
    call = CALLS["refuse_duty"](call, by=by, at=AGO, words=CANARIES["refused"])
    call = CALLS["decide_duty"](call, by=here.street_head, at=AGO, ruling="stays", words=CANARIES["ruled"])
    call = CALLS["arrive"](call, by=by, at=AGO, words=CANARIES["said"])
    due = timezone.localdate()
    plan.add_step(
        joint.whistle, by=here.desk, at=AGO, unit=here.bureau_unit, words=CANARIES["step"], due_on=due
    )
    plan.finish_step(joint.whistle.steps.get(), by=by, at=AGO, words=CANARIES["done"])
    plan.accept_step(joint.whistle.steps.get(), by=here.desk, at=AGO)
    call = CALLS["deliver"](call, by=by, at=AGO, words=CANARIES["delivered"])
    call = CALLS["confirm"](call, by=here.desk, at=AGO)
    call = CALLS["assess"](call, by=here.desk, at=AGO, passed=False, words=CANARIES["assessed"])
    return CALLS["answer"](call, by=by, at=NOW, words=CANARIES["answered"])


def test_every_word_comes_out_where_the_table_says_and_nowhere_else(pages):
    here, named = pages
    wrong = {}
    for (who, page), expected in SEEN.items():
        client = Client()
        if who != "nobody":
            client.force_login(getattr(here, who))
        text = client.get(page.format(**named)).content.decode(
            "unicode-escape" if page.endswith("json") else "utf-8"
        )
        found = {name for name, words in CANARIES.items() if words in text}
        if found != expected:
            wrong[who, page] = (sorted(found - expected), sorted(expected - found))

    assert wrong == {}


def test_no_notice_to_a_called_unit_says_more_than_what_is_asked_of_it(pages):
    here, _ = pages
    told = Notice.objects.filter(user_id__in=[here.water.pk, here.department.pk]).values_list(
        "user_id", "title", "body"
    )
    hidden = set(CANARIES) - {"asked", "other_asked", "assessed", "ruled"}

    assert told
    assert [
        (title, name) for _, title, body in told for name in hidden if CANARIES[name] in title + body
    ] == []
    assert not any(CANARIES["asked"] in body for user, _, body in told if user == here.water.pk)
