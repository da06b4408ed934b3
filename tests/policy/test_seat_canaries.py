"""What the seat of the district gets of a case, page by page: looked for as text, against a table written by hand.

It works with what lies with the district and was raised from its streets. It never gets the reporter, a file, what was
merged, another case of the same caller or place, a case that the street took back, or one of another seat's street.
"""

import io
import zipfile
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import act, life, reported, staff
from tests.scenes import scene
from yige.audit.models import LogEntry
from yige.cases.reporters import ReporterContact
from yige.lib import masks

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=6)
PHONE, SECOND_PHONE, FELLOW_PHONE = "19955551111", "19955554444", "19955557777"
CANARIES = {
    "words": "雀词暖气漏了", "door": "7077", "tried": "雀试过关阀", "asked": "雀请区里协调", "contacted": "约了下午去看",
    "name": "欧阳金丝雀", "old_name": "司马白文鸟", "masked_name": masks.name("欧阳金丝雀"), "phone": SECOND_PHONE, "masked_phone": masks.phone(SECOND_PHONE),
    "old_phone": PHONE, "old_masked": masks.phone(PHONE), "old_masked_name": masks.name("司马白文鸟"),
    "resident": "诸葛相思鸟", "fellow_words": "雀邻也说漏水", "fellow_name": "上官画眉鸟", "fellow_phone": FELLOW_PHONE,
    "fellow_masked": masks.phone(FELLOW_PHONE), "other": "雀另路灯不亮", "back": "雀回树枝断了", "back_asked": "雀回请区里修树", "far": "雀远井盖丢了",
}  # fmt: skip
OPEN = {"words"}
PAGE = {"words", "door", "tried", "asked", "contacted"}
PLACE = {"other", "back", "fellow_words"}  # what else is known of the place
REPORTER = {"masked_name", "masked_phone", "old_masked", "old_masked_name"}
# fmt: off
SEEN = {
    # who     page:                                       what stands there
    ("seat",  "/console/"):                               OPEN | {"door"},
    ("seat",  "/console/cases/"):                         OPEN | {"door"},
    ("seat",  "/console/cases/?view=all&q=雀"):           OPEN | {"door"},
    ("seat",  f"/console/cases/?q={SECOND_PHONE}"):              OPEN | {"door"},             # a number is never searched by an address
    ("seat",  "/console/waiting/"):                       set(),
    ("seat",  "/console/units/"):                         set(),
    ("seat",  "/console/map/points.json"):                set(),
    ("seat",  "/console/inbox/"):                         {"asked", "back", "back_asked"},     # it stood with the seat
    ("seat",  "/console/cases/{case}/"):                  PAGE,
    ("seat",  "/console/cases/{case}/?do=assign"):        PAGE,
    ("seat",  "/console/cases/{case}/?why=1"):            PAGE,
    ("seat",  "/console/cases/{case}/merge/"):            set(),
    ("seat",  "/console/intake/{case}/receipt/"):         set(),
    ("seat",  "/console/follow-ups/{case}/"):             set(),
    ("seat",  "/console/cases/{merged}/"):                set(),
    ("seat",  "/console/cases/{other}/"):                 set(),
    ("seat",  "/console/cases/{back}/"):                  set(),
    ("seat",  "/console/cases/{far}/"):                   set(),
    ("seat",  "/console/whistles/"):                      set(),
    ("seat",  "/console/duties/"):                        set(),
    ("seat",  "/console/households/{household}/"):        set(),
    ("seat",  "/console/people/{person}/"):               set(),
    ("seat",  "/work/households/{household}/"):           set(),
    ("seat_x", "/console/cases/"):                        {"far"},
    ("seat_x", "/console/cases/{case}/"):                 set(),
    # the desk of the street gets what the seat does not, so that the canaries are there to be found
    ("desk",  "/console/cases/{case}/"):                  PAGE | PLACE | REPORTER,
    ("desk",  "/console/cases/{merged}/"):                PAGE - {"contacted"} | PLACE | {"fellow_masked"},
    ("desk",  "/console/cases/{back}/"):                  {"words", "door", "back_asked"} | PLACE,
}
POSTED = {
    ("seat",  "/console/cases/export/"):                  OPEN | {"door"},
    ("seat",  "/console/cases/{case}/contact/reveal/"):   PAGE,
    ("seat",  "/console/cases/{other}/contact/reveal/"):  set(),
    ("seat",  "/console/cases/{back}/send_down/"):        set(),
    ("seat",  "/console/cases/callers/"):                 set(),
    ("seat",  "/console/households/search/"):             set(),
}
# fmt: on
TYPED = {"reason": "联系反映人", "q": SECOND_PHONE, "how": "phone", "answer": "好", "direction": "修"}


