"""Who may do what stands once: pages, menu and verbs read it, and no other module writes a group of roles."""

import ast
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.factories import MONDAY_NOON, act, building, grid, home, life, staff
from tests.house import python, shown
from tests.policy.volunteer_calls import opened
from yige.accounts import actions as accounts
from yige.accounts import oversight, roles
from yige.accounts.shift_actions import add_shift
from yige.alliance.branches import open_branch
from yige.archive.people import actions as people
from yige.archive.places.buildings import make_building, make_home
from yige.archive.rights import exports
from yige.bulletins import actions as bulletins
from yige.bulletins.models import Bulletin
from yige.cases import actions as cases
from yige.cases.callers import find_by_caller
from yige.cases.models import CalendarDay
from yige.console.nav import NAV, items_for
from yige.console.urls import urlpatterns as console
from yige.duty_list import actions as duties
from yige.grids import actions as grids
from yige.lib.refusals import NotAllowed, Refusal
from yige.steps.s1_approach import appointments, linking
from yige.steps.s2_discover import actions as rounds
from yige.steps.s2_discover import planning
from yige.worker.urls import urlpatterns as worker

# Where a group of roles may be written: the table itself, the table of moves with its standings, an invented town.
TABLES = ("yige/accounts/roles.py", "yige/cases/workflow.py", "yige/demo/")
# Items of the menu that fewer people see than may open the page: a registrar finds it on the page of requests, heads find
# the limits on the board of joint work.
FEWER = {"/console/requests/new/", "/console/whistles/limits/"}
NAMES = [role.name for role in roles.ROLES]


def groups_of_roles(path):
    """Yield where a file writes two or more names of roles side by side: in a tuple, list, set, call or dict."""
    for node in ast.walk(ast.parse(path.read_text())):
        parts = getattr(node, "elts", None) or getattr(node, "args", None) or getattr(node, "values", None)
        if not isinstance(parts, list):
            continue
        named = [part.value for part in parts if isinstance(part, ast.Constant) and part.value in NAMES]
        if len(named) > 1:
            yield f"{shown(path)}:{node.lineno} {named}"


def test_groups_of_roles_are_written_in_the_table_alone():
    ours = [
        path for path in python() if shown(path).startswith("yige/") and not shown(path).startswith(TABLES)
    ]

    assert [line for path in ours for line in groups_of_roles(path)] == []


def test_capabilities_name_roles_that_there_are_each_once():
    assert len({capability.name for capability in roles.CAPABILITIES}) == len(roles.CAPABILITIES)
    for capability in roles.CAPABILITIES:
        assert set(capability.who) <= set(NAMES) and len(set(capability.who)) == len(capability.who) > 0


def test_every_capability_is_asked_for_somewhere():
    text = "".join(
        path.read_text()
        for path in python()
        if shown(path) not in TABLES[:1] and shown(path).startswith("yige/")
    )

    assert [row.name for row in roles.CAPABILITIES if f'"{row.name}"' not in text] == []


@pytest.mark.parametrize(("inner", "outer"), [
    ("dispatch", "lead_cases"), ("look_back", "lead_cases"), ("sort_cases", "lead_cases"), ("sort_cases", "dispatch"),
    ("take_escalated", "lead_cases"), ("lead_cases", "see_cases"), ("handle", "see_cases"),
    ("call_back_daily", "call_back"), ("take_areas", "visit"), ("link_households", "open_files"),
    ("keep_homes", "keep_places"), ("keep_homes", "write_files"), ("keep_places", "see_places"),
    ("plan_rounds", "walk_rounds"), ("plan_rounds", "see_rounds"), ("keep_grids", "see_grids"),
    ("agree_to_lists", "ask_for_lists"), ("keep_rosters", "see_rosters"), ("keep_sheets", "see_sheets"),
])  # fmt: skip
def test_who_may_do_the_one_may_do_the_other(inner, outer):
    assert set(roles.having(inner)) <= set(roles.having(outer))


def test_unknown_capability_is_no_silent_no():
    with pytest.raises(KeyError):
        roles.having("give_area")


# pages and menu


@pytest.mark.parametrize("item", NAV, ids=lambda item: item.url)
def test_menu_and_page_ask_for_the_same(item):
    page = set(roles.having(*resolve(item.url).func.capabilities))
    menu = set(roles.having(*item.capabilities))

    assert menu < page if item.url in FEWER else menu == page


def pages():
    """Return the pages that open for some roles only and stand at one address: (address, capabilities)."""
    found = [("/console/", pattern) for pattern in console] + [("/work/", pattern) for pattern in worker]
    return [
        (top + str(pattern.pattern), pattern.callback.capabilities)
        for top, pattern in found
        if "<" not in str(pattern.pattern) and getattr(pattern.callback, "capabilities", ())
    ]


@pytest.fixture
def each(here, settings):
    """Somebody of each role, over the place that fits the role."""
    settings.YIGE_SECOND_FACTOR = False
    places = {1: "/zz/", 2: "/zz/js/", 3: "/zz/js/9/", 4: "/zz/js/9/1/", 0: "/zz/"}
    return {
        role.name: staff(f"each_{role.name}", role.name, places[role.level], here.team_unit)
        for role in roles.ROLES
    }


