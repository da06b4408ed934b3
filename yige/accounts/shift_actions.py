"""Every write to the duty roster: the street for each of its units, a unit's own people for their own."""

from django.db.models import Q

from yige.accounts import shifts
from yige.accounts.models import Post, Shift, Unit, User
from yige.accounts.shift_rules import Stretch, span_faults
from yige.audit.log import action
from yige.lib import typed_text
from yige.lib.local_time import local_day
from yige.lib.names import plain_name
from yige.lib.phones import is_phone, phone_digits
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

LONGEST_NAME, LONGEST_NOTE = 40, 60
NOT_YOUR_ROSTER = "只能排本单位的值班；各单位的值班由街道的事件处置岗和一级网格长来排。"
PHONE_WANTED = "请写手机号，或者带区号的座机号。"
NO_PHONE = "这个账号没有留工作电话，请在这里写值班时打哪个电话。"
OVER = "这一班已经结束了，不能再改。"


@action("accounts.add_shift", makes=Shift)
def add_shift(unit, *, by, at, id, begins_at, ends_at, user=None, name="", phone="", note="") -> Shift:
    """Write down who can be reached for a unit and when: a user of the unit, or a name and a number."""
    check_keeper(by, unit, at)
    unit = _locked(unit, user)
    if not unit.active:
        raise NotAllowed("这个单位已经停用，不能排值班。")
    span = _checked_span(begins_at, ends_at, at)
    person = _person(unit, span, user, name, phone)
    shift = Shift(id=id, unit=unit, begins_at=begins_at, ends_at=ends_at, note=_note(note), **person)
    _check_once(shift)
    shift.save(force_insert=True)
    return shift


@action("accounts.move_shift")
def move_shift(shift, *, by, at, begins_at, ends_at, note="") -> Shift:
    """Set other hours for the same person; what has begun keeps its beginning."""
    check_keeper(by, shift.unit, at)
    shift = _locked_shift(shift, at)
    if shift.begins_at <= at and begins_at != shift.begins_at:
        raise NotSaid("已经开始了。", begins_at="这一班已经开始，开始的时间不能再改，只能改结束。")
    span = _checked_span(begins_at, ends_at, at)
    shift.begins_at, shift.ends_at, shift.note = *span, _note(note)
    _check_once(shift)
    shift.save(update_fields=["begins_at", "ends_at", "note"])
    return shift


@action("accounts.end_shift")
def end_shift(shift, *, by, at) -> Shift:
    """End a shift that runs, now; one that has not begun is cancelled."""
    check_keeper(by, shift.unit, at)
    shift = _locked_shift(shift, at)
    if shift.begins_at < at:
        shift.ends_at = at
    else:
        shift.cancelled_at = at
    shift.save(update_fields=["ends_at", "cancelled_at"])
    return shift


def check_keeper(by, unit, at) -> None:
    """Refuse whoever may not write the roster of this unit; the command line may."""
    if by.actor_kind == "command":
        return
    if by.actor_kind != "staff" or not shifts.rosters_kept_by(by, at).filter(pk=unit.pk).exists():
        raise NotAllowed(NOT_YOUR_ROSTER)


def _locked(unit, user):
    """Lock the unit, then the person: two who write down the same person at once come one after the other."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if user is not None:
        User.objects.select_for_update().get(pk=user.pk)
    return unit


def _locked_shift(shift, at):
    _locked(shift.unit, shift.user)
    shift = Shift.objects.select_related("unit", "user").get(pk=shift.pk)
    if shift.cancelled_at:
        raise Conflict("这一班已经取消了。")
    if shift.ends_at <= at:
        raise Conflict(OVER)
    return shift


def _checked_span(begins_at, ends_at, at):
    span = Stretch(begins_at, ends_at)
    if faults := span_faults(span, at):
        raise NotSaid("时间不对。", **faults)
    return span


def _person(unit, span, user, name, phone):
    """Return the fields that say who it is and how to ring; the number in its one normal form, or none of its own."""
    name, typed = typed_text.clean_line(name), typed_text.clean_line(phone)
    if typed and not is_phone(typed):
        raise NotSaid("电话不对。", phone=PHONE_WANTED)
    if user is None:
        if not name or typed_text.length(name) > LONGEST_NAME:
            raise NotSaid("没有写是谁。", name=f"请选本单位的人，或者写姓名，最多 {LONGEST_NAME} 个字。")
        if not typed:
            raise NotSaid("没有写电话。", phone=PHONE_WANTED)
        return {"name": name, "phone": phone_digits(typed)}
    if name:
        raise NotSaid(
            "写了两个人。",
            name="已经选了本单位的人，这里就不用写了；换成别人的话，上面请改选“没有账号的人”。",
        )
    held = Post.objects.held_on(local_day(span.begins_at)).filter(user=user, unit=unit)
    if not user.is_active or not held.exists():
        raise NotSaid("不是本单位的人。", user=f"“{user.name}”那天不在这个单位任职，请另选。")
    if not typed and not is_phone(user.phone):
        raise NotSaid("没有电话。", phone=NO_PHONE)
    return {"user": user, "phone": phone_digits(typed)}


def _check_once(shift):
    """Refuse the same person twice at the same time: with an account in any unit, without one in this unit."""
    near = Shift.objects.filter(
        cancelled_at=None, begins_at__lt=shift.ends_at, ends_at__gt=shift.begins_at
    ).exclude(pk=shift.pk)
    who = Q(user=shift.user) if shift.user else Q(unit=shift.unit, user=None, phone=shift.phone)
    for other in near.filter(who):
        if shift.user is None and plain_name(other.name) != plain_name(shift.name):
            continue  # two who take turns at one telephone
        where = "" if other.unit_id == shift.unit_id else "在别的单位"
        sentence = f"“{shift.person_name}”这段时间{where}已经有一班了，同一个人同一时间只排一班。"
        raise Conflict(sentence, **{"user" if shift.user else "name": sentence})


def _note(text):
    note = typed_text.clean_line(text)
    if typed_text.length(note) > LONGEST_NOTE:
        raise NotSaid("说明太长。", note=f"最多 {LONGEST_NOTE} 个字。")
    return note