@scene
def pages():
    here = factories.town()
    here.seat_x = staff("seat_x", "district_seat", "/zzz/", here.district_unit)
    household = factories.household(here, room="7077")
    person = factories.person(here, household, CANARIES["resident"])
    told = {"name": CANARIES["old_name"], "phone": PHONE}
    said = {"place": "3号楼2单元7077", "contact": told, "at": AGO, "household": household}
    case = life(here, "handling", words=CANARIES["words"], **said)
    act(
        "correct_slip",
        case,
        by=here.desk,
        at=AGO + timedelta(hours=2),
        contact=ReporterContact(CANARIES["name"], SECOND_PHONE),
    )
    fellow = {"name": CANARIES["fellow_name"], "phone": FELLOW_PHONE}
    merged = reported(here, at=AGO, words=CANARIES["fellow_words"], contact=fellow)
    act("merge", merged, by=here.desk, at=AGO + timedelta(hours=2), into=case)
    other = reported(here, at=AGO, words=CANARIES["other"], place="3号楼2单元", contact=told)
    back = raise_to_district(life(here, "accepted", at=AGO, words=CANARIES["back"]), here.desk, "back_asked")
    act("take_back", back, by=here.desk, at=NOW, words="街道自己修")
    far = reported(here, at=AGO, grid=here.other_street, words=CANARIES["far"])
    far = act(
        "accept", far, by=here.other_desk, at=AGO, category=far.category, urgency="normal", nature="public"
    )
    raise_to_district(far, here.other_desk, "far")
    raise_to_district(case, here.desk, "asked")
    return here, {
        "case": case.number, "merged": merged.number, "other": other.number, "back": back.number, "far": far.number,
        "household": household.pk, "person": person.pk,
    }  # fmt: skip


def raise_to_district(case, by, asked):
    tried = CANARIES["tried"] if asked == "asked" else "找过"
    return act("escalate", case, by=by, at=AGO + timedelta(hours=3), tried=tried, asked=CANARIES[asked])


def text_of(response):
    """Return what a browser gets as text: a sheet unpacked, the words of JSON as they are read."""
    if response.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return response.content.decode(
        "unicode-escape" if "json" in response.headers["Content-Type"] else "utf-8"
    )


def found_in(text):
    return {name for name, words in CANARIES.items() if words in text}


def differences(here, named, table, ask):
    wrong = []
    for (who, page), expected in table.items():
        client = Client()
        client.force_login(getattr(here, who))
        found = found_in(text_of(ask(client, page.format(**named))))
        if found != expected:
            wrong.append(
                f"{who} {page}: too much {sorted(found - expected)}, missing {sorted(expected - found)}"
            )
    return "\n".join(wrong)


def test_every_word_comes_out_where_the_table_says_and_nowhere_else(pages):
    here, named = pages

    assert differences(here, named, SEEN, lambda client, page: client.get(page)) == ""


def test_no_form_gives_the_seat_more(pages):
    here, named = pages
    lines = LogEntry.objects.exclude(verb="cases.export").count()

    assert (
        differences(
            here, named, POSTED, lambda client, page: client.post(page, {} if "export" in page else TYPED)
        )
        == ""
    )
    assert differences(here, named, {key: set() for key in POSTED if "reveal" in key[1]}, as_part) == ""
    assert LogEntry.objects.exclude(verb="cases.export").count() == lines


def as_part(client, page):
    return client.post(page, TYPED, headers={"HX-Request": "true"})
