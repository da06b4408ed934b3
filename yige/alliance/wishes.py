"""Small wishes: made by or for somebody, taken on by a neighbour, fulfilled, confirmed by who wished.

Whoever takes one on learns the words and nothing else; name and number go to and fro when both agreed. Who gives it back
leaves no name on it. Whoever fulfilled a wish does not confirm it.
"""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from yige.accounts.actors import CLOCK
from yige.alliance import telling
from yige.alliance.models import Wish
from yige.alliance.seats import lock_free, lock_person
from yige.archive.models import Person
from yige.archive.people import sealing
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.audit.log import action
from yige.cases.screening import faults_of
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

MOST_OPEN, MOST_CLAIMED, KEPT_DAYS, NEAR_PARTS = 3, 3, 30, 2
NOT_THEIRS = "这个心愿由本人，或者上门的人替他来办。"
TAKEN = "这个心愿刚刚有人认领了，谢谢您。"


@action("alliance.make_wish", makes=Wish)
def make_wish(person, *, by, at, id, words, shown=False) -> Wish:
    """Say what one wishes for; for somebody else by who was asked to at the door."""
    person = lock_person(person, by, at)  # or two phones would have four wishes
    if not words or len(words) > 120:
        raise NotSaid("请写心愿。", words="请写一两句，最多 120 个字。")
    own = [name for name in (sealing.open_value(person, "name"),) if name]
    if faults := faults_of(words, names=own):
        raise NotSaid("不能这样写。", words="".join(faults) + "来办的人先只看到这句话，请换个写法。")
    if Wish.objects.open().filter(person=person).count() >= MOST_OPEN:
        raise Conflict(f"同时最多 {MOST_OPEN} 个心愿，先等前面的办到或者收回。")
    row = Wish(
        id=id, person=person, grid_path=person.grid_path, words=words, shown=shown, asked_at=at,
        taken_by=by if by.actor_kind == "staff" else None,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def take_back_wish(wish, *, by, at, key=None) -> Person:
    """Take a wish back: the row goes."""
    return remove_wish(wish.person, by=by, at=at, key=key, wish=wish)


@action("alliance.remove_wish")
def remove_wish(person, *, by, at, wish) -> Person:
    row = Wish.objects.select_for_update(of=("self",)).filter(pk=wish.pk, person=person).first()
    if row is None:
        return person
    check_speaks_for(row, by, at)
    if row.claimer_id and not row.fulfilled_at:
        telling.tell_person(row.claimer_id, "您认领的心愿，本人收回了，不用办了", at)
    row.delete()
    return person


@action("alliance.claim_wish")
def claim_wish(wish, *, by, at, person) -> Wish:
    """Take a wish on, as a neighbour; the first one does."""
    person, row = lock_person(person, by, at), lock_wish(wish)
    near = row.grid_path.startswith(community_path(person))
    if row.person_id == person.pk or not row.shown or row.person is None or not near:
        raise NotAllowed("这个心愿不能认领。")
    if row.claimed_at or row.fulfilled_at:
        raise Conflict(TAKEN)
    if Wish.objects.open().filter(claimer=person, fulfilled_at=None).count() >= MOST_CLAIMED:
        raise Conflict(f"同时最多认领 {MOST_CLAIMED} 个，先办到或者放回去一个，别的邻居也想来。")
    row.claimer, row.claimed_at = person, at
    row.save()
    telling.tell_person(row.person_id, "您的心愿有邻居认领了。愿意互留电话的，请在页面上点同意", at)
    return row


@action("alliance.give_back_wish")
def give_back_wish(wish, *, by, at, person) -> Wish:
    """Give a wish back to whoever else has time."""
    row = lock_claimed(wish, by, at, person)
    if row.fulfilled_at:
        raise Conflict("您说过办到了，等本人确认；本人说还没有办到的，再放回去。")
    row.claimer = row.claimed_at = row.wisher_agreed_at = row.claimer_agreed_at = None
    row.save()
    telling.tell_person(row.person_id, "认领您心愿的邻居来不了，心愿又放出去了", at)
    return row


@action("alliance.agree_wish")
def agree_to_contact(wish, *, by, at, person=None) -> Wish:
    """Agree that the other side gets name and number: for oneself alone, or asked at the door."""
    row = lock_wish(wish)
    if row.claimer_id is None:
        raise Conflict("还没有人认领，不用互留电话。")
    if person is not None and row.claimer_id == person.pk and by.actor_id == person.pk:
        row.claimer_agreed_at = at
    else:
        check_speaks_for(row, by, at)
        row.wisher_agreed_at = at
    row.save()
    if row.opens_contact:
        for pk in (row.person_id, row.claimer_id):
            telling.tell_person(pk, "两边都同意了，电话在页面上", at)
    return row


@action("alliance.fulfil_wish")
def fulfil_wish(wish, *, by, at, person=None) -> Wish:
    """Say that it is done: by who took it on, or by who came to the door."""
    row = lock_wish(wish)
    if row.fulfilled_at:
        raise Conflict("已经说过办到了，等本人确认。")
    if person is not None:
        lock_claimed(wish, by, at, person)
    else:
        check_speaks_for(row, by, at)
        if by.actor_kind != "staff":
            raise NotAllowed("办到了由来办的人说，您来确认。")
        row.fulfilled_by = by
    row.fulfilled_at = at
    row.save()
    telling.tell_person(row.person_id, "您的心愿说是办到了，请确认一下", at)
    return row


@action("alliance.confirm_wish")
def confirm_wish(wish, *, by, at, fulfilled) -> Wish:
    """Say as who wished whether it really came true; "no" opens it anew. Who fulfilled it does not say so."""
    row = lock_wish(wish)
    check_speaks_for(row, by, at)
    if not row.fulfilled_at or row.confirmed_at:
        raise Conflict("现在没有要确认的。")
    if row.fulfilled_by_id and row.fulfilled_by_id == by.actor_id:
        raise NotAllowed("办的人不能自己确认，请本人，或者另一位上门的人来记。")
    if fulfilled:
        row.confirmed_at = at
    else:
        row.fulfilled_at = row.fulfilled_by = None
    row.save()
    telling.tell_person(
        row.claimer_id,
        "您办的心愿，本人确认了，谢谢您" if fulfilled else "心愿本人说还没有办到，请再看看",
        at,
    )
    return row


def lock_wish(wish) -> Wish:
    Wish.objects.select_for_update().get(pk=wish.pk)
    return Wish.objects.select_related("person__household", "claimer").get(pk=wish.pk)


def lock_claimed(wish, by, at, person) -> Wish:
    row = lock_wish(wish)
    if row.claimer_id != person.pk or by.actor_id != person.pk:
        raise NotAllowed("这个心愿不是您认领的。")
    if row.confirmed_at:
        raise Conflict("本人已经确认办到了。")
    return row


def check_speaks_for(row, by, at) -> None:
    """Refuse whoever is neither the one who wished nor comes to this door."""
    if row.person is None:
        raise NotAllowed(NOT_THEIRS)
    lock_free(row.person, by, at)


class KnownContact(NamedTuple):
    name: str
    phone: str


def contact_for(wish, person) -> KnownContact | None:
    """Return name and number of the other side for one of the two, None until both agreed and once it came true."""
    if not wish.opens_contact or wish.confirmed_at or person.pk not in (wish.person_id, wish.claimer_id):
        return None
    other = Person.objects.get(pk=wish.claimer_id if person.pk == wish.person_id else wish.person_id)
    return KnownContact(sealing.open_value(other, "name"), sealing.open_value(other, "phone"))


def wishes_near(person) -> list[Wish]:
    """Return what neighbours of the same community wish for, without who it is."""
    rows = Wish.objects.claimable().filter(grid_path__startswith=community_path(person))
    return list(rows.exclude(person=person).order_by("asked_at", "id")[:20])


def community_path(person) -> str:
    """Return the path of the community in which somebody lives: whose neighbours read and claim."""
    return "/" + "/".join(person.grid_path.strip("/").split("/")[:NEAR_PARTS]) + "/"


def forget_wishes(at) -> Counter:
    """Delete wishes a month after they were confirmed, and those whose person is gone."""
    over = Wish.objects.filter(confirmed_at__lt=at - timedelta(days=KEPT_DAYS))
    gone = Wish.objects.filter(person=None)
    return Counter(
        wishes=sum(erasing.remove(rows, DeletionKind.SEATS, by=CLOCK, at=at) for rows in (over, gone))
    )
