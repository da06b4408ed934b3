"""A second press is safe: each form of staff, sent twice as it stood on its page, has one effect and a calm second answer."""

import re

from django.db import connection, transaction
from django.test import Client

from tests import factories, house
from tests.policy import places
from tests.policy.test_routes import POLICY
from tests.scenes import scene
from tests.web.presses import NOT_PRESSED, PRESSES
from tests.web.pressing import form_on
from yige.audit.models import LogEntry
from yige.console.admin.views import grids, offices, users
from yige.console.files.views import household_act, person_act, requests
from yige.console.rosters.views import likenesses, rosters
from yige.web.errors import DONE_BEFORE
from yige.worker.views import appointments

LOG = LogEntry._meta.db_table
PASSING = (
    "accounts_bucket",
    LOG,
)  # what counts tries; and the log, of which acts are compared and looks are not
TABLES = [
    model._meta.db_table
    for model in house.MODELS
    if model._meta.managed and model._meta.db_table not in PASSING
]
LOOKS = ("view", "reveal", "find", "search", "print", "log_in")


@scene
def here():
    return factories.town()


@scene
def made(here):
    return places.make(here)


def test_every_form_of_staff_is_pressed_or_says_why_not(here, made):
    client = Client()
    takes_forms = {
        route
        for route in POLICY
        if route.startswith(("console/", "work/")) and "POST" in client.options(made.address(route))["Allow"]
    }

    assert takes_forms ^ {press.route for press in PRESSES} ^ set(NOT_PRESSED) == set()


# Addresses with a verb whose forms differ: what each can name. Verbs of cases and of joint work share one form and one view.
VERBS = {
    "console/users/<uuid:pk>/<slug:verb>/": users.ACTS,
    "console/offices/<slug:slug>/<slug:verb>/": offices.SWITCH,
    "console/grids/<gridcode:code>/<slug:verb>/": grids.ACTS,
    "console/codes/<uuid:pk>/<slug:verb>/": grids.CODE_ACTS,
    "console/households/<uuid:household>/<slug:verb>/": household_act.ACTS,
    "console/people/<uuid:person>/<slug:verb>/": person_act.ACTS,
    "console/requests/<uuid:pk>/<slug:verb>/": requests.ACTS,
    "console/rosters/<uuid:run>/<slug:verb>/": rosters.DONE,
    "console/merges/<uuid:merge>/<slug:verb>/": likenesses.DECIDE,
    "work/appointments/<uuid:pk>/<slug:verb>/": appointments.VERBS,
}


def test_every_verb_with_a_form_of_its_own_is_pressed():
    pressed = {(press.route, press.verb) for press in PRESSES if press.route in VERBS}

    assert pressed == {(route, verb) for route, verbs in VERBS.items() for verb in verbs}


def test_each_form_sent_twice_has_one_effect(here, made):
    wrong = []
    for press in PRESSES:
        with transaction.atomic():
            sentence = wrong_with(press, here, made)
            wrong += [f"{press.route} {press.verb}: {sentence}"] if sentence else []
            transaction.set_rollback(True)

    assert "\n".join(wrong) == ""


def wrong_with(press, here, made):
    """Send it twice; return what is wrong with it, or ""."""
    client = Client(raise_request_exception=False, headers={"Referer": "http://testserver/console/"})
    client.force_login(getattr(here, press.who or min(places.named(POLICY[press.route]["who"]))))
    page, action = addresses(press, here, made)
    form = form_on(client, page, action)
    if form is None:
        return f"it does not stand on {page}"
    states, answers = [everything()], []
    for _ in range(2):
        said = {name: value() if callable(value) else value for name, value in press.typed.items()}
        said = {name: str(here.grid.pk) if value == "GRID" else value for name, value in said.items()}
        answers.append(client.post(form.action, form.filled_in(said)))
        states.append(everything())
    if not changed(*states[:2]):
        return f"the first press does nothing ({answers[0].status_code})"
    again = changed(*states[1:])
    return (
        f"the second press ({answers[1].status_code}) changes {again}"
        if again or not calm(answers[1])
        else ""
    )


def calm(answer):
    """It is done, or the page itself says why not; what is not there any more says that it may be done."""
    return answer.status_code in (200, 302, 409, 422) or (
        answer.status_code == 404 and DONE_BEFORE[1] in answer.text
    )


def addresses(press, here, made):
    """Return the page on which the form stands, and a pattern of where it is sent."""
    parts = {
        **made.common,
        **made.own.get(press.route, {}),
        **(press.given(here) or {} if press.given else {}),
    }
    parts |= {"slug:verb": press.verb or parts["slug:verb"]}
    own = {**parts, **({} if press.given else made.own.get(press.page.partition("?")[0], {}))}
    page = re.sub(r"[<{]([^>}]+)[>}]", lambda part: str(own[part[1]]), press.page or press.route)
    return f"/{page}", f"/{re.sub(r'<([^>]+)>', lambda part: str(parts[part[1]]), press.route)}"


def everything():
    """Return a digest of every table, and the acts in the log."""
    digests = [f"(select md5(string_agg(t::text, '|' order by t::text)) from {table} t)" for table in TABLES]
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(digests)}")
        found = dict(zip(TABLES, cursor.fetchone(), strict=True))
    verbs = LogEntry.objects.order_by("id").values_list("verb", flat=True)
    return found | {LOG: [verb for verb in verbs if not verb.partition(".")[2].startswith(LOOKS)]}


def changed(before, after):
    return [table for table in before if before[table] != after[table]]
