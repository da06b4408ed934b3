"""What is not there, or not theirs, keeps the menu for staff; nobody else sees one."""

import pytest

from tests import factories
from tests.scenes import scene
from yige.web import errors


@scene
def here():
    return factories.town()


@pytest.mark.parametrize(
    ("name", "path"), [("desk", "/console/cases/410106-9999999-9/"), ("auditor", "/console/cases/")]
)
def test_staff_keep_their_menu(client, here, name, path):
    client.force_login(getattr(here, name))
    answer = client.get(path)

    assert answer.status_code == 404
    assert 'aria-label="主导航"' in answer.text
    assert errors.SAID[404][1] in answer.text


def test_the_field_keeps_its_tabs(client, here):
    client.force_login(here.micro)
    answer = client.get("/work/nowhere/")

    assert answer.status_code == 404
    assert 'class="yg-tabs"' in answer.text


@pytest.mark.parametrize("name", [None, "idle", "former"])
def test_whoever_has_no_post_sees_no_menu(client, here, name):
    if name:
        client.force_login(getattr(here, name))
    answer = client.get("/console/nowhere/")

    assert answer.status_code == 404
    assert 'aria-label="主导航"' not in answer.text
