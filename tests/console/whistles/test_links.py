"""One-time links on the pages of the desk: made and shown once, revoked; what came by one waits for the desk."""

from datetime import timedelta

from django.utils import timezone

from tests.scenes import scene
from tests.whistles.joint import SAID, asked, sounded
from yige.accounts.actors import STRANGER
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, CallLink

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=1)


@scene
def firm(here, handled):
    joint = sounded(
        here,
        case=handled,
        at=AGO,
        calls=asked(here, CallAsked(here.property_unit, "assist", "开门", "李师傅")),
    )
    joint.call = joint.calls["property"]
    return joint


def test_a_link_is_made_shown_once_and_revoked(client, here, firm):
    client.force_login(here.desk)
    page = client.post(f"/console/whistles/links/{firm.call.pk}/")
    link = CallLink.objects.get()

    assert f"/j/{link.pk}/{links.link_secret(link)}/" in page.text
    assert links.link_secret(link) not in client.get(f"/console/whistles/{firm.whistle.pk}/").text
    client.post(f"/console/whistles/links/{link.pk}/revoke/")
    assert CallLink.objects.get().revoked_at


def test_a_link_may_ask_for_one_step_and_nonsense_is_no_step(client, here, firm):
    day = NOW.date() + timedelta(days=2)
    plan.add_step(firm.whistle, by=here.desk, at=NOW, unit=here.property_unit, words="清坑", due_on=day)
    plan.add_step(firm.whistle, by=here.desk, at=NOW, unit=here.bureau_unit, words="换管", due_on=day)
    step, other = (firm.whistle.steps.get(words=words) for words in ("清坑", "换管"))
    client.force_login(here.desk)
    page = client.get(f"/console/whistles/{firm.whistle.pk}/").text
    assert f'value="{step.pk}"' in page
    assert f'value="{other.pk}"' not in page  # its unit has an account

    for typed in (step.pk, "x", other.pk):
        assert client.post(f"/console/whistles/links/{firm.call.pk}/", {"step": typed}).status_code in (
            200,
            302,
        )
    assert sorted(CallLink.objects.values_list("step__words", flat=True), key=str) == [None, "清坑"]


def test_an_answer_by_a_link_waits_for_the_desk_and_is_taken_over(client, here, firm):
    link = links.make_link(firm.call, by=here.desk, at=AGO)
    links.answer_by_link(
        link,
        by=STRANGER,
        at=AGO,
        verb="contact",
        said={"person": "李师傅", "discussed": "值班室", "measure": "开门", "until": "后天"},
    )
    client.force_login(here.desk)
    page = client.get("/console/whistles/answers/").text
    address = f"/console/whistles/answers/{link.answered.pk}/"
    assert "单位property" in page
    assert "后天" in client.get(address).text
    assert client.post(address, {"decision": "take", "until": ""}).status_code == 422
    assert (
        client.post(address, {"decision": "take", "until": f"{NOW + timedelta(days=2):%Y-%m-%d}"}).status_code
        == 302
    )
    assert Call.objects.get(pk=firm.call.pk).state == "contacted"
    assert client.get(address).status_code == 404


def test_an_answer_goes_back_only_with_a_reason(client, here, firm):
    link = links.make_link(firm.call, by=here.desk, at=AGO)
    links.answer_by_link(link, by=STRANGER, at=AGO, verb="sign", said=SAID["sign"])
    client.force_login(here.desk)
    address = f"/console/whistles/answers/{link.answered.pk}/"

    assert client.post(address, {"decision": "back", "words": ""}).status_code == 422
    assert client.post(address, {"decision": "back", "words": "谁来没写清"}).status_code == 302
    assert Call.objects.get(pk=firm.call.pk).state == "called"
    client.force_login(here.other_desk)
    assert client.get(address).status_code == 404
