"""Every door through which words of or about residents come in: danger is heard there, advice is shown, people are told."""

import inspect
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from tests import factories
from tests.factories import category
from tests.portal.residents import resident, slot
from tests.scenes import scene
from yige.archive.models import Person
from yige.cases import dangers
from yige.cases.models import Case, PlatformComplaint
from yige.cases.workflow import LISTENS, MOVES
from yige.channels.ledger.columns import read_mapping
from yige.channels.ledger.reading import Ledger
from yige.contact.models import Appointment, Need
from yige.lib.sheets import SheetRow
from yige.notices.models import Notice
from yige.portal import links
from yige.steps import danger_doors
from yige.steps.verbs import VERBS

GAS, LAMP = "屋里有煤气味，头晕", "想问问路灯的事"
KEY = "k" * 24
LIST = """
source = "x"
columns = {number = "n", words = "w", reported_at = "t"}
otherwise = {grid = "GRID", category = "other.unsure", channel = "h12345"}
"""
# Where free words are kept, and how a danger in them is heard; what doers and heads write of their own work is not.
KEPT_WORDS = {
    "cases.case": "heard when it is reported (tests/steps/test_danger.py)",
    "cases.entry": "the words of the verbs below",
    "cases.rating": "verb rate",
    "cases.followup": "verb follow_up",
    "cases.platformcomplaint": "danger_doors.complain",
    "contact.need": "asked about at the door (tests/worker/test_visit.py); danger_doors.raise_need",
    "contact.appointment": "danger_doors.book_slot",
    "archive.rightsrequest": "danger_doors.ask_about_file",
    "deliberation.deliberation": "danger_doors.raise_matter; what everybody reads is a head's",
    "deliberation.question": "danger_doors.answer_question",
    "deliberation.objection": "danger_doors.object_to",
    "deliberation.decision": "a head",
    "deliberation.step": "a head",
    "deliberation.deliberationline": "the words of the verbs above",
    "contact.promise": "what a visitor promises",
    "contact.answer": "verb answer_at_visit where a case is answered; else what a visitor says",
    "cases.return": "a doer",
    "cases.ask": "a doer",
    "cases.exclusion": "a unit about its own figures, and a head",
    "cases.lookback": "a head",
    "archive.export": "a keeper of files",
    "alliance.volunteercall": "a head; thanks of a reporter are answered by what one does in a danger (redirect_heard)",
    "alliance.wish": "danger_doors.make_wish",
}
# Verbs that residents, or who writes for them, have beside those that are listened to.
NO_WORDS_OF_A_RESIDENT = {"cancel": "a slip of the office", "correct": "why the office corrects", "move_grid": "the same", "settle": "a doer's own find"}  # fmt: skip
BARE = re.compile(
    r"wishes\.make_wish|deliberation\.raise_matter|actions\.raise_matter|carrying_out\.object_to|appointments\.book_slot|\braise_need\b|rights\.ask\b|cases\.complain|actions\.complain"
)


@scene
def here():
    category()
    town = factories.town()
    town.family = factories.family(town)
    town.old, _ = Person.objects.of(town.family).order_by("made_at", "id")
    return town


def told(case=None):
    rows = Notice.objects.filter(kind="danger", urgent=True)
    return set(rows.filter(subject_id=case.pk if case else None).values_list("user_id", flat=True))


def the_case(here):
    """Return the one case that stands on top, of which every head was told; it is public nowhere."""
    case = Case.objects.get(alarm_at__isnull=False)
    heads = {person.pk for person in (here.desk, here.street_head, here.community_head, here.grid_head)}
    assert told(case) == heads
    return case


def test_no_words_are_kept_for_which_nobody_decided_how_they_are_heard():
    rooms = [
        apps.get_app_config(name).get_models()
        for name in ("cases", "contact", "archive", "deliberation", "alliance")
    ]
    kept = {model._meta.label_lower for room in rooms for model in room if has_words(model)}

    assert kept == set(KEPT_WORDS)


def has_words(model):
    return any(field.name in ("words", "public_words") for field in model._meta.concrete_fields)


def test_every_verb_with_words_of_a_resident_is_listened_to():
    mouths = {"reporter", "fellow", "intake", "hearer", "visitor"}
    spoken = {move.verb for move in MOVES if mouths & set(move.who) and takes_words(VERBS.get(move.verb))}

    assert spoken - set(LISTENS) == set(NO_WORDS_OF_A_RESIDENT)


