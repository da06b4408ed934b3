"""What has to be there before a form of `presses.py` can be pressed; each may return what it changes of the address."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.report_centre.sheets import asked, listed
from yige.accounts.actions import close_unit, deactivate
from yige.accounts.shift_actions import add_shift
from yige.archive.models import Export, Merge, RosterRun
from yige.archive.models.rosters import RunState
from yige.archive.people import merging
from yige.archive.rights import exports, requests
from yige.bulletins.models import Bulletin
from yige.cases import actions
from yige.cases.models.sides import Card
from yige.contact.models import Appointment, Slot
from yige.deliberation.models import Deliberation, Objection
from yige.duty_list import actions as duties
from yige.duty_list.models import DutyRow
from yige.topics.models import Topic


def appealed(here):
    actions.appeal_card(Card.objects.get(), by=here.grid_head, at=timezone.now(), words="没有超时")


def free_account(here):
    factories.staff("choir_2", "organisation_seat", "/zz/js/", here.community_unit)


def accepted(here):
    found = factories.life(here, until="accepted", at=timezone.now() - timedelta(hours=2))
    return {"case:serial": found.number}


def lamp_in_no_topic(here):
    found = factories.life(here, until="accepted", at=timezone.now() - timedelta(hours=2))
    return {"case:serial": found.number}


def step_of_topic(here):
    return {"uuid:topic": Topic.objects.get(state="running").pk}


def step_of_a_decision(here):
    return {"uuid:row": Deliberation.objects.get(stage="settled").pk}


def objection(here):
    return {"uuid:row": Objection.objects.get().deliberation_id}


def bulletin_in_work(here):
    return {"uuid:draft": Bulletin.objects.get(state="draft").pk}


def two_reported(here):
    """Return two cases as one query: the page of a batch takes as many as are picked."""
    at = timezone.now() - timedelta(hours=2)
    one, other = (factories.reported(here, at=at, words=words) for words in ("灯坏了", "灯灭了"))
    return {"case:serial": f"{one.number}&case={other.number}"}


def coming_shift(here):
    begins = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    said = {
        "name": "赵值班",
        "phone": "19900000079",
        "begins_at": begins,
        "ends_at": begins + timedelta(hours=8),
    }
    row = add_shift(here.bureau_unit, by=here.desk, at=timezone.now(), **said)
    return {"uuid:pk": row.pk}


def agreed_duty(here):
    row = duties.decide_row(DutyRow.objects.get(), by=here.street_head, at=timezone.now(), agreed=True)
    return {"uuid:pk": row.pk}


def sheet_with_cells(here):
    cells = [{"name": "参加人数", "kind": "number"}]
    return {"uuid:pk": listed(here, at=timezone.now(), request=asked(here, name="会议月报"), typed=cells).pk}


def logged_in(here):
    other = Client()
    other.force_login(here.worker)
    other.get("/console/")


def empty_unit(here):
    factories.unit("empty", "department", "")
    return {"slug:slug": "empty"}


def empty_grid(here):
    return {"gridcode:code": factories.grid("/zz/js/9/8/").code}


def empty_home(here):
    factories.home(here, room="909")


def agreed_list(here):
    exports.decide(Export.objects.get(), by=here.second_registrar, at=timezone.now(), granted=True)


def hour_of_today(here):
    Slot.objects.filter(pk=Appointment.objects.get().slot_id).update(at=timezone.now())


def closed_unit(here):
    close_unit(factories.unit("empty", "department", ""), by=here.security, at=timezone.now())
    return {"slug:slug": "empty"}


def two_factors(here):
    Authenticator.objects.create(user=here.worker, type=Authenticator.Type.TOTP, data={})


def closed_account(here):
    deactivate(here.worker, by=here.security, at=timezone.now())


def taken_roster(here):
    """Say that it was taken in; the import itself is work of its own."""
    RosterRun.objects.update(state=RunState.TAKEN, began_at=timezone.now())


def merged_files(here):
    merging.grant_merge(Merge.objects.get(), by=here.second_registrar, at=timezone.now())


def agreed_deletion(here):
    at, person = timezone.now(), factories.family(here, room="706").contact
    row = requests.ask(person, by=here.registrar, at=at, kind="delete", words="删掉我的档案")
    requests.answer(row, by=here.registrar, at=at, granted=True, words="同意")
    return {"uuid:pk": row.pk}
