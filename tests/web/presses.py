"""Every form of staff: where it stands, whose it is, what is typed; and what has to be there before.

Written by hand. What is not typed here is filled in from the page (`pressing.py`): the first choice, a sentence.
"""

from datetime import timedelta
from typing import NamedTuple

import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.archive.rosters.roster_files import FAMILY, workbook
from tests.web import press_givens as given
from yige.lib.local_time import local_day


class Press(NamedTuple):
    """A form: its route, the verb in its address, the page it stands on, whose it is, what is typed, what comes before.

    Without a page the form stands on its own address. `given(here)` returns what it changes of the address.
    """

    route: str
    verb: str = ""
    page: str = ""
    who: str = ""
    typed: dict = {}
    given: object = None


# ── what is typed ──

SOON = f"{local_day(timezone.now()) + timedelta(days=3):%Y-%m-%d}"
HOME = {"building": "向阳小院3号楼", "unit": "2", "room": "909"}
ONE_UNIT = {f"{part}_{n}": "" for n in range(1, 6) for part in ("unit", "part", "asked")}
ONE_NEED = {f"need_{n}_{part}": "" for n in (1, 2) for part in ("words", "person", "category")}
VISITED = ONE_NEED | {"mode": "home", **{f"promise_{n}_words": "" for n in range(3)}}
MEETING = {"meet_at": f"{SOON}T10:00", "meet_place": "二楼会议室"}
SQUARE = shapely.to_geojson(shapely.box(113.28, 34.80, 113.29, 34.81))


def sheet():
    return SimpleUploadedFile("名册.xlsx", workbook(FAMILY))


# fmt: off
LIMITS = "console/whistles/limits/<uuid:pk>/?which={slug:which}"
CASE, WHISTLE, CALL = "console/cases/<case:serial>/", "console/whistles/<uuid:pk>/", "console/calls/<uuid:pk>/"
USER, OFFICE, GRID = "console/users/<uuid:pk>/", "console/offices/<slug:slug>/", "console/grids/<gridcode:code>/"
HOUSEHOLD, PERSON = "console/households/<uuid:household>/", "console/people/<uuid:person>/"
ROSTER, ALIKE, MERGE = "console/rosters/<uuid:run>/", "console/alike/<uuid:likeness>/", "console/merges/<uuid:merge>/"
THING, SHOP = "console/things/<uuid:pk>/", "console/organisations/<uuid:pk>/"
SPOT, ROUTE = "console/patrols/spots/<uuid:pk>/", "console/patrols/routes/<uuid:pk>/"
SHIFT, DUTY, LIST = "console/duty-roster/shifts/<uuid:pk>/", "console/duties/<uuid:pk>/", "console/exports/<uuid:export>/"
SHEET, WISH = "console/sheets/<uuid:pk>/", "console/sheets/requests/<uuid:pk>/"
VOLUNTEERS = "console/volunteer-calls/<uuid:pk>/"
SOCIAL = "console/social-organisations/<uuid:pk>/"
CALLED = {"title": "一起浇花", "words": "水桶都有。", "place": "3号楼前", "skill": "", "late_words": ""}
TOPIC = {"title": "路灯反复不亮", "words": "同一条线上的灯接连坏。"}
SHEET_NEW = {"name": "新的一张", "basis": "3 号文", "minutes": "20"}
UNIT_WEEK, ASKED = "console/duty-roster/units/<slug:slug>/", "console/requests/<uuid:pk>/"
ANSWER = {"gist": "采光", "answer": "算过了，不影响。"}
COUNCIL = "console/deliberations/<uuid:pk>/"
DOOR, ROUND = "work/households/<uuid:pk>/", "work/patrol/<uuid:pk>/"

