"""What a person may ask of those who keep the file (PIPL §44–§50): asked, answered within 30 days, deleted by two persons.

A correction is made by the ordinary verbs, so that the file says where each field comes from; here it is asked and answered.
"""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from yige.accounts.actors import CLOCK
from yige.accounts.limits import take_turn
from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.archive.models import Person, RightsRequest
from yige.archive.people import sealing
from yige.archive.people.purposes import GROUP_BY_NAME
from yige.archive.people.standing import NOT_YOUR_HOUSEHOLD, check_keeps, ways
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind, RequestKind
from yige.audit.log import action, write
from yige.lib import typed_text as typed
from yige.lib.local_time import date_words, local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

DAYS, REMIND_DAYS, CHILD_YEARS = 30, 5, 14
WORDS, FEWEST = 500, 2
SAID_TO = {
    RequestKind.CORRECT: "哪里不对、应该是什么",
    RequestKind.DELETE: "要删什么、为什么（可以不写）",
    RequestKind.OBJECT: "不同意哪种用法",
    RequestKind.EXPLAIN: "想问什么",
}


def wards_of(person, at) -> QuerySet:
    """Return the children under 14 whose guardian this person is: he or she sees and asks for them, and no longer."""
    young = Q(birth_year=None) | Q(birth_year__gte=local_day(at).year - CHILD_YEARS)
    return Person.objects.current().filter(young, guardian=person).order_by("birth_year", "id")


def ask(person, *, by, at, key=None, kind, words="", field="") -> RightsRequest:
    """Ask for a person: by himself or herself, as guardian, or by staff who take it down for him or her."""
    if by.actor_kind == "resident":
        take_turn("rights.person", by.person_id, at=at)
    return _ask(person, by=by, at=at, key=key, kind=kind, words=words, field=field)


@action("archive.make_request", makes=RightsRequest)
def _ask(person, *, by, at, id, kind, words, field):
    person = Person.objects.select_for_update(of=("self",)).select_related("household").get(pk=person.pk)
    _check_asks(person, by, at)
    row = RightsRequest(
        id=id, person=person, grid_path=person.grid_path, kind=kind, field=field, words=_said(kind, field, words),
        asked_at=at, due_on=local_day(at) + timedelta(days=DAYS), taken_by=by if by.actor_kind == "staff" else None,
    )  # fmt: skip
    if kind == RequestKind.DELETE and person.requests.waiting().filter(kind=kind).exists():
        raise Conflict("已经有一份删除申请在办，不用再提。")
    row.save(force_insert=True)
    _tell_registrars(row, f"有人要求{row.get_kind_display()}，请在期限内答复", at)
    return row


def _check_asks(person, by, at):
    if person.removed_at or person.merged_into_id:
        raise Conflict("这份档案已经不在了，不用再提。")
    if by.actor_kind == "resident":
        mine = (
            by.person_id == person.pk or wards_of(Person(pk=by.person_id), at).filter(pk=person.pk).exists()
        )
        if not mine:
            raise NotAllowed("只能为自己和自己监护的孩子提。")
    elif person.household is None or not ways(by, person.household, at):
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)


def _said(kind, field, words):
    wrong = {}
    if kind not in RequestKind.values:
        wrong["kind"] = "请选要求什么。"
    if field and field not in GROUP_BY_NAME:
        wrong["field"] = "请从列表里选，或者空着。"
    words = typed.clean(words or "")
    if len(words) > WORDS:
        wrong["words"] = f"最多写 {WORDS} 个字，现在是 {len(words)} 个字。"
    elif len(words) < FEWEST and kind != RequestKind.DELETE:
        wrong["words"] = f"请写一写{SAID_TO.get(kind, '想说什么')}，一两句话就行。"
    if wrong:
        raise NotSaid(next(iter(wrong.values())), **wrong)
    return words


@action("archive.answer_request")
def answer(request, *, by, at, granted, words) -> RightsRequest:
    """Answer a request with yes or no and why; a deletion that is granted still waits for a second registrar."""
    row = _locked(request, by, at)
    if row.answered_at:
        raise Conflict("这份申请已经答复过了，请看看现在的情况。")
    words = typed.clean(words or "")
    wrong = {}
    if granted not in (True, False):
        wrong["granted"] = "请选办了还是不办。"
    if not FEWEST <= len(words) <= WORDS:
        wrong["words"] = f"请写清楚怎么办的、为什么，{FEWEST} 到 {WORDS} 个字。申请人会看到。"
    if wrong:
        raise NotSaid(next(iter(wrong.values())), **wrong)
    row.granted, row.answer, row.answered_by, row.answered_at = granted, words, by, at
    row.save(update_fields=["granted", "answer", "answered_by", "answered_at"])
    if awaits_second(row):
        _tell_registrars(row, "有一份删除申请，等您这第二位档案管理员复核", at, without=by)
    else:
        notices.tell_resident(_subject(row), kind="request", title="您对档案提的要求有了答复", body="", at=at)
    return row


