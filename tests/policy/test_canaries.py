"""Which field of a person comes out of which channel to whom: searched as bytes, as tests/policy/canaries.csv says.

The file names who sees which field masked or clear; what it does not name must not be there at all. Fields × channels ×
people are the cells. The canaries stand in one household of the town's micro-grid, and in everything about it.
"""

import csv
import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.test import Client
from django.utils import timezone

from tests import factories
from tests.markup import said_alone
from tests.portal.residents import sign_in
from tests.scenes import scene
from yige.accounts.actors import COMMAND, Resident
from yige.archive.people import actions as archive
from yige.archive.people import sealing
from yige.archive.rights import exports, requests
from yige.contact.models import Need
from yige.lib import masks
from yige.lib.identity import check_sign
from yige.notices.models import Notice
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments

NAME, PHONE, IDENTITY, CHILD = (
    "欧阳金丝雀",
    "19955554444",
    "99999919310101001" + check_sign("99999919310101001"),
    "欧阳小雏鸟",
)
EMERGENCY, ROOM = "女儿欧阳凤凰 19955556666", "7077"
# field → (as it stands on file, as it is shown masked)
CANARIES = {
    "name": (NAME, masks.name(NAME)),
    "phone": (PHONE, masks.phone(PHONE)),
    "identity": (IDENTITY, masks.identity_number(IDENTITY)),
    "emergency": ("欧阳凤凰", "199****6666"),
    "emergency_phone": ("19955556666", ""),
    "birth_year": ("1931", ""),
    "room": (ROOM, ""),
    "near_label": ("独居", ""),
    "area_label": ("送药提醒", ""),
    "need": ("金丝雀要换灯泡", ""),
    "promise": ("答应金丝雀送药", ""),
    "appointment": ("金丝雀想说楼道", ""),
    "request": ("金丝雀的名字写错", ""),
    "child": (CHILD, masks.name(CHILD)),
    "child_year": ("2020", ""),
}
LABELS = {
    "near_label",
    "area_label",
}  # words of the closed list stand in every filter; looked for beside the door only

CONSOLE = {
    "list": "/console/households/", "household": "/console/households/{household}/",
    "print": "/console/households/{household}/print/", "person": "/console/people/{person}/",
    "child": "/console/people/{child}/", "describe": "/console/people/{person}/describe/", "map": "/console/people-map/",
    "building": "/console/buildings/{building}/", "buildings": "/console/buildings/", "home": "/console/homes/{home}/",
    "promises": "/console/promises/", "contact": "/console/contact/", "requests": "/console/requests/",
    "one_request": "/console/requests/{request}/", "links": "/console/links/", "exports": "/console/exports/",
    "export": "/console/exports/{export}/", "alike": "/console/alike/", "rosters": "/console/rosters/",
    "inbox": "/console/inbox/", "desk": "/console/", "cases": "/console/cases/", "case": "/console/cases/{case}/",
    "case_map": "/console/map/points.json", "audit": "/console/audit/", "slots": "/console/slots/",
    "today": "/work/", "work_list": "/work/households/", "work_household": "/work/households/{household}/",
    "visit_form": "/work/households/{household}/visit/", "visited": "/work/visits/{visit}/",
    "appointments": "/work/appointments/", "ledger": "/ledger/", "ledger_case": "/ledger/{case}/",
}  # fmt: skip
LAYERS = (
    "grids",
    "buildings",
    "labels",
    "cases",
    "promises",
    "unvisited",
    "things",
    "organisations",
    "households",
)
MY = (
    "/my/",
    "/my/file/",
    "/my/looks/",
    "/my/requests/",
    "/my/visits/",
    "/my/file/{person}/",
    "/my/looks/{person}/",
)
STAFF = ("micro", "worker", "grid_head", "community_head", "street_head", "desk", "department", "member", "intake",
         "registrar", "auditor", "security", "neighbour_worker", "neighbour_head", "other_registrar")  # fmt: skip

with (Path(__file__).parent / "canaries.csv").open(newline="") as rows:
    SEEN = {
        (who, channel): (set(row["masked"].split()), set(row["clear"].split()))
        for row in csv.DictReader(rows)
        for who in row["who"].split()
        for channel in row["channel"].split()
    }


@scene
def town():
    here, at = factories.town(), timezone.now() - timedelta(hours=2)
    factories.grid("/zz/js/9/1/")
    household = factories.household(here, room=ROOM, unit="9")
    person = factories.person(
        here, household, NAME, phone=PHONE, identity=IDENTITY, emergency=EMERGENCY, birth_year=1931
    )
    child = factories.person(here, household, CHILD, phone="", birth_year=2020, guardian=person)
    archive.name_contact(household, by=COMMAND, at=at, person=person)
    for kind in ("living_alone", "medicine_reminder"):
        archive.grant_label(person, by=COMMAND, at=at, kind=kind)
    near = factories.family(here, room="301")
    case = factories.reported(here, by=here.micro, channel="visit", household=household, place="3号楼", at=at)
    visit = s1.write_visit_without_timelines(
        household, by=here.micro, at=at, mode="home", needs=[{"kind": "need", "words": CANARIES["need"][0]}],
        promises=[{"words": CANARIES["promise"][0], "due_on": (at + timedelta(days=2)).date()}],
    )  # fmt: skip
    slot = appointments.offer_slot(
        here.micro_grid, by=here.micro, at=at, kind="visit", place="家里", starts_at=noon(at), seats=3
    )
    me = Resident(person.pk, household.pk)
    appointments.book_slot(
        slot, by=me, at=at, household=household, person=person, words=CANARIES["appointment"][0]
    )
    request = requests.ask(person, by=me, at=at, kind="correct", words=CANARIES["request"][0])
    export = exports.ask(
        here.grid,
        by=here.registrar,
        at=at,
        purpose="notice",
        words="发停水通知",
        columns=["door", "name", "phone"],
    )
    Need.objects.filter(household=near).delete()
    parts = {
        "household": household.pk, "person": person.pk, "child": child.pk, "building": household.home.building_id,
        "home": household.home_id, "visit": visit.pk, "request": request.pk, "export": export.pk, "case": case.number,
    }  # fmt: skip
    return here, parts, export