PRESSES = (
    Press("console/cases/views/save/", "", "console/cases/?state=accepted", "desk", {"name": "我的第二个"}),
    Press("console/cases/views/<uuid:pk>/remove/", "", "console/cases/", "desk"),
    Press(CASE + "<slug:verb>/", "finish", CASE, "worker"),
    Press(CASE + "merge/", who="desk"),
    Press(CASE + "whistle/", who="desk", typed=ONE_UNIT),
    Press(CASE + "cards/<uuid:pk>/appeal/", "", CASE, "grid_head"),
    Press(CASE + "cards/<uuid:pk>/answer/", "", CASE, "desk", given=given.appealed),
    Press("console/batch/dispatch/", "", "console/batch/dispatch/?case={case:serial}", "desk", given=given.accepted),
    Press("console/batch/merge/", "", "console/batch/merge/?case={case:serial}", "desk", given=given.two_reported),
    Press("console/whistles/emergency/", who="desk", typed=ONE_UNIT | {"grid": "GRID"}),
    Press(WHISTLE + "<slug:verb>/<uuid:row>/", "set_meeting", WHISTLE + "?do=set_meeting:{uuid:pk}", "desk", MEETING),
    Press("console/whistles/limits/<uuid:pk>/<slug:which>/", "", LIMITS, typed={"amount": "2"}),
    Press("console/whistles/links/<uuid:call>/", "", WHISTLE, "desk"),
    Press("console/whistles/links/<uuid:pk>/revoke/", "", WHISTLE, "desk"),
    Press("console/whistles/answers/<uuid:pk>/", who="desk"),
    Press(CALL + "<slug:verb>/<uuid:row>/", "", CALL, "department", {"person": "张工"}),
    Press(UNIT_WEEK, who="desk", typed={"name": "李值班", "phone": "19900000078", "user": ""}),
    Press(UNIT_WEEK + "copy/", "", UNIT_WEEK + "?week=" + SOON, "desk"),
    Press(SHIFT, who="desk", typed={"note": "带班"}, given=given.coming_shift),
    Press(SHIFT + "end/", "", SHIFT, "desk"),
    Press("console/bulletins/", who="desk"),
    Press("console/bulletins/<uuid:pk>/<slug:verb>/", "opening", "console/bulletins/<uuid:pk>/", "desk"),
    Press("console/bulletins/stories/<uuid:pk>/drop/", "", "console/bulletins/{uuid:draft}/", "desk", given=given.bulletin_in_work),
    Press("console/topics/new/<case:serial>/", who="desk", typed=TOPIC, given=given.lamp_in_no_topic),
    Press("console/topics/<uuid:pk>/<slug:verb>/", "set_milestone", "console/topics/<uuid:pk>/", "desk", {"step": "验收", "due_on": SOON}),
    Press("console/topics/steps/<uuid:pk>/<slug:verb>/", "finish_milestone", "console/topics/{uuid:topic}/", "desk", given=given.step_of_topic),
    Press("console/branches/new/", "", "console/branches/", "grid_head", {"name": "第九网格党支部"}),
    Press("console/reporting-units/new/", "", "console/reporting-units/", "community_head", {"name": "区图书馆", "offers": "周末开放自习室"}),
    Press("console/reporting-units/<uuid:pk>/close/", "", "console/reporting-units/", "community_head"),
    Press(SOCIAL + "write/", "", SOCIAL, "choir"),
    Press(SOCIAL + "give-seat/", "", SOCIAL, "grid_head", given=given.free_account),
    Press(SOCIAL + "seats/<uuid:seat>/", "", SOCIAL, "grid_head"),
    Press("console/volunteer-calls/new/", who="grid_head", typed=CALLED),
    Press("console/volunteer-calls/new/<case:serial>/", who="grid_head", typed=CALLED, given=given.lamp_in_no_topic),
    Press(VOLUNTEERS + "<slug:verb>/", "change", VOLUNTEERS, "grid_head"),
    Press(VOLUNTEERS + "seats/<uuid:seat>/", "", VOLUNTEERS, "grid_head"),
    Press(DOOR + "calls/", "", "", "micro"),
    Press(DOOR + "help/", "", "", "micro"),
    Press(DOOR + "wishes/", "", "", "micro"),
    Press(DOOR + "wishes/<uuid:wish>/<slug:verb>/", "fulfil", DOOR + "wishes/", "micro"),
    Press("console/deliberations/new/", who="desk", typed={"raised_from": "hall"}),
    Press(COUNCIL + "<slug:verb>/", "object", COUNCIL, "desk"),
    Press(COUNCIL + "vote/<slug:verb>/", "enter_paper", COUNCIL + "vote/", "desk", {"number": "1"}),
    Press(COUNCIL + "secret/<slug:verb>/", "draw_slips", COUNCIL + "secret/", "desk", {"count": "7"}),
    Press("console/deliberations/steps/<uuid:pk>/<slug:verb>/", "finish_step", "console/deliberations/{uuid:row}/", "desk", given=given.step_of_a_decision),
    Press("console/deliberations/objections/<uuid:pk>/answer/", "", "console/deliberations/{uuid:row}/", "community_head", ANSWER, given.objection),
    Press("console/duties/new/", who="desk"),
    Press("console/sheets/requests/new/", who="desk", typed=SHEET_NEW),
    Press(WISH + "exists/", "", WISH, "desk"),
    Press(WISH + "refuse/", "", WISH, "desk"),
    Press(WISH + "list/", who="desk", typed={"columns": ["number"]}),
    Press(SHEET + "change/", who="desk", typed={"columns": ["number"]}),
    Press(SHEET + "cells/", "", SHEET, "desk", {"cell_0": "12"}, given.sheet_with_cells),
    Press(SHEET + "make/", "", SHEET, "street_head"),
    Press(SHEET + "renew/", "", SHEET, "desk", {"until": SOON}),
    Press(SHEET + "end/", "", SHEET, "desk"),
    Press("console/assessment/exclusions/ask/<uuid:pk>/", who="grid_head"),
    Press("console/assessment/exclusions/<uuid:pk>/decide/", "", "console/assessment/exclusions/", "desk"),
    Press("console/assessment/sheets/<uuid:pk>/note/", "", "console/assessment/sheets/<uuid:pk>/", "desk"),
    Press(DUTY + "decide/", "", DUTY, "street_head"),
    Press(DUTY + "end/", "", DUTY + "?end=1", "street_head", {"valid_until": SOON}, given.agreed_duty),
    Press("console/intake/", who="desk", typed={"grid": "GRID", "place": "3号楼"}),
    Press("console/follow-ups/<case:serial>/", who="street_head"),
    Press("console/inbox/read/", "", "console/inbox/", "desk"),
    Press("console/inbox/<uuid:pk>/", "", "console/inbox/", "desk"),
    Press("console/users/new/", typed={"username": "newcomer", "name": "新来的"}),
    Press(USER + "<slug:verb>/", "describe", USER, typed={"name": "某改名"}),
    Press(USER + "<slug:verb>/", "give", USER),
    Press(USER + "<slug:verb>/", "reset", USER),
    Press(USER + "<slug:verb>/", "sessions", USER, given=given.logged_in),
    Press(USER + "<slug:verb>/", "deactivate", USER),
    Press(USER + "<slug:verb>/", "factors", USER, given=given.two_factors),
    Press(USER + "<slug:verb>/", "activate", USER, given=given.closed_account),
    Press("console/posts/<uuid:pk>/end/", "", USER),
    Press("console/offices/new/", typed={"name": "新单位", "slug": "new-unit"}),
    Press(OFFICE, typed={"name": "改名单位"}),
    Press(OFFICE + "<slug:verb>/", "close", OFFICE, given=given.empty_unit),
    Press(OFFICE + "<slug:verb>/", "open", OFFICE, given=given.closed_unit),
    Press("console/grids/new/", typed={"code": "410105009", "name": "新街道"}),
    Press(GRID + "outline/", typed={"shape": SQUARE}),
    Press(GRID + "<slug:verb>/", "rename", GRID, typed={"name": "改名网格"}),
    Press(GRID + "<slug:verb>/", "describe", GRID, typed={"phone": "0371-1234567"}),
    Press(GRID + "<slug:verb>/", "issue", GRID, typed={"place": "南门"}),
    Press(GRID + "<slug:verb>/", "retire", GRID, given=given.empty_grid),
    Press("console/codes/<uuid:pk>/<slug:verb>/", "retire", GRID),
    Press("console/codes/<uuid:pk>/<slug:verb>/", "replace", GRID),
    Press("console/categories/new/", typed={"label": "新一类", "slug": "facilities.new-kind"}),
    Press("console/categories/<uuid:pk>/", typed={"label": "路灯坏了"}),
    Press("console/categories/<uuid:pk>/switch/", "", "console/categories/", typed={"to": "off"}),
    Press("console/calendar/keep/", "", "console/calendar/", typed={"day": "2026-12-30", "name": "调休"}),
    Press("console/settings/<str:name>/", "", "console/settings/", typed={"value": "16"}),
    Press("console/complaints/<uuid:pk>/answer/", "", "console/complaints/"),
    Press("console/households/new/", "", "", "grid_head", HOME, given.empty_home),
    Press(HOUSEHOLD + "<slug:verb>/", "add-person", "", "grid_head", {"name": "孙示例", "birth_year": "1980"}),
    Press(HOUSEHOLD + "<slug:verb>/", "contact", "", "grid_head"),
    Press(HOUSEHOLD + "<slug:verb>/", "safety", "", "grid_head", {"gas": "yes"}),
    Press(HOUSEHOLD + "<slug:verb>/", "move", "", "grid_head", HOME, given.empty_home),
    Press(HOUSEHOLD + "<slug:verb>/", "end", "", "grid_head"),
    Press(PERSON + "<slug:verb>/", "describe", "", "grid_head"),
    Press(PERSON + "<slug:verb>/", "label", "", "grid_head", {"kind": "mobility_help", "agreed": "on"}),
    Press(PERSON + "<slug:verb>/", "move", "", "grid_head", HOME | {"room": "702"}),
    Press(PERSON + "<slug:verb>/", "leave", "", "grid_head"),
    Press("console/labels/<uuid:label>/withdraw/", "", PERSON, "grid_head"),
    Press("console/links/area/", "", "console/links/", "street_head"),
    Press("console/links/household/", "", "console/links/", "grid_head", {"door": "向阳小院3号楼2单元701", "consented": "on"}),
    Press("console/links/<uuid:link>/end/", "", "console/links/", "grid_head"),
    Press("console/exports/new/", who="grid_head", typed={"columns": ["door"], "label": ""}),
    Press(LIST + "decide/", "", LIST, "second_registrar"),
    Press(LIST + "fetch/", "", LIST, "registrar", given=given.agreed_list),
    Press("console/rosters/new/", who="registrar", typed={"source": "网格台账", "file": sheet}),
    Press(ROSTER + "columns/", "", ROSTER + "?again=1", "registrar"),
    Press(ROSTER + "<slug:verb>/", "confirm", ROSTER, "registrar"),
    Press(ROSTER + "<slug:verb>/", "stop", ROSTER, "registrar"),
    Press(ROSTER + "<slug:verb>/", "undo", ROSTER, "registrar", given=given.taken_roster),
    Press(ALIKE + "dismiss/", "", ALIKE, "registrar"),
    Press(ALIKE + "ask/", "", ALIKE, "registrar"),
    Press(MERGE + "<slug:verb>/", "grant", MERGE, "second_registrar"),
    Press(MERGE + "<slug:verb>/", "refuse", MERGE, "registrar"),
    Press(MERGE + "<slug:verb>/", "undo", MERGE, "registrar", given=given.merged_files),
    Press("console/buildings/new/", who="grid_head", typed={"estate": "新院", "name": "9号楼"}),
    Press("console/buildings/<uuid:pk>/change/", who="grid_head", typed={"name": "4号楼"}),
    Press("console/buildings/<uuid:pk>/homes/new/", who="grid_head", typed={"unit": "3", "room": "901"}),
    Press("console/homes/<uuid:pk>/", who="grid_head", typed={"room": "902"}),
    Press("console/things/new/", who="grid_head", typed={"place": "北门"}),
    Press(THING + "change/", who="grid_head", typed={"name": "高杆灯"}),
    Press(THING + "remove/", "", THING, "grid_head"),
    Press("console/organisations/new/", who="grid_head", typed={"name": "新店"}),
    Press(SHOP + "change/", who="grid_head", typed={"name": "改名店"}),
    Press(SHOP + "close/", "", SHOP, "grid_head"),
    Press("console/patrols/spots/new/", who="grid_head", typed={"name": "西门"}),
    Press(SPOT + "change/", who="grid_head", typed={"name": "西侧充电棚"}),
    Press(SPOT + "retire/", "", SPOT, "grid_head"),
    Press("console/patrols/routes/", who="grid_head", typed={"name": "西院一圈"}),
    Press(ROUTE, who="grid_head", typed={"name": "北院一圈"}),
    Press(ROUTE + "retire/", "", ROUTE, "grid_head"),
    Press("console/slots/", who="street_head", typed={"place": "二楼", "day": SOON, "hour": "10:00"}),
    Press("console/slots/<uuid:pk>/cancel/", "", "console/slots/", "micro"),
    Press("console/requests/new/", "", "console/requests/new/?person={uuid:person}", "grid_head"),
    Press(ASKED + "<slug:verb>/", "answer", ASKED, "registrar"),
    Press(ASKED + "<slug:verb>/", "agree", ASKED, "second_registrar", given=given.agreed_deletion),
    Press(ASKED + "<slug:verb>/", "back", ASKED, "second_registrar", given=given.agreed_deletion),
    Press(DOOR + "decline/", "", DOOR, "micro", {"until": SOON}),
    Press(DOOR + "visit/", who="micro", typed=VISITED),
    Press("work/promises/<uuid:pk>/kept/", "", DOOR, "micro"),
    Press("work/appointments/<uuid:pk>/<slug:verb>/", "hold", "work/appointments/", "micro", given=given.hour_of_today),
    Press("work/appointments/<uuid:pk>/<slug:verb>/", "cancel", "work/appointments/", "micro"),
    Press("work/patrol/start/", "", "work/patrol/", "grid_head"),
    Press(ROUND + "fine/<uuid:spot>/", "", ROUND, "worker"),
    Press(ROUND + "found/<uuid:spot>/", who="worker"),
    Press(ROUND + "finish/", "", ROUND, "worker"),
)

