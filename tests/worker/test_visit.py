"""The visit on a phone: it opens with what is owed, cannot end with something unanswered, and keeps what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import category, family, life, linked_household
from yige.audit.models import LogEntry
from yige.cases.models import Case
from yige.contact import queries
from yige.contact.models import Answer, Need, Promise, Visit
from yige.lib.local_time import local_day
from yige.steps import visiting
from yige.steps.s1_approach import actions as s1

WEEK_AGO = timezone.now() - timedelta(days=7)


@pytest.fixture
def raised(here, client):
    """A household whose lamp was reported on a visit a week ago, and is mended now."""
    here.family = family(here)
    lamp = {"kind": "problem", "words": "楼道灯不亮", "category": category()}
    visiting.finish_visit(here.family, by=here.micro, at=WEEK_AGO, mode="home", needs=[lamp], key="k" * 24)
    here.case = life(here, "closed", at=WEEK_AGO, case=Case.objects.get())
    here.url = f"/work/households/{here.family.pk}/visit/"
    client.force_login(here.micro)
    return here


def owed(here):
    here.family.refresh_from_db()
    return queries.answers_owed(here.family, timezone.now())


def test_problem_of_a_visit_is_a_case_of_the_building_and_not_of_the_flat(raised):
    need = Need.objects.get()

    assert (need.case, need.household, raised.case.household) == (raised.case, raised.family, raised.family)
    assert (raised.case.channel, raised.case.place, raised.case.grid) == (
        "visit",
        "向阳小院3号楼",
        raised.micro_grid,
    )
    assert not hasattr(raised.case, "reporter")


def test_form_opens_with_the_answer_drafted_from_the_case(raised, client):
    text = client.get(raised.url).text

    (thing,) = owed(raised)
    assert "先答复上次说的（1 件）" in text
    assert f'name="{thing.field}" value="done"' in text
    assert "已经办好，核查过了。灯已亮。" in text
    assert "事项现在：已办结" in text


def test_unanswered_thing_is_named_at_its_place_and_what_was_typed_stays(raised, client):
    response = client.post(raised.url, {"mode": "home", "need_0_words": "楼下太吵", "need_0_kind": "opinion"})

    assert response.status_code == 422
    assert response.text.partition("<form")[2].count("上次说的这件事还没有答复") == 1
    assert "楼下太吵" in response.text
    assert Visit.objects.count() == 1


def test_answered_visit_ends_the_matter_and_stands_on_the_timeline(raised, client):
    (thing,) = owed(raised)

    response = client.post(
        raised.url, {"mode": "home", thing.field: "done", f"{thing.field}_words": "灯亮了"}, follow=True
    )

    assert response.redirect_chain == [(f"/work/visits/{Visit.objects.first().pk}/", 302)]
    assert "这件事到此了结" in response.text
    line = raised.case.entries.get(verb="answer_at_visit")
    assert (line.public_words, line.unit_label) == ("走访时答复：办好了。灯亮了", "单位team")
    assert Answer.objects.get().heard_at is not None
    assert owed(raised) == []


def test_double_tap_is_one_visit(raised, client):
    (thing,) = owed(raised)
    said = {"key": "a" * 24, "mode": "home", thing.field: "done", "need_0_words": "门坏了", "need_0_kind": "problem",
            "need_0_to_case": "on", "need_0_category": str(category().pk)}  # fmt: skip

    first = client.post(raised.url, said)
    second = client.post(raised.url, said)

    assert first.url == second.url
    assert (Visit.objects.count(), Answer.objects.count(), Case.objects.count()) == (2, 1, 2)


def test_nobody_met_keeps_what_is_owed(raised, client):
    (thing,) = owed(raised)

    client.post(raised.url, {"mode": "not_met", thing.field: "done"})

    assert [visit.mode for visit in Visit.objects.all()] == ["not_met", "home"]
    assert [one.row for one in owed(raised)] == [thing.row]


def test_new_things_become_rows_and_a_case_in_one_tap(raised, client):
    (thing,) = owed(raised)
    day = local_day(timezone.now()) + timedelta(days=3)

    client.post(raised.url, {
        "mode": "phone", thing.field: "done", "need_0_words": "门禁坏了", "need_0_kind": "problem", "need_0_to_case": "on",
        "need_0_category": str(category().pk), "need_0_wants_call": "on", "need_1_words": "想学手机", "need_1_kind": "need",
        "promise_0_words": "带一本教程", "promise_0_due_on": day.isoformat(), "wished_on": day.isoformat(),
    })  # fmt: skip

    made = Visit.objects.first()
    assert sorted(made.needs.values_list("words", "kind", "case__words")) == [
        ("想学手机", "need", None),
        ("门禁坏了", "problem", "门禁坏了"),
    ]
    assert list(Promise.objects.values_list("words", "due_on")) == [("带一本教程", day)]
    raised.family.refresh_from_db()
    assert raised.family.wished_on == day
    assert Case.objects.get(words="门禁坏了").reporter.phone_sealed is not None


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"promise_0_words": "修门"}, "promise_0_due_on", "请选答应到哪一天。"),
        ({"promise_0_due_on": "2020-01-01", "promise_0_words": "修门"}, "promise_0_due_on", "请选明天以后、一年以内的日子。"),
        ({"need_0_words": "字" * 201, "need_0_kind": "need"}, "need_0_words", "最多写 200 个字，现在是 201 个。"),
        ({"need_0_words": "灯坏", "need_0_to_case": "on"}, "need_0_category", "请选是哪一类问题。"),
        ({"need_0_to_case": "on"}, "need_0_words", "请写一写是什么问题，一两句话就行。"),
        ({"mode": ""}, "mode", "请选这次是怎么联系的。"),
        ({"wished_on": "2020-01-01"}, "wished_on", "请选明天以后、一年以内的日子。"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(raised, client, said, field, sentence):
    (thing,) = owed(raised)

    response = client.post(raised.url, {"mode": "home", thing.field: "done", **said})

    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    assert Visit.objects.count() == 1


def test_matter_that_somebody_else_ended_meanwhile_is_said(raised, client):
    (thing,) = owed(raised)
    client.post(raised.url, {"mode": "home", thing.field: "done"})

    response = client.post(
        raised.url, {"mode": "phone", thing.field: "in_progress", f"{thing.field}_words": "在办"}
    )

    assert response.status_code == 409
    assert "这件事刚才已经有人当面答复、了结了" in response.text
    assert Answer.objects.count() == 1


def test_household_that_wants_no_visits_has_to_have_asked(raised, client):
    raised.family.declines_until = local_day(timezone.now()) + timedelta(days=30)
    raised.family.save()
    (thing,) = owed(raised)
    said = {"mode": "home", thing.field: "done"}

    refused = client.post(raised.url, said)
    done = client.post(raised.url, {**said, "wished": "on"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "不希望走访" in refused.context["form"].errors["wished"][0]


@pytest.mark.parametrize("name", ["neighbour_worker", "neighbour_head", "member", "community_head"])
def test_household_outside_the_own_reach_is_not_there(raised, client, name):
    client.force_login(getattr(raised, name))

    assert client.get(raised.url).status_code == 404
    assert client.post(raised.url, {"mode": "home"}).status_code == 404
    assert Visit.objects.count() == 1


def test_linked_household_is_visited_by_its_party_member(here, client):
    made = linked_household(here)
    client.force_login(here.member)

    client.post(f"/work/households/{made.pk}/visit/", {"mode": "met"})

    assert Visit.objects.get().role_label == "联户党员"


def test_opening_the_visit_is_a_line_in_the_log(raised, client):
    client.get(raised.url)

    line = LogEntry.objects.get(verb="archive.view")
    assert (line.actor_id, line.subject_id) == (raised.micro.pk, str(raised.family.pk))


def test_broken_promise_comes_first_and_takes_a_reason_and_a_new_day(here, client):
    made, today = family(here), local_day(timezone.now())
    s1.promise(made, by=here.micro, at=WEEK_AGO, words="找人修门", due_on=today - timedelta(days=2))
    client.force_login(here.micro)
    url = f"/work/households/{made.pk}/visit/"
    (thing,) = queries.answers_owed(made, timezone.now())
    said = {"mode": "home", thing.field: "in_progress", f"{thing.field}_words": thing.draft.words}

    page = client.get(url).text
    refused = client.post(url, said)
    new_day = today + timedelta(days=5)
    client.post(
        url, said | {f"{thing.field}_words": "师傅病了，下周来", f"{thing.field}_due_on": new_day.isoformat()}
    )

    assert "答应的：找人修门" in page and "过了约定的日子" in page
    assert refused.context["form"].errors == {
        f"{thing.field}_words": ["请说清楚为什么没有做到、现在打算怎么办。"],
        f"{thing.field}_due_on": ["过了期，请重新约一个日子。"],
    }
    promise = Promise.objects.get()
    assert (promise.due_on, promise.first_due_on) == (new_day, today - timedelta(days=2))


def test_words_of_danger_at_the_door_are_asked_about_once_and_then_reported_or_looked_at(raised, client):
    (thing,) = owed(raised)
    said = {"mode": "home", thing.field: "done", "need_0_words": "屋里有煤气味", "need_0_kind": "problem"}

    refused = client.post(raised.url, said | {"key": "d" * 24})
    assert refused.status_code == 422
    assert "写到“煤气味”，可能漏燃气。" in refused.text
    assert 'name="need_0_looked_at"' in refused.text
    assert Visit.objects.count() == 1

    assert client.post(raised.url, said | {"key": "e" * 24, "need_0_looked_at": "on"}).status_code == 302
    assert Need.objects.filter(words="屋里有煤气味", case=None).count() == 1


def test_words_of_danger_that_are_reported_from_the_door_stand_on_top(raised, client):
    (thing,) = owed(raised)
    said = {"key": "f" * 24, "mode": "home", thing.field: "done", "need_0_words": "屋里有煤气味",
            "need_0_kind": "problem", "need_0_to_case": "on", "need_0_category": str(category("other.unsure").pk)}  # fmt: skip

    assert client.post(raised.url, said).status_code == 302
    assert Case.objects.filter(alarm_at__isnull=False).get().words == "屋里有煤气味"
