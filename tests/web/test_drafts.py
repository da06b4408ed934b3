"""What is typed is kept on the device for its person until it was taken: every form says whether, and the server says when."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from tests import factories, house
from tests.scenes import scene
from yige.web.presence import IDLE, SEEN
from yige.web.sent_forms import COOKIE

# Forms of staff that keep nothing although they hold a text, and why.
NO_DRAFT = {
    "console/maps/grid_outline.html": "half a drawing would be taken for the outline",
}
# Templates with forms of staff in which something is typed and nothing is kept, and why.
ONE_LINE = "one number or one tap; there is nothing to lose"
SEARCH = "what is looked for stays on no device"
FILE = "a file is chosen, and that no page can keep"
NOT_KEPT = {
    "console/admin/grid.html": ONE_LINE,
    "console/admin/grid_sheets.html": FILE,
    "console/admin/parts/grid_codes.html": ONE_LINE,
    "console/admin/rules.html": ONE_LINE,
    "console/cases/callers.html": SEARCH,
    "console/cases/parts/queue_filter.html": SEARCH,
    "console/cases/queue.html": ONE_LINE,
    "console/contact/links.html": "everything is chosen from lists, but for the door of a home",
    "console/deliberation/roll_sheets.html": FILE,
    "console/deliberation/parts/secret_form.html": "a code of a secret slip stays on no device",
    "console/duty_list/duty_sheets.html": FILE,
    "console/duty_roster/import.html": FILE,
    "console/files/file_act.html": "who lives where, names and numbers of residents stay on no device",
    "console/files/request_new.html": SEARCH,
    "console/maps/grid_outline.html": NO_DRAFT["console/maps/grid_outline.html"],
    "console/places/place_sheets.html": FILE,
    "console/rosters/roster_new.html": FILE,
    "console/whistles/link_answer.html": "the day stands there already; the words beside it are kept",
    "worker/household.html": ONE_LINE,
}
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
IS_TYPED = re.compile(
    r"web/parts/field\.html|<textarea|<input(?![^>]*type=\"(?:hidden|checkbox|radio|submit)\")"
)
# Templates with forms of residents that keep nothing, and why: a phone may be somebody else's too.
ABOUT_ONESELF = "words about one's own case or file stay on no phone that others may use"
NOTHING_OF_RESIDENTS = {
    "portal/joint.html": "it opens once by a link, and is an answer of an office",
    "portal/lookup.html": ONE_LINE,
    "portal/my_ask.html": ABOUT_ONESELF,
    "portal/my_calls.html": ABOUT_ONESELF,
    "portal/my_code.html": ONE_LINE,
    "portal/my_council.html": ABOUT_ONESELF,
    "portal/my_help.html": ONE_LINE,
    "portal/my_home.html": ONE_LINE,
    "portal/my_objection.html": ABOUT_ONESELF,
    "portal/my_organisation.html": "there is nothing to type",
    "portal/my_reports.html": ONE_LINE,
    "portal/my_sign_in.html": ONE_LINE,
    "portal/my_visits.html": ABOUT_ONESELF,
    "portal/my_vote.html": ONE_LINE,
    "portal/my_who.html": ONE_LINE,
    "portal/my_wishes.html": ABOUT_ONESELF,
    "portal/my_withdraw.html": ONE_LINE,
    "portal/parts/call_button.html": ONE_LINE,
    "portal/parts/helped.html": ONE_LINE,
    "portal/parts/report_in.html": ONE_LINE,
    "portal/parts/section.html": ABOUT_ONESELF,
    "portal/parts/wish_button.html": ONE_LINE,
    "portal/secret_ballot.html": "how somebody votes stays on no device",
}
MARK = re.compile(r'data-yg-person="([^"]+)" data-yg-draft-key="([^"]+)"')


def templates_with(pattern, surfaces):
    """Return the names of the templates of these surfaces in which the pattern stands."""
    ours = [path for path in house.templates() if house.shown(path).startswith(surfaces)]
    found = [path for path in ours if re.search(pattern, path.read_text())]
    return {house.shown(path).rpartition("/templates/")[2] for path in found}


def test_each_form_of_residents_keeps_its_words_or_is_listed_with_the_reason():
    forms, keep = (templates_with(what, "yige/portal/") for what in ('method="post"', "data-yg-draft="))

    assert keep == {"portal/report.html", "portal/platform.html"}
    assert forms - keep == set(NOTHING_OF_RESIDENTS)


def test_each_form_of_staff_takes_part_by_itself_or_is_listed_with_the_reason():
    staff = ("yige/console/", "yige/worker/")

    assert templates_with("data-yg-no-draft", staff) == set(NO_DRAFT)
    assert (
        templates_with("data-yg-draft=", staff) == set()
    )  # a place of its own would have no person, no end and no seal


def forms_that_forget(text):
    """Return the forms of a template in which something is typed and that do not say that they keep it."""
    sent = [form for form in FORM.findall(text) if 'method="post"' in form.partition("{% csrf")[0]]
    return [form for form in sent if IS_TYPED.search(form) and "data-yg-keep" not in form]


def test_each_form_of_staff_in_which_something_is_typed_keeps_it_or_is_listed_with_the_reason():
    ours = [
        path for path in house.templates() if house.shown(path).startswith(("yige/console/", "yige/worker/"))
    ]
    forget = {
        house.shown(path).rpartition("/templates/")[2] for path in ours if forms_that_forget(path.read_text())
    }
    log_in = {name for name in forget if name.startswith(("account/", "mfa/", "console/account/"))}

    assert forget - log_in == set(NOT_KEPT)


@pytest.mark.parametrize(
    ("form", "forgets"),
    [
        ('<form method="post">{% csrf_token %}{% include "web/parts/field.html" %}</form>', True),
        ('<form method="post" data-yg-keep>{% csrf_token %}<input name="words"></form>', False),
        ('<form method="post">{% csrf_token %}<input\n  type="hidden"\n name="key"></form>', False),
        ('<form method="get"><input name="words"></form>', False),
    ],
)
def test_a_form_in_which_something_is_typed_is_known_by_its_template(form, forgets):
    assert bool(forms_that_forget(form)) is forgets


@pytest.mark.parametrize(("name", "address", "stays_out"), [
    ("desk", "/console/duty-roster/units/bureau/", 'name="phone" inputmode="tel"'),
    ("security", "/console/users/new/", 'name="phone" data-yg-private'),
])  # fmt: skip
def test_a_form_that_keeps_leaves_out_the_telephone(here, client, settings, name, address, stays_out):
    settings.YIGE_SECOND_FACTOR = False
    client.force_login(getattr(here, name))
    text = client.get(address).text

    assert "data-yg-keep" in text
    assert stays_out in text


@scene
def here():
    return factories.town()


def test_pages_of_staff_say_whose_drafts_they_keep_and_each_person_has_a_key_of_his_own(here, client):
    keys = {}
    for name, page in (
        ("desk", "/console/"),
        ("worker", "/console/"),
        ("micro", "/work/"),
        ("grid_head", "/work/"),
    ):
        client.force_login(getattr(here, name))
        person, keys[name] = MARK.search(client.get(page).text).groups()
        assert person == str(getattr(here, name).pk)

    assert len(set(keys.values())) == 4
    assert not MARK.search(client.get("/report/").text)
    assert not MARK.search(Client().get("/accounts/login/").text)


@scene
def case(here):
    return factories.life(here, until="handling")


def sent_cookie(answer):
    cookie = answer.cookies.get(COOKIE)
    return cookie and unquote(cookie.value)


def test_only_a_form_that_was_taken_is_named_to_the_next_page(here, case, client):
    client.force_login(here.worker)
    address = f"/console/cases/{case.number}/progress/"

    refused = client.post(address, {"words": ""})
    taken = client.post(f"{address}?with=1&refused=abc", {"words": "灯头到了"})

    assert (refused.status_code, sent_cookie(refused)) == (422, None)
    assert (taken.status_code, sent_cookie(taken)) == (302, f"{address}?with=1")


def test_a_form_that_met_the_log_in_is_not_taken(here, case, client):
    client.force_login(here.worker)
    session = client.session
    session[SEEN] = factories.MONDAY_NOON.timestamp() - 2 * IDLE
    session.save()

    idled = client.post(f"/console/cases/{case.number}/progress/", {"words": "灯头到了"})
    nobody = Client().post(f"/console/cases/{case.number}/progress/", {"words": "灯头到了"})

    assert [(one.status_code, sent_cookie(one)) for one in (idled, nobody)] == [(302, None)] * 2


def test_words_about_the_platform_are_forgotten_once_they_were_sent(client, db):
    form = client.get("/platform/").context["form"]

    sent = client.post(
        "/platform/", {"words": "字太小", "key": form["key"].value(), "page": "/"}, follow=True
    )

    assert 'data-yg-draft-sent="platform"' in sent.text
    assert 'data-yg-draft-sent="platform"' not in client.get("/platform/").text