def awaits_second(request) -> bool:
    """Say whether it is a deletion that one registrar granted and another has to agree to."""
    return bool(request.kind == RequestKind.DELETE and request.granted and request.agreed_at is None)


@action("archive.agree_deletion")
def agree_deletion(request, *, by, at) -> RightsRequest:
    """Agree as the second registrar; the file is deleted in this moment and cannot come back."""
    row = _second(request, by, at)
    row.agreed_by, row.agreed_at = by, at
    row.save(update_fields=["agreed_by", "agreed_at"])
    erase_person(row.person, by=by, at=at, agreed_by=row.answered_by)
    return RightsRequest.objects.get(pk=row.pk)


@action("archive.send_back_deletion")
def send_back(request, *, by, at, words) -> RightsRequest:
    """Do not agree to a deletion: it goes back to be answered anew, with a word to the first registrar."""
    row = _second(request, by, at)
    words = typed.clean(words or "")
    if not FEWEST <= len(words) <= WORDS:
        raise NotSaid("请写一写为什么退回。", words="请写一写为什么退回。")
    first = row.answered_by_id
    row.granted, row.answer, row.answered_by, row.answered_at = None, "", None, None
    row.save(update_fields=["granted", "answer", "answered_by", "answered_at"])
    notices.tell_staff(
        [first], kind="request", title="删除申请退回重新答复", body=words, at=at, subject=_subject(row)
    )  # fmt: skip
    return row


def erase_person(person, *, by, at, agreed_by) -> int:
    """Delete a person's file for good, for two persons who agreed; the row stays empty, as the proof's counterpart."""
    if by is None or agreed_by is None or by.pk == agreed_by.pk:
        raise NotAllowed("删除档案要两位档案管理员，先后同意。")
    check_keeps(by, person.grid_path, at)
    if wards_of(person, at).exists():
        raise Conflict("还有十四岁以下的孩子由这个人监护。请先把孩子的监护人改成家里别的大人，再来同意。")
    return erasing.erase([person], by=by, at=at, what=DeletionKind.PERSON, agreed_by=agreed_by)


def _second(request, by, at):
    row = _locked(request, by, at)
    if not awaits_second(row):
        raise Conflict("这份申请现在不等第二人复核，请看看现在的情况。")
    if row.answered_by_id == by.pk:
        raise NotAllowed("您是第一位，要由另一位档案管理员来同意。")
    return row


def _locked(request, by, at):
    rows = RightsRequest.objects.select_for_update(of=("self",)).select_related("person", "answered_by")
    row = rows.get(pk=request.pk)
    check_keeps(by, row.grid_path, at)
    return row


def phone_to_tell(pk) -> str:
    """Return the number to tell the answer to: the person's own, or the guardian's; "" when the file is gone."""
    row = RightsRequest.objects.select_related("person__guardian").filter(pk=pk).first()
    person = row and row.person
    if person and person.guardian and (person.birth_year is None or person.is_child_in(row.asked_at.year)):
        person = person.guardian
    return sealing.open_value(person, "phone") if person else ""


def registrars(path, at) -> list[UUID]:
    """Return those who keep the files of this place now."""
    posts = (
        Post.objects.held_on(local_day(at))
        .over(path)
        .filter(role__in=having("keep_files"), user__is_active=True)
    )
    return list(posts.values_list("user", flat=True).distinct())


def tell_requests(at) -> Counter:
    """Tell the registrars each morning of the requests that are due within five days, each request once a day."""
    soon = local_day(at) + timedelta(days=REMIND_DAYS)
    rows = RightsRequest.objects.waiting().filter(due_on__lte=soon)
    fresh = Q(told_at=None) | Q(told_at__lt=at - timedelta(hours=20))
    return Counter(told=sum(_remind(row, at) for row in rows.filter(fresh).order_by("due_on", "id")))


@transaction.atomic
def _remind(row, at):
    days = (row.due_on - local_day(at)).days
    left = f"还剩 {days} 天" if days > 0 else "今天到期" if days == 0 else f"已过期 {-days} 天"
    write("archive.remind_of_request", by=CLOCK, at=at, kind=row._meta.label_lower, pk=row.pk)
    RightsRequest.objects.filter(pk=row.pk).update(told_at=at)
    _tell_registrars(row, f"{row.get_kind_display()}申请要答复：{left}", at)
    return 1


def _tell_registrars(row, title, at, without=None):
    users = [pk for pk in registrars(row.grid_path, at) if without is None or pk != without.pk]
    body = f"最迟 {date_words(row.due_on)}答复申请人。"
    notices.tell_staff(users, kind="request", title=title, body=body, at=at, subject=_subject(row))


def _subject(row):
    return Subject(SubjectKind.RIGHTS_REQUEST, row.pk)