def noon(at):
    return (at + timedelta(days=2)).replace(hour=4, minute=0)


def unpacked(response):
    """Return what a browser receives as text, with the parts of a spreadsheet unzipped and JSON unescaped."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    text = body.decode("utf-8", "replace")
    if "json" in response.headers.get("Content-Type", ""):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return text


def found_in(text):
    """Return the canaries in a text: (masked, clear)."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "", text)
    text = re.sub(
        r"<select.*?</select>|<(?:fieldset|datalist|details) data-yg-choices.*?</fieldset>",
        "",
        text,
        flags=re.S,
    )
    clear = {field for field, (word, _) in CANARIES.items() if said_alone(word, text)}
    masked = {field for field, (_, word) in CANARIES.items() if word and word in text}
    return masked - clear, clear


def channels(here, parts, export):
    """Yield (who, channel, text) of everything that leaves."""
    for who in (*STAFF, ""):
        browser = Client()
        if who:
            browser.force_login(getattr(here, who))
        for channel, address in CONSOLE.items():
            yield who, channel, unpacked(browser.get(address.format(**parts)))
        for layer in LAYERS:
            yield who, f"layer_{layer}", unpacked(browser.get(f"/console/people-map/layers/{layer}.json"))
        for how, q in (("phone", PHONE), ("name", NAME)):
            found = unpacked(browser.post("/console/households/search/", {"how": how, "q": q}))
            yield who, f"search_{how}", found.replace(f'value="{q}"', "")
        sheet = browser.post(f"/console/households/{parts['household']}/print/", {"reason": "visit"})
        yield who, "sheet", unpacked(sheet)
    yield from of_residents(here, parts)
    yield "registrar", "export_file", the_list(here, export)
    yield "auditor", "audit_file", audit_file(here)
    yield "anyone", "notices", "\n".join(f"{row.title} {row.body}" for row in Notice.objects.all())


def of_residents(here, parts):
    """What the neighbour next door, signed in to the own file, gets from every page of residents."""
    browser = Client()
    sign_in(browser, "19900000001")
    for address in MY:
        yield "neighbour", address, unpacked(browser.get(address.format(**parts)))


def the_list(here, export):
    exports.decide(export, by=here.second_registrar, at=timezone.now(), granted=True, answer="可以发")
    browser = Client()
    browser.force_login(here.registrar)
    return unpacked(browser.post(f"/console/exports/{export.pk}/fetch/"))


def audit_file(here):
    browser = Client()
    browser.force_login(here.auditor)
    return unpacked(browser.post("/console/audit/export/", {}))


# The table of danger words stands on many pages, the same for everybody; it names kinds of people, and nobody.
WORD_TABLE = re.compile(r'<script id="danger-words".*?</script>', re.S)


def wrong(here, parts, export):
    """Return every cell that is not as the table says, and how many cells there were."""
    faults, count = [], 0
    for who, channel, text in channels(here, parts, export):
        masked, clear = found_in(WORD_TABLE.sub("", text))
        may_mask, may_clear = SEEN.get((who or "nobody", channel), (set(), set()))
        count += len(CANARIES)
        faults += [f"{who or 'nobody'} {channel} {field}: clear" for field in clear - may_clear]
        faults += [f"{who or 'nobody'} {channel} {field}: masked" for field in masked - may_mask - may_clear]
        faults += [f"{who or 'nobody'} {channel} {field}: missing" for field in may_clear - clear]
        faults += [f"{who or 'nobody'} {channel} {field}: missing" for field in may_mask - masked - clear]
    return faults, count


def test_every_field_comes_out_where_the_table_says_and_nowhere_else(town, caplog):
    here, parts, export = town

    faults, count = wrong(here, parts, export)

    assert "\n".join(faults) == ""
    assert count >= 1_500
    logged = found_in(caplog.text)
    assert logged == (set(), set())


def test_a_serializer_that_forgets_its_mask_turns_it_red(town, monkeypatch):
    monkeypatch.setitem(sealing.MASKS, "name", lambda text: text)
    monkeypatch.setitem(globals(), "STAFF", ("micro", "grid_head", "registrar"))  # some are enough to see it
    here, parts, export = town

    faults, _ = wrong(here, parts, export)

    assert len([line for line in faults if line.endswith(" name: clear")]) >= 10
