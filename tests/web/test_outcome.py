"""One outcome of a form or a verb: done with a result, or a status with sentences beside their fields."""

import pytest
from django import forms
from django.test import RequestFactory

from tests.house import matches, python, shown
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, TooOften
from yige.web.outcome import INVALID, NOT_SENT, attempt, outcome_of

SURFACES = ("yige/console/", "yige/worker/", "yige/portal/", "yige/web/")


class WordsForm(forms.Form):
    words = forms.CharField()
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        said = super().clean()
        self.place = "北门"
        return said


@pytest.fixture
def request_of_desk():
    request = RequestFactory().post("/")
    request.user = "desk"
    return request


def verb(subject, *, by, at, words, key="", **more):
    return subject, by, words, more


def refusing(refusal):
    def refuse(subject, **said):
        raise refusal

    return refuse


def test_valid_form_calls_the_verb_and_gives_back_its_result(request_of_desk):
    form = WordsForm({"words": "灯坏了"})

    outcome = attempt(request_of_desk, form, verb, "事项", seen=3)

    assert (outcome.done, outcome.status) == (True, 200)
    assert outcome.result == ("事项", "desk", "灯坏了", {"seen": 3})
    assert not {"status", "made"} & set(vars(form))


def test_who_acts_may_be_somebody_else_and_the_form_may_name_the_subject(request_of_desk):
    outcome = attempt(
        request_of_desk, WordsForm({"words": "灯坏了"}), verb, lambda valid: valid.place, by="resident"
    )

    assert outcome.result[:2] == ("北门", "resident")


def test_form_that_was_not_sent_calls_nothing_and_is_no_fault(request_of_desk):
    outcome = attempt(request_of_desk, WordsForm(), refusing(AssertionError), None)

    assert outcome == NOT_SENT and (outcome.done, outcome.status) == (False, 200)


def test_wrong_form_calls_nothing(request_of_desk):
    outcome = attempt(request_of_desk, WordsForm({}), refusing(AssertionError), lambda valid: 1 / 0)

    assert outcome == INVALID and outcome.status == 422


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotSaid("不行"), 422),
        (NotAllowed("不行"), 422),
        (Conflict("不行"), 409),
        (TooOften("不行", wait=9), 429),
    ],
)
def test_refusal_is_an_outcome_with_its_status(request_of_desk, refusal, status):
    form = WordsForm({"words": "灯坏了"})

    outcome = attempt(request_of_desk, form, refusing(refusal), None)

    assert (bool(outcome), outcome.status, outcome.sentence) == (False, status, "不行")
    assert form.non_field_errors() == ["不行"]


def test_sentence_stands_beside_its_field_and_above_the_form_when_the_field_is_not_seen(request_of_desk):
    beside, above = WordsForm({"words": "灯"}), WordsForm({"words": "灯"})

    attempt(request_of_desk, beside, refusing(NotSaid("有一处要改。", words="太短了。")), None)
    attempt(request_of_desk, above, refusing(NotSaid("有一处要改。", key="旧了。")), None)

    assert beside.errors == {"words": ["太短了。"]}
    assert above.errors == {"__all__": ["有一处要改。"]}


def test_verb_without_a_form_has_the_same_outcome():
    done = outcome_of(verb, "事项", by="desk", at=None, words="好")
    refused = outcome_of(refusing(Conflict("晚了一步。", words="刚被改过。")), "事项", by="desk")

    assert (done.done, done.result[0], done.sentence) == (True, "事项", "")
    assert (refused.status, refused.sentence, refused.fields) == (409, "晚了一步。", {"words": "刚被改过。"})


def test_other_errors_are_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        outcome_of(lambda: 1 / 0)


def test_surfaces_catch_no_refusal_by_hand():
    ours = [path for path in python() if shown(path).startswith(SURFACES) and path.name != "outcome.py"]

    assert matches(ours, r"except .*(Refusal|NotAllowed|Conflict|TooOften)\b|\bform\.(status|made)\b") == []


def test_photos_of_a_form_are_gathered_in_one_place():
    ours = [path for path in python() if shown(path).startswith("yige/")]
    callers = {line.partition(":")[0] for line in matches(ours, r"keep_form_photos\(|\.FILES\.getlist\(")}

    # `again` takes no photo in: it shows those that were kept with the refused form
    assert callers == {"yige/cases/photos.py", "yige/web/photo_uploads.py", "yige/portal/views/report.py"}
