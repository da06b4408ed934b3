"""书记有约 and 预约走访: a head offers hours, a household takes one, either may cancel; what was said becomes a need."""

from datetime import timedelta

from yige.accounts.scope import posts_with
from yige.archive.people.standing import NOT_YOUR_HOUSEHOLD, ways
from yige.audit.log import action
from yige.contact.models import Appointment, Slot
from yige.contact.models.visits import LONGEST_WORDS
from yige.contact.words import SlotKind
from yige.lib.local_time import local_day, moment_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.lib.typed_text import clean_line
from yige.notices import actions as notices
from yige.notices.quiet import not_before
from yige.notices.subjects import Subject, SubjectKind

# What somebody must be able to do to offer hours of a kind.
HOSTING = {SlotKind.SECRETARY: "host_open_hours", SlotKind.VISIT: "host_visit_hours"}
FARTHEST = timedelta(days=90)
MINUTES, SEATS = (10, 240), (1, 20)


@action("contact.offer_slot", makes=Slot)
def offer_slot(grid, *, by, at, id, kind, place, starts_at, minutes=30, seats=1) -> Slot:
    """Offer an hour to the households of one's own area."""
    if kind not in SlotKind.values:
        raise NotSaid("请选是哪一种。", kind="请选书记有约或预约走访。")
    post = next(
        (post for post in by.posts_at(at) if post.may(HOSTING[kind]) and post.covers(grid.path)), None
    )
    if post is None:
        raise NotAllowed("书记有约由各级网格长在自己的辖区里安排；预约走访由走访的人在自己的片区里安排。")
    place = clean_line(place)
    if wrong := _faults(place, starts_at, minutes, seats, at):
        raise NotSaid(next(iter(wrong.values())), **wrong)
    slot = Slot(
        id=id, kind=kind, grid=grid, grid_path=grid.path, host=by, unit=post.unit, place=place, at=starts_at,
        minutes=minutes, seats=seats,
    )  # fmt: skip
    slot.save(force_insert=True)
    return slot


@action("contact.cancel_slot")
def cancel_slot(slot, *, by, at) -> Slot:
    """Take an hour back; whoever booked it sees that it is cancelled."""
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    if not _hosts(by, slot, at):
        raise NotAllowed("时段由接待的人取消。")
    if slot.cancelled_at is None:
        slot.cancelled_at = at
        slot.save(update_fields=["cancelled_at"])
        slot.appointments.filter(cancelled_at=None, held_at=None).update(cancelled_at=at)
    return slot


@action("contact.book_slot", makes=Appointment)
def book_slot(slot, *, by, at, id, household, person=None, words="") -> Appointment:
    """Take a seat for a household: by itself, or by whoever visits it and is asked to."""
    if not ways(by, household, at) & {"area", "links", "self"}:
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    words = clean_line(words)
    if len(words) > LONGEST_WORDS:
        raise NotSaid("写得太长了。", words=f"最多写 {LONGEST_WORDS} 个字，现在是 {len(words)} 个。")
    if person is not None and person.household_id != household.pk:
        raise NotSaid("请从本户的人里选。", person="请从本户的人里选。")
    if slot.cancelled_at or slot.at <= at:
        raise Conflict("这个时段已经过了或者取消了，请另选一个。")
    if not household.grid_path.startswith(slot.grid_path):
        raise NotAllowed("这个时段是别的辖区的。")
    taken = list(slot.appointments.filter(cancelled_at=None).values_list("household_id", flat=True))
    if household.pk in taken:
        raise Conflict("本户已经约了这个时段。")
    if len(taken) >= slot.seats:
        raise Conflict("这个时段刚刚约满了，请另选一个。")
    row = Appointment(
        id=id, slot=slot, household=household, person=person, grid_path=household.grid_path, words=words,
        booked_at=at, taken_by=by if by.actor_kind == "staff" else None,
    )  # fmt: skip
    row.save(force_insert=True)
    notices.tell_staff(
        [slot.host_id], kind="booked", title=f"有一户约了{slot.get_kind_display()}",
        body=f"{moment_words(slot.at, at)}，{slot.place}。", at=at,
        subject=Subject(SubjectKind.APPOINTMENTS),
    )  # fmt: skip
    return row


@action("contact.cancel_appointment")
def cancel_appointment(appointment, *, by, at) -> Appointment:
    """Give a seat back: the household, who visits it, or the host."""
    row = _locked(appointment)
    if not ways(by, row.household, at) & {"area", "links", "self"} and not _hosts(by, row.slot, at):
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    if row.held_at:
        raise Conflict("已经见过面了，不用取消。")
    row.cancelled_at = row.cancelled_at or at
    row.save(update_fields=["cancelled_at"])
    return row


@action("contact.hold_appointment")
def hold_appointment(appointment, *, by, at) -> Appointment:
    """Say that the two met."""
    row = _locked(appointment)
    if not _hosts(by, row.slot, at):
        raise NotAllowed("由接待的人来记。")
    if row.cancelled_at:
        raise Conflict("这个预约已经取消了。")
    if local_day(row.slot.at) > local_day(at):
        raise Conflict("还没有到约定的日子。")
    row.held_at = row.held_at or at
    row.save(update_fields=["held_at"])
    return row


def _locked(appointment):
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("household", "slot")
    return rows.get(pk=appointment.pk)


def _hosts(by, slot, at):
    """The host, and whoever heads the same area, for instance when the host is ill."""
    if by.actor_kind != "staff" or not by.is_active:
        return False
    return slot.host_id == by.pk or bool(posts_with(by, at, "host_open_hours", slot.grid_path))


def _faults(place, starts_at, minutes, seats, at):
    """Return what is wrong with an hour, each at its field."""
    wrong = {}
    if not place or len(place) > Slot._meta.get_field("place").max_length:
        wrong["place"] = "请写在哪里见面，最多 60 个字。"
    if not at < starts_at <= at + FARTHEST:
        wrong["starts_at"] = "请选现在以后、90 天以内的时间。"
    elif not_before(starts_at) != starts_at:
        wrong["starts_at"] = "请选早上 8 点到晚上 9 点之间的时间。"
    if not MINUTES[0] <= minutes <= MINUTES[1]:
        wrong["minutes"] = f"请填 {MINUTES[0]} 到 {MINUTES[1]} 分钟。"
    if not SEATS[0] <= seats <= SEATS[1]:
        wrong["seats"] = f"请填 {SEATS[0]} 到 {SEATS[1]} 户。"
    return wrong
