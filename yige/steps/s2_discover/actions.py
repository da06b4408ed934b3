"""Step 2, 发现问题: rounds of places to look at. What is kept is which place was looked at; never a way, a photo, a position.

A problem found becomes a case; that needs step 3 as well and stands in `yige/steps/patrol_finding.py`.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from yige.accounts.models import Post, User
from yige.accounts.scope import posts_with
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import action
from yige.contact.models import Look, Patrol, Route, Spot
from yige.contact.words import LookResult
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

GOES_ON = timedelta(hours=12)
NOT_YOUR_ROUND = "这里不在您的片区，不能巡查。"
PATROL_IS_OVER = "这次巡查已经结束。要接着看，请重新开始一次。"


def start_patrol(place, *, by, at, key=None) -> Patrol:
    """Begin a round of a route, or of all spots of a grid; whoever has one open goes on with that one."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        return open_patrol(by, at) or _start_anew(place, by=by, at=at, key=key)


def open_patrol(by, at) -> Patrol | None:
    """Return the round that this person goes on with, or None; what was left open longer ago is over."""
    rows = Patrol.objects.filter(by=by, finished_at=None, started_at__gt=at - GOES_ON)
    return rows.select_related("route").first()


def _start_anew(place, *, by, at, key):
    """End what was forgotten, so that its places can be looked at again, and begin."""
    for forgotten in Patrol.objects.filter(by=by, finished_at=None):
        finish_patrol(forgotten, by=by, at=at)
    return _start(place, by=by, at=at, key=key)


@action("contact.start_patrol", makes=Patrol)
def _start(place, *, by, at, id):
    post = post_over(
        place.grid_path if isinstance(place, Route) else place.path, by, at, "walk_rounds", NOT_YOUR_ROUND
    )
    if isinstance(place, Route) and not place.active:
        raise Conflict("这条路线已经停用，请另选一条。")
    patrol = Patrol(
        id=id, route=place if isinstance(place, Route) else None, by=by, unit_id=post.unit_id, started_at=at,
        grid_path=place.grid_path if isinstance(place, Route) else place.path,
    )  # fmt: skip
    insert_rows(patrol)
    return patrol


@action("contact.look_at_spot", makes=Look)
def look(patrol, *, by, at, id, spot, result=LookResult.FINE, case=None) -> Look:
    """Say that a place was looked at; no position and no photo is asked for. Found after fine changes the same row."""
    patrol = _locked(patrol, by)
    if not belongs(spot, patrol):
        raise NotSaid("这一处不在这次巡查里。", spot="这一处不在这次巡查里。")
    post_over(spot.grid_path, by, at, "walk_rounds", NOT_YOUR_ROUND)
    before = Look.objects.select_for_update().filter(patrol=patrol, spot=spot).first()
    if before and not (before.result == LookResult.FINE and result == LookResult.FOUND):
        raise Conflict(f"这一处这次已经记过：{before.get_result_display()}。")
    if before:
        before.delete()
    made = Look(id=id, patrol=patrol, spot=spot, at=at, result=result, case=case)
    insert_rows(made)
    Spot.objects.filter(Q(looked_at=None) | Q(looked_at__lt=at), pk=spot.pk).update(looked_at=at)
    return made


@action("contact.finish_patrol")
def finish_patrol(patrol, *, by, at) -> Patrol:
    """End a round; what was not looked at stays due, and nothing is held against anybody."""
    patrol = Patrol.objects.select_for_update().get(pk=patrol.pk)
    _check_own(patrol, by)
    if patrol.finished_at is None:
        patrol.finished_at = at
        patrol.save(update_fields=["finished_at"])
    return patrol


def belongs(spot, patrol) -> bool:
    """Say whether a place belongs to this round: to its route, or to its grid when it has none."""
    if not spot.active:
        return False
    if patrol.route_id:
        return spot.route_id == patrol.route_id
    return spot.grid_path.startswith(patrol.grid_path)


def post_over(path, by, at, capability, sentence) -> Post:
    """Return the nearest post that covers a path and from which this may be done, or refuse."""
    if held := posts_with(by, at, capability, path):
        return max(held, key=lambda post: len(post.path))
    raise NotAllowed(sentence)


def _locked(patrol, by):
    """Lock a round, so that two taps wait for each other; it must be one's own and open."""
    patrol = Patrol.objects.select_for_update().get(pk=patrol.pk)
    _check_own(patrol, by)
    if patrol.finished_at:
        raise Conflict(PATROL_IS_OVER)
    return patrol


def _check_own(patrol, by):
    if patrol.by_id != by.pk:
        raise NotAllowed("这次巡查是别人开始的，由他来记。")
