"""“Not ours”, decided for a unit where nobody has an account: telephoned first, written down by the desk, nothing lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.scenes import scene
from tests.whistles.joint import SAID, sounded
from yige.accounts.models import Shift
from yige.duty_list.models import DutyRow
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.models import Call, Dispute

NOW = timezone.now().replace(microsecond=0)
WORDS = "这段是小区的管道，归物业"
BY_PHONE = "物业值班 李师傅"


@scene
def joint(here, handled):
    """A whistle whose leading bureau says that it is not its duty."""
    found = sounded(here, case=handled, at=NOW - timedelta(hours=1))
    CALLS["refuse_duty"](found.calls["bureau"], by=here.department, at=NOW, **SAID["refuse_duty"])
    return found


def decide(client, joint, who, **said):
    client.force_login(who)
    said = {"ruling": "other", "words": WORDS, **said}
    call = joint.calls["bureau"]
    return client.post(f"/console/whistles/{joint.whistle.pk}/decide_duty/{call.pk}/", said)


def stands(joint):
    """Return what is on file of the dispute and the calls."""
    calls = Call.objects.filter(whistle=joint.whistle).order_by("called_at", "pk")
    return Dispute.objects.get().ruling, [(call.unit.slug, call.part, call.state) for call in calls]


BEFORE = ("", [("bureau", "lead", "called"), ("water", "assist", "called")])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"instead": "property"}, "“单位property”没有账号，现在也没有值班的人，没有人会看到。请先打电话"),
        ({"instead": "property", "reached": "  "}, "没有账号，现在也没有值班的人"),
        ({"instead": ""}, "请选一家单位。"),
        ({"instead": "water"}, "“单位water”已经在被请的单位里了，一家单位只请一次。"),
        ({"instead": "property", "reached": "李" * 101}, "最多写 100 个字"),
        (
            {"instead": "property", "reached": BY_PHONE, "ruling": "stays"},
            "只有定为“不归这个单位，改请别的单位”才选。",
        ),
        (
            {"instead": "property", "reached": BY_PHONE, "ruling": "released"},
            "只有定为“不归这个单位，改请别的单位”才选。",
        ),
    ],
)
def test_a_wrong_decision_says_where_and_nothing_is_decided(client, here, joint, said, sentence):
    unit = getattr(here, f"{said['instead']}_unit", None)
    response = decide(client, joint, here.street_head, **said | {"instead": unit.pk if unit else ""})

    assert (response.status_code in (409, 422), sentence in response.text) == (True, True)
    assert WORDS in response.text and said.get("reached", "").strip() in response.text
    field = "instead" if "请选" in sentence or "请一次" in sentence or "才选" in sentence else "reached"
    assert response.context["form"].errors.get(field)
    assert stands(joint) == BEFORE


def test_a_unit_without_an_account_takes_the_part_and_the_desk_writes_down_for_it(client, here, joint):
    assert (
        decide(client, joint, here.street_head, instead=here.property_unit.pk, reached=BY_PHONE).status_code
        == 302
    )

    firm = Call.objects.get(unit=here.property_unit)
    assert stands(joint) == (
        "other",
        [("bureau", "lead", "released"), ("water", "assist", "called"), ("property", "lead", "called")],
    )
    assert (firm.person, firm.asked, firm.is_open) == (BY_PHONE, joint.calls["bureau"].asked, True)
    assert not DutyRow.objects.exists()  # what a firm owes at its own estate says nothing of others
    client.force_login(here.desk)
    page = client.get(f"/console/whistles/{joint.whistle.pk}/").text
    assert f"?do=sign:{firm.pk}" in page
    said = {"person": BY_PHONE}
    assert client.post(f"/console/whistles/{joint.whistle.pk}/sign/{firm.pk}/", said).status_code == 302
    assert Call.objects.get(pk=firm.pk).state == "signed"


def test_where_somebody_is_on_duty_nobody_has_to_telephone_first(client, here, joint):
    Shift.objects.create(
        unit=here.property_unit, name="王值班", phone="19900000077", begins_at=NOW - timedelta(hours=1),
        ends_at=NOW + timedelta(hours=8),
    )  # fmt: skip

    assert decide(client, joint, here.street_head, instead=here.property_unit.pk).status_code == 302
    assert stands(joint)[1][-1] == ("property", "lead", "called")


def test_the_reporter_reads_who_was_called_instead_and_no_person(client, here, joint):
    decide(client, joint, here.street_head, instead=here.property_unit.pk, reached=BY_PHONE)

    lines = list(joint.case.entries.exclude(public_words="").values_list("public_words", flat=True))
    assert "单位bureau不用来了，街道改请单位property来办。" in lines
    assert not any("李师傅" in line or WORDS in line for line in lines)
