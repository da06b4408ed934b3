"""Putting facts right on the page of a case: the form, its errors, what was typed, the history."""

import pytest

from tests import factories
from yige.cases.models import Case

WRONG = "19955550009"


def page(client, user, case, query=""):
    client.force_login(user)
    return client.get(f"/console/cases/{case.number}/{query}")


def send(client, user, case, verb, **said):
    client.force_login(user)
    data = {"key": f"k-{verb}", "seen": case.version, **said}
    return client.post(f"/console/cases/{case.number}/{verb}/", data)


def fields(case, **said):
    return {
        "place": case.place, "category": case.category_id, "urgency": case.urgency, "nature": case.nature, "words": "来电",
        **said,
    }  # fmt: skip


def test_the_form_starts_with_what_is_there(client, here):
    case = factories.life(here, "handling")

    text = page(client, here.desk, case, "?do=correct").text

    assert 'value="3号楼"' in text
    assert f'<option value="{case.category_id}" selected>' in text


def test_a_place_is_put_right_on_the_page_and_its_old_value_shown(client, here):
    case = factories.life(here, "handling")

    assert send(client, here.desk, case, "correct", **fields(case, place="５号楼")).status_code == 302

    text = page(client, here.desk, case).text
    assert "原来“3号楼”，改成“５号楼”" in text and "某desk" in text
    assert case.number in client.get("/console/cases/?q=5栋").text


def test_a_refused_correction_keeps_what_was_typed(client, here):
    case = factories.life(here, "handling")

    answer = send(client, here.desk, case, "correct", **fields(case, place="9号楼东侧", words=""))

    assert answer.status_code == 422
    assert 'value="9号楼东侧"' in answer.text and "请填写这一项。" in answer.text
    assert Case.objects.get(pk=case.pk).place == "3号楼"


def test_nothing_changed_is_said_on_the_page(client, here):
    case = factories.life(here, "handling")

    answer = send(client, here.desk, case, "correct", **fields(case))

    assert answer.status_code == 422 and "没有改动" in answer.text


def test_the_intake_desk_is_not_asked_how_urgent_it_is(client, here):
    case = factories.reported(here, by=here.intake, channel="hotline")

    text = page(client, here.intake, case, "?do=correct").text

    assert 'name="category"' in text and 'name="urgency"' not in text


def test_a_head_who_moves_a_case_away_goes_to_the_desk_and_the_other_has_it(client, here):
    case = factories.life(here, "handling")
    chosen = {"grid": here.neighbour_grid.pk, "words": "门牌在那边"}

    answer = send(client, here.grid_head, case, "move_grid", **chosen)

    assert answer["Location"] == "/console/"
    assert page(client, here.grid_head, case).status_code == 404
    assert "原来“网格zz-js-9”，改成“网格zz-js-9x”" in page(client, here.neighbour_head, case).text
    assert case.number in client.get("/console/cases/?view=to_dispatch").text


def test_grids_of_another_street_and_its_own_are_not_offered(client, here):
    case = factories.life(here, "accepted")

    text = page(client, here.desk, case, "?do=move_grid").text

    assert f'value="{here.neighbour_grid.pk}"' in text
    assert f'value="{here.other_street.pk}"' not in text and f'value="{here.grid.pk}"' not in text
    for grid in (here.other_street, here.grid):
        assert send(client, here.desk, case, "move_grid", grid=grid.pk, words="x").status_code == 422


def test_a_wrong_number_is_put_right_without_showing_it(client, here):
    contact = {"name": "王阿姨", "phone": WRONG}
    case = factories.reported(here, by=here.intake, channel="hotline", contact=contact)

    form = page(client, here.intake, case, "?do=correct_slip").text
    assert "199****0009" in form and WRONG not in form
    assert send(client, here.intake, case, "correct_slip", report=case.words, phone="x").status_code == 422
    phone = {"phone": "+86 199 5555 0001", "renew": "yes"}
    assert send(client, here.intake, case, "correct_slip", report=case.words, **phone).status_code == 302
    assert Case.objects.get(pk=case.pk).link_version == case.link_version + 1

    text = page(client, here.intake, case).text
    assert "原来“199****0009”，改成“199****0001”" in text
    assert WRONG not in text and "5555 0001" not in text


def test_what_the_reporter_wrote_has_no_field(client, here):
    case = factories.reported(here, contact={"name": "王阿姨", "phone": WRONG})

    text = page(client, here.desk, case, "?do=correct_slip").text

    assert 'name="phone"' in text and 'name="report"' not in text


@pytest.mark.parametrize("name", ["worker", "street_head"])
def test_who_may_not_is_not_offered_it(client, here, name):
    case = factories.life(here, "handling", contact={"name": "王阿姨", "phone": WRONG})

    text = page(client, getattr(here, name), case).text

    assert "do=correct_slip" not in text
    assert ("do=move_grid" in text) is (name == "street_head")


def test_the_line_of_a_correction_names_what_changed_and_nothing_else(client, here):
    case = factories.life(here, "handling")
    send(client, here.desk, case, "correct", **fields(case, urgency="urgent"))

    timeline = (
        page(client, here.desk, case)
        .text.partition('class="yg-line"')[2]
        .partition("<strong>更正地点类别")[2]
    )
    line = timeline.partition("</li>")[0]

    assert "更正了紧急程度（现在是“急”）" in line and "来电" in line
    assert "性质" not in line and "公共事项" not in line and str(case.category) not in line
    assert line.count("紧急程度") == 1