# Forms that are not pressed here, and why a second press is safe all the same.
LOOKS = "it shows or hands out; every look is a line, so a second one has to be a second line"
CHECKED = "it changes nothing but checks a file; what is checked is taken in once (take_checked_file), tests of its room"
NOT_PRESSED = {
    "console/cases/callers/": LOOKS,
    "console/cases/export/": LOOKS,
    "console/cases/<case:serial>/contact/reveal/": LOOKS,
    "console/follow-ups/<case:serial>/phone/": LOOKS,
    "console/households/search/": LOOKS,
    "console/households/<uuid:household>/purpose/": "it remembers why a file is opened, for an hour of the session",
    "console/households/<uuid:household>/print/": LOOKS,
    "console/people/<uuid:person>/reveal/": LOOKS,
    "console/requests/find/": LOOKS,
    "work/households/<uuid:pk>/phone/": LOOKS,
    "console/account/sessions/<int:pk>/end/": "a log-in that is ended is not there any more",
    "console/account/digest/": "it sets one of two values, and the form says which",
    "console/account/sessions/end/": "log-ins that are ended are not there any more",
    "console/sheets/files/<uuid:pk>/": "it takes a file away; every taking is a line of the log",
    "console/deliberations/<uuid:pk>/vote/roll/import/": CHECKED,
    "console/deliberations/<uuid:pk>/vote/roll/import/do/": CHECKED,
    "console/duties/import/": CHECKED,
    "console/duties/import/do/": CHECKED,
    "console/duty-roster/import/": "rows that are there already are counted as there: tests/console/duty_roster/test_roster_sheets.py",
    "console/grids/import/": CHECKED,
    "console/grids/import/do/": CHECKED,
    "console/grids/<gridcode:code>/new/": "the form and the view of console/grids/new/, which is pressed",
    "console/places/<slug:slug>/import/": CHECKED,
    "console/places/<slug:slug>/import/do/": CHECKED,
    "console/calendar/<day:day>/forget/": "a day that is forgotten is not there any more",
}
# fmt: on
