"""The small wishes of the demo: private ones, some that neighbours read, claimed, done, confirmed; all by the verbs."""

from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from yige.accounts.actors import Resident
from yige.alliance import wishes
from yige.alliance.models import Wish
from yige.lib.refusals import Refusal


class DemoWish(NamedTuple):
    """How far it came: "" is said only, then claimed, agreed, fulfilled, confirmed."""

    words: str
    shown: bool = False
    until: str = ""


# fmt: off
WISHES = (
    DemoWish("想换一个亮一点的灯泡",               True),
    DemoWish("想有人陪着下一盘棋",                 True),
    DemoWish("想学会用手机看孙女的照片",           True,  "claimed"),
    DemoWish("想去公园看一次菊花，轮椅有人推",     True,  "agreed"),
    DemoWish("旧收音机不响了，想修好",             True,  "fulfilled"),
    DemoWish("想理个发，下不了楼",                 True,  "confirmed"),
    DemoWish("想找人帮着把阳台的花盆搬进屋",       False),
    DemoWish("想要一副大字的扑克牌",               False),
    DemoWish("想请人写一副春联",                   True),
    DemoWish("想有个人一起去量血压",               True,  "claimed"),
)
WISH_STEPS = ("claimed", "agreed", "fulfilled", "confirmed")
# fmt: on


def lay_wishes(people, now):
    """Bring the wishes of some neighbours to where they stand, each with another neighbour where one claims it; once."""
    if Wish.objects.exists() or len(people) < 2:
        return
    for number, said in enumerate(WISHES):
        wisher, other = people[number % len(people)], people[(number + 1) % len(people)]
        with suppress(Refusal):  # a name of one sign may stand in the words
            tell_wish(said, wisher, other, now - timedelta(days=len(WISHES) - number))


def tell_wish(said, wisher, other, at):
    by, claimer = Resident(wisher.pk, wisher.household_id), Resident(other.pk, other.household_id)
    wish = wishes.make_wish(wisher, by=by, at=at, words=said.words, shown=said.shown)
    done = WISH_STEPS.index(said.until) + 1 if said.until else 0
    if done > 0:
        wishes.claim_wish(wish, by=claimer, at=at, person=other)
    if done > 1:
        wishes.agree_to_contact(wish, by=claimer, at=at, person=other)
        wishes.agree_to_contact(wish, by=by, at=at, person=wisher)
    if done > 2:
        wishes.fulfil_wish(wish, by=claimer, at=at, person=other)
    if done > 3:
        wishes.confirm_wish(wish, by=by, at=at, fulfilled=True)