def takes_words(verb):
    return verb is not None and "words" in inspect.signature(verb).parameters


def test_no_surface_takes_words_in_past_the_doors_that_hear():
    files = [path for room in ("console", "worker", "portal") for path in Path("yige", room).rglob("*.py")]
    past = [
        f"{path}: {found[0]}"
        for path in files
        if (found := BARE.search(strip_labels(path.read_text("utf-8"))))
    ]

    assert past == []


def strip_labels(code):
    """Leave out names of acts as the log writes them, in quotes."""
    return re.sub(r'"[^"\n]*"', '""', code)


@pytest.mark.parametrize(
    ("door", "said", "back"),
    [
        ("/my/slots/{slot}/book/", {}, "/my/visits/"),
        ("/my/requests/new/", {"kind": "explain"}, "/my/requests/"),
    ],
)
def test_a_resident_who_writes_of_danger_on_the_own_pages_is_heard(client, here, door, said, back):
    free = slot(here)
    resident(client)
    Case.objects.all().delete()
    answer = client.post(door.format(slot=free.pk), {**said, "words": GAS, "key": KEY})

    assert answer["Location"] == f"{back}?heard=gas,ill".replace(",", "%2C")
    assert dangers.BY_KIND["gas"].advice in client.get(answer["Location"]).text
    case = the_case(here)
    assert (case.words, case.nature, case.household, case.reported_by) == (GAS, "personal", here.family, None)
    assert not case.entries.filter(by_id=here.old.pk).exists()
    assert case.reporter.phone_sealed

    client.post(door.format(slot=free.pk), {**said, "words": GAS, "key": KEY})
    assert Case.objects.filter(alarm_at__isnull=False).count() == 1


def test_ordinary_words_on_the_own_pages_stay_what_they_are(client, here):
    free = slot(here)
    resident(client)

    assert client.post(f"/my/slots/{free.pk}/book/", {"words": LAMP})["Location"] == "/my/visits/"
    assert Appointment.objects.get().words == LAMP
    assert (Case.objects.count(), told()) == (0, set())


def test_a_need_that_is_written_down_and_tells_of_danger_has_its_case(here):
    made = danger_doors.raise_need(here.family, by=here.micro, at=timezone.now(), kind="problem", words=GAS)

    assert Need.objects.get(pk=made.pk).case == the_case(here)


def test_a_word_about_the_platform_that_tells_of_danger_reaches_the_street(client, here):
    answer = client.post("/platform/", {"words": "没人管，我不想活了", "key": "0" * 32})

    assert dangers.LIFE_ADVICE in client.get(answer["Location"]).text
    assert told() == {here.desk.pk, here.street_head.pk, here.other_desk.pk}
    assert PlatformComplaint.objects.count() == 1
    client.post("/platform/", {"words": "页面看不清", "key": "1" * 32})
    assert Notice.objects.filter(kind="danger").count() == 3


@pytest.mark.parametrize(("days", "rings"), [(1, True), (10, False)])
def test_a_list_rings_for_what_is_new_and_says_what_it_heard(here, days, rings):
    now = timezone.now()
    mapping = read_mapping(LIST.replace("GRID", here.grid.path))
    when = timezone.localtime(now - timedelta(days=days))
    row = SheetRow(2, {"n": "A1", "w": GAS, "t": f"{when:%Y-%m-%d %H:%M}"})

    taken = Ledger(mapping, now).take(row)
    assert taken.why.startswith("写到“煤气味”，可能漏燃气。")
    assert ("告诉了值班的人" in taken.why) == rings
    assert Case.objects.filter(alarm_at__isnull=False).exists() == rings
    if rings:
        assert the_case(here).unanswered_at == now
    assert Ledger(mapping, now).take(row).what == "known"


@pytest.mark.parametrize(
    "page",
    ["/report/", "/platform/", "/my/visits/", "/my/requests/new/", "/console/intake/", "case", "visit"],
)
def test_whoever_types_reads_whom_to_call_without_sending(client, here, page):
    slot(here)
    resident(client)
    client.force_login(here.grid_head)
    if page == "case":
        page = links.address(factories.reported(here))
    page = f"/work/households/{here.family.pk}/visit/" if page == "visit" else page

    html = client.get(page).text
    assert html.count("data-yg-danger ") == html.count('id="danger-words"') == 1
