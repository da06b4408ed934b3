"""A small wish: private first, claimed once, contact when both want it, confirmed by who wished, gone when taken back."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON as AT
from tests.policy.volunteer_calls import as_oneself, told
from yige.accounts.actors import COMMAND
from yige.alliance import wishes
from yige.alliance.models import Wish
from yige.archive.people import merging
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

BULB = "想换一个亮一点的灯泡"


def made(someone, by=None, **said):
    return wishes.make_wish(
        someone, by=by or as_oneself(someone), at=AT, **{"words": BULB, "shown": True, **said}
    )


def do(verb, wish, someone, **said):
    return getattr(wishes, verb)(wish, by=as_oneself(someone), at=AT, person=someone, **said)


def test_private_wish_is_read_by_no_neighbour(here):
    wisher, neighbour = here.people[:2]
    wish = made(wisher, shown=False)

    assert wishes.wishes_near(neighbour) == []
    with pytest.raises(NotAllowed):
        do("claim_wish", wish, neighbour)


def test_wish_is_claimed_once_and_contact_opens_when_both_agree(here):
    wisher, neighbour, other = here.people[:3]
    wish = made(wisher)
    assert wishes.wishes_near(neighbour) == [wish]
    do("claim_wish", wish, neighbour)
    with pytest.raises(Conflict, match="刚刚有人认领"):
        do("claim_wish", wish, other)

    wish = do("agree_to_contact", wish, neighbour)
    assert [wishes.contact_for(wish, each) for each in (wisher, neighbour)] == [None, None]
    wish = do("agree_to_contact", wish, wisher)
    assert wishes.contact_for(wish, neighbour).phone == "19900010000"
    assert wishes.contact_for(wish, wisher).phone == "19900010001"
    assert wishes.contact_for(wish, other) is None


def test_given_back_it_waits_for_another_without_a_name(here):
    wisher, neighbour, other = here.people[:3]
    wish = do("claim_wish", made(wisher), neighbour)
    wish = do("give_back_wish", wish, neighbour)

    assert (wish.claimer, wish.claimed_at) == (None, None)
    assert wishes.wishes_near(other) == [wish]


def test_who_wished_says_whether_it_came_true(here):
    wisher, neighbour = here.people[:2]
    wish = do("fulfil_wish", do("claim_wish", made(wisher), neighbour), neighbour)
    with pytest.raises(NotAllowed):
        wishes.confirm_wish(wish, by=as_oneself(neighbour), at=AT, fulfilled=True)
    wish = wishes.confirm_wish(wish, by=as_oneself(wisher), at=AT, fulfilled=False)
    assert wish.fulfilled_at is None
    wish = do("fulfil_wish", wish, neighbour)
    wishes.confirm_wish(wish, by=as_oneself(wisher), at=AT, fulfilled=True)

    assert "谢谢您" in told(neighbour)[-1]


def test_wish_of_somebody_without_a_phone_goes_over_the_door(here):
    """Written down, done and confirmed there; not confirmed by who did it."""
    wish = made(here.people[0], by=here.micro, shown=False)
    wish = wishes.fulfil_wish(wish, by=here.micro, at=AT)
    with pytest.raises(NotAllowed, match="不能自己确认"):
        wishes.confirm_wish(wish, by=here.micro, at=AT, fulfilled=True)
    with pytest.raises(NotAllowed):
        wishes.confirm_wish(wish, by=here.neighbour_worker, at=AT, fulfilled=True)

    assert wishes.confirm_wish(wish, by=here.worker, at=AT, fulfilled=True).confirmed_at == AT


@pytest.mark.parametrize(
    "words", ["帮我打 13812345678", "请到3号楼2单元501来", "王小0想理发", "", "想" * 121]
)
def test_what_no_wish_may_say(here, words):
    with pytest.raises(NotSaid) as refused:
        made(here.people[0], words=words)

    assert "words" in refused.value.fields and not Wish.objects.exists()


def test_taken_back_or_erased_it_goes(here):
    first, second, third = here.people[:3]
    wish = do("claim_wish", made(first), second)
    for _ in range(2):
        wishes.take_back_wish(wish, by=as_oneself(first), at=AT, key="k" * 24)
    assert not Wish.objects.exists() and "收回了" in told(second)[-1]

    made(third)
    erasing.erase([third], by=COMMAND, at=AT, what=DeletionKind.PERSON)
    assert Wish.objects.get().words == ""
    assert wishes.forget_wishes(AT + timedelta(days=1)) == {"wishes": 1}


def test_a_fourth_wish_waits(here):
    for _ in range(3):
        made(here.people[0])
    with pytest.raises(Conflict, match="最多 3 个"):
        made(here.people[0])


@pytest.mark.parametrize("side", ["person", "claimer"])
def test_a_wish_follows_the_file_that_is_kept_on_either_side(here, side):
    kept, gone, third = here.people[:3]
    wisher, neighbour = (gone, third) if side == "person" else (third, gone)
    wish = do("claim_wish", made(wisher), neighbour)
    merge = merging.ask_merge(kept, by=here.registrar, at=AT, gone=gone)
    merging.grant_merge(merge, by=here.second_registrar, at=AT)

    wish.refresh_from_db()
    assert getattr(wish, side) == kept
    merging.undo_merge(merge, by=here.registrar, at=AT)
    wish.refresh_from_db()
    assert getattr(wish, side) == gone
