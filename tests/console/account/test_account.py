from tests import factories


def test_own_devices_are_seen_and_ended(here, client):
    mine, other, stranger = client, type(client)(), type(client)()
    for opened, name in ((mine, "worker"), (other, "worker"), (stranger, "desk")):
        opened.post("/accounts/login/", {"login": name, "password": factories.PASSWORD})
        opened.get("/console/")
    sessions = {
        session.session_key: session.pk for session in mine.get("/console/account/").context["sessions"]
    }
    foreign = stranger.get("/console/account/").context["sessions"][0].pk

    refused = mine.post(f"/console/account/sessions/{foreign}/end/")
    own = mine.post(f"/console/account/sessions/{sessions[mine.session.session_key]}/end/")
    mine.post(f"/console/account/sessions/{sessions[other.session.session_key]}/end/")

    assert len(sessions) == 2
    assert (refused.status_code, own.status_code) == (404, 404)
    assert other.get("/console/").status_code == 302
    assert mine.get("/console/").status_code == 200
    assert stranger.get("/console/").status_code == 200
