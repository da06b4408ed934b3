"""The three administrations act inside their place: beside it nothing is seen, nothing is done, nothing is read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import MONDAY_NOON as AT
from tests.scenes import scene
from yige.accounts import actions, duties, oversight
from yige.accounts.actors import COMMAND
from yige.accounts.models import Post, User
from yige.audit.log import write
from yige.audit.models import LogEntry
from yige.grids import actions as grids
from yige.lib.refusals import NotAllowed

PLACES = {"other": ("/zzz/", "street_z_unit"), "team": ("/zz/js/9/", "team_unit")}


@scene
def beside(here):
    """The same three administrations in the next street, and one of a single grid."""
    for name, (path, unit) in PLACES.items():
        for role in ("security_admin", "system_admin", "auditor"):
            who = factories.staff(f"{name}_{role}", role, path, getattr(here, unit))
            setattr(here, f"{name}_{role}", who)
    return here


def door(user):
    client = Client()
    client.force_login(user)
    return client


def listed(user, **asked):
    return {row.username for row in door(user).get("/console/users/", asked).context["page"]}


def standing(user):
    user = User.objects.get(pk=user.pk)
    posts = tuple(user.posts.order_by("pk").values_list("pk", "until"))
    return user.password, user.is_active, user.name, posts


def test_list_shows_the_accounts_of_the_own_place(beside):
    shared = {"idle"}

    assert listed(beside.other_security_admin) == shared | {
        "other_registrar", "other_desk", "other_security_admin", "other_system_admin", "other_auditor",
    }  # fmt: skip
    assert "neighbour_worker" not in listed(beside.team_security_admin)
    assert {"worker", "micro", "grid_head"} <= listed(beside.team_security_admin)
    assert not {"other_registrar", "other_desk"} & listed(beside.security)


ACTS = {
    "describe": {"name": "改名", "phone": "19900000001", "email": ""},
    "give": {"role": "intake", "path": "/zz/", "since": "2026-01-01"},
    "reset": {},
    "factors": {},
    "sessions": {},
    "deactivate": {},
    "activate": {},
}


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize(("who", "victim"), [("other", "registrar"), ("team", "neighbour_worker")])
def test_nothing_is_done_to_an_account_of_elsewhere(beside, who, victim, verb):
    keeper, subject = getattr(beside, f"{who}_security_admin"), getattr(beside, victim)
    before, lines = standing(subject), LogEntry.objects.count()

    said = ACTS[verb] | ({"unit": beside.street_unit.pk} if verb == "give" else {})
    response = door(keeper).post(f"/console/users/{subject.pk}/{verb}/", said)

    assert response.status_code == 404
    assert door(keeper).get(f"/console/users/{subject.pk}/").status_code == 404
    assert (standing(subject), LogEntry.objects.count()) == (before, lines)


def test_post_of_elsewhere_is_neither_ended_nor_given(beside):
    keeper, post = beside.other_security_admin, beside.registrar.posts.get()
    said = {"role": "intake", "unit": beside.street_z_unit.pk, "path": "/zz/", "since": "2026-01-01"}

    ended = door(keeper).post(f"/console/posts/{post.pk}/end/")
    given = door(keeper).post(f"/console/users/{beside.other_desk.pk}/give/", said)

    assert (ended.status_code, given.status_code) == (404, 422)
    assert Post.objects.get(pk=post.pk).until is None
    assert beside.other_desk.posts.count() == 1


VERBS = {
    "describe": lambda here, by: actions.describe_user(here.registrar, by=by, at=AT, name="改名"),
    "deactivate": lambda here, by: actions.deactivate(here.registrar, by=by, at=AT),
    "activate": lambda here, by: actions.activate(here.registrar, by=by, at=AT),
    "reset": lambda here, by: actions.reset_password(here.registrar, by=by, at=AT),
    "factors": lambda here, by: actions.remove_factors(here.registrar, by=by, at=AT),
    "sessions": lambda here, by: actions.end_sessions(here.registrar, by=by, at=AT),
    "end": lambda here, by: actions.end_post(here.registrar.posts.get(), by=by, at=AT),
    "give": lambda here, by: actions.give_post(
        here.other_desk, by=by, at=AT, role="intake", unit=here.street_unit, path="/zz/", since=AT.date()
    ),
    "unit": lambda here, by: actions.close_unit(here.station_unit, by=by, at=AT),
    "new unit": lambda here, by: actions.make_unit(
        None, by=by, at=AT, slug="u1", name="新站", kind="station", path="/zz/"
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_refuse_what_the_pages_do_not_show(beside, verb):
    with pytest.raises(NotAllowed) as refused:
        VERBS[verb](beside, beside.other_security_admin)

    assert refused.value.sentence == duties.ELSEWHERE


def test_account_of_two_places_is_kept_by_who_keeps_both(beside):
    Post.objects.create(
        user=beside.desk, role="desk", unit=beside.street_z_unit, path="/zzz/", since=AT.date()
    )
    both = factories.staff("both", "security_admin", "/zz/", beside.street_unit)
    Post.objects.create(
        user=both, role="security_admin", unit=beside.street_z_unit, path="/zzz/", since=AT.date()
    )

    for keeper in (beside.security, beside.other_security_admin):
        assert "desk" in listed(keeper)
        with pytest.raises(NotAllowed):
            actions.reset_password(beside.desk, by=keeper, at=timezone.now())
    actions.reset_password(beside.desk, by=both, at=timezone.now())


def test_account_without_a_post_belongs_to_where_it_was_made(beside):
    fresh = actions.make_user(None, by=beside.security, at=AT, username="fresh", name="新人")

    assert "fresh" in listed(beside.security)
    assert "fresh" not in listed(beside.other_security_admin)
    with pytest.raises(NotAllowed):
        actions.reset_password(fresh, by=beside.other_security_admin, at=AT)


def test_closed_account_stays_with_its_last_place(beside):
    actions.deactivate(beside.worker, by=beside.security, at=timezone.now() - timedelta(days=3))

    assert "worker" in listed(beside.security, state="closed")
    assert "worker" not in listed(beside.other_security_admin, state="closed")


def test_last_administrator_of_a_place_stays_though_others_have_theirs(beside):
    with pytest.raises(NotAllowed):
        actions.deactivate(beside.other_security_admin, by=COMMAND, at=timezone.now())


def test_offices_of_elsewhere_are_not_there(beside):
    keeper = door(beside.other_security_admin)

    shown = {unit.slug for unit in keeper.get("/console/offices/").context["page"]}

    assert shown == {"street_z", "bureau", "district", "property"}
    assert keeper.post("/console/offices/station/close/").status_code == 404
    assert keeper.post("/console/offices/bureau/close/").status_code == 422  # its people hold posts here


def test_system_administrator_changes_the_own_grids_alone(beside):
    keeper = door(beside.other_system_admin)
    code = beside.grid.code

    assert keeper.get(f"/console/grids/{code}/").status_code == 404
    assert keeper.post(f"/console/grids/{code}/rename/", {"name": "改名"}).status_code == 404
    with pytest.raises(NotAllowed):
        grids.rename(beside.grid, by=beside.other_system_admin, at=AT, name="改名")
    with pytest.raises(NotAllowed):
        grids.make(beside.community, by=beside.other_system_admin, at=AT, code="zz-js-8", name="新")
    assert grids.rename(beside.other_street, by=beside.other_system_admin, at=AT, name="改名").name == "改名"


def test_auditor_reads_what_people_of_the_own_place_did(beside):
    at = timezone.now()
    actions.describe_user(beside.worker, by=beside.security, at=at, name="改名")
    actions.describe_user(beside.other_desk, by=beside.other_security_admin, at=at, name="改名")

    def read(auditor):
        lines = oversight.search_log(auditor, at, verb="accounts.describe_user")
        return {line.actor_id for line in lines}

    assert read(beside.auditor) == {beside.security.pk}
    assert read(beside.other_auditor) == {beside.other_security_admin.pk}


def test_auditor_reads_what_somebody_of_elsewhere_did_to_an_account_here(beside):
    """Were the wall between two places ever passed, the line would be read on both sides."""
    at = timezone.now()
    write(
        "accounts.end_sessions",
        by=beside.other_security_admin,
        at=at,
        kind="accounts.user",
        pk=beside.worker.pk,
    )

    lines = oversight.search_log(beside.auditor, at, verb="accounts.end_sessions")

    assert [line.actor_id for line in lines] == [beside.other_security_admin.pk]