def test_page_and_menu_answer_as_the_table_says(each):
    """Whoever has the capability gets the page (or 405 where it takes forms alone), everybody else 404."""
    wrong = []
    for name, user in each.items():
        browser = Client()
        browser.force_login(user)
        menu = {item.url for _, items in items_for([name]) for item in items}
        for address, capabilities in pages():
            got, may = browser.get(address).status_code, roles.permits([name], *capabilities)
            if got not in ({200, 302, 405} if may else {404, 405}):
                wrong.append(f"{address} {name}: {got}")
            if address in menu and not may:
                wrong.append(f"{address} {name}: in the menu and not open")

    assert wrong == []


# verbs


def offered(here, by, kind):
    noon = MONDAY_NOON + timedelta(days=1)
    return appointments.offer_slot(
        here.micro_grid, by=by, at=MONDAY_NOON, kind=kind, place="服务站", starts_at=noon
    )


def listed(here, by):
    return exports.ask(
        here.micro_grid, by=by, at=MONDAY_NOON, purpose="notice", words="停水", columns=["door"]
    )


def shifted(here, by):
    begins_at, ends_at = MONDAY_NOON + timedelta(hours=8), MONDAY_NOON + timedelta(hours=20)
    said = {"name": "王值班", "phone": "19900000077", "begins_at": begins_at, "ends_at": ends_at}
    return add_shift(here.team_unit, by=by, at=MONDAY_NOON, **said)


AT = MONDAY_NOON + timedelta(hours=1)
# A capability that a verb checks, and that verb over the micro-grid of the town, which the post of every role covers.
VERBS = {
    "dispatch": lambda here, by: act("dispatch", here.case, by=by, at=AT, unit=here.bureau_unit),
    "find_callers": lambda here, by: find_by_caller("phone", "19955550001", by=by, at=AT),
    "propose_duties": lambda here, by: duties.propose(
        here.case.category, by=by, at=AT, lead=here.bureau_unit, basis="会定"
    ),
    "write_bulletins": lambda here, by: bulletins.write_opening(here.bulletin, by=by, at=AT, opening="雨多"),
    "approve_bulletins": lambda here, by: bulletins.approve_bulletin(here.bulletin, by=by, at=AT),
    "keep_branches": lambda here, by: open_branch(here.micro_grid, by=by, at=AT, name="第九支部"),
    "call_volunteers": lambda here, by: opened(here, AT, by=by, grid=here.micro_grid),
    "look_back": lambda here, by: act("look_back", here.closed, by=by, at=AT, result="fine", words="好了"),
    "give_areas": lambda here, by: linking.link_area(here.worker, by=by, at=AT, path="/zz/js/9/1/"),
    "host_open_hours": lambda here, by: offered(here, by, "secretary"),
    "host_visit_hours": lambda here, by: offered(here, by, "visit"),
    "walk_rounds": lambda here, by: rounds.start_patrol(here.micro_grid, by=by, at=AT),
    "plan_rounds": lambda here, by: planning.make_route(here.micro_grid, by=by, at=AT, name="一圈"),
    "keep_places": lambda here, by: make_building(here.micro_grid, by=by, at=AT, estate="新院", name="1号楼"),
    "keep_homes": lambda here, by: make_home(here.block, by=by, at=AT, room="101"),
    "write_files": lambda here, by: people.make_household(here.home, by=by, at=AT),
    "ask_for_lists": listed,
    "keep_rosters": shifted,
    "keep_tables": lambda here, by: cases.forget_day(here.day, by=by, at=AT),
    "keep_grids": lambda here, by: grids.rename(here.micro_grid, by=by, at=AT, name="另一个"),
    "keep_accounts": lambda here, by: accounts.deactivate(here.worker, by=by, at=AT),
    "read_log": lambda here, by: oversight.search_log(by, AT),
}


@pytest.mark.parametrize("capability", VERBS)
def test_verb_accepts_as_the_table_says(here, each, capability):
    """Whoever lacks the capability is refused as “not yours”; whoever has it may be refused for another reason."""
    here.micro_grid = grid("/zz/js/9/1/")
    here.block, here.home, here.day = building(here), home(here, room="909"), CalendarDay(day=AT.date())
    here.bulletin = Bulletin.objects.create(path="/zz/", month=AT.date(), begun_at=AT, begun_by=here.desk)
    here.case, here.closed = life(here, until="accepted"), life(here, until="closed")
    accepted = {name for name, user in each.items() if accepts(VERBS[capability], here, user)}

    wanted = set(roles.having(capability))
    if capability == "dispatch":
        wanted = {
            name for name in wanted if roles.ROLE_BY_NAME[name].level == 1
        }  # the bureau is called by the street alone
    assert accepted == wanted


def accepts(verb, here, by):
    try:
        with transaction.atomic():
            verb(here, by)
            raise Undone
    except NotAllowed:
        return False
    except (Refusal, Undone):
        return True


class Undone(Exception):
    """What one role did is taken back before the next tries."""
