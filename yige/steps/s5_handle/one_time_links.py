"""A one-time link for a unit without an account: made and revoked by the desk, used once, taken over or sent back.

What comes by a link is nobody's act until the desk has taken it over; then the unit's verb is called, and the line
says that it came by a link. A link that is used, ended, revoked or guessed is told alike.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yige.accounts.roles import having
from yige.audit.log import action
from yige.lib.crypto import derived_secret, same
from yige.lib.local_time import end_of_day
from yige.lib.refusals import Conflict, NotSaid
from yige.lib.typed_values import read_day
from yige.steps.s5_handle.calls import (
    CALL_VERBS,
    LONGEST_LINE,
    LONGEST_PERSON,
    check_until,
    why_call_refused,
)
from yige.steps.s5_handle.joint_plan import STEP_VERBS, check_step_asked
from yige.whistles import call_moves, calling, gate
from yige.whistles.models import Call, CallLink, LinkAnswer, PlanStep
from yige.whistles.standings import has_account

LASTS = timedelta(days=7)
LASTS_EMERGENCY = timedelta(hours=24)
DEAD = "这个链接不能用。可能已经用过、过了期限，或者抄错了。请打电话给街道，再要一个。"
LONGEST_ANSWER = 500
LONGEST = {"person": LONGEST_PERSON, "discussed": LONGEST_LINE, "basis": LONGEST_LINE}
FIELDS = {
    "sign": ("person",),
    "contact": ("person", "discussed", "measure", "until"),
    "arrive": ("words",),
    "note_progress": ("words", "until"),
    "deliver": ("words",),
    "refuse_duty": ("words", "basis"),
    "finish_step": ("words",),
}
OPTIONAL = (("refuse_duty", "basis"), ("note_progress", "until"))


@action("whistles.make_link", makes=CallLink)
def make_link(call, *, by, at, id, step=None) -> CallLink:
    """Make a link for one answer about a call, or one step of its plan, for a unit that cannot log in and say it."""
    gate.check_street(call.whistle, by, at)
    if has_account(call.unit_id, at):
        raise Conflict("这家单位有账号，请它自己登录来写，不用链接。")
    if not Call.objects.select_for_update().get(pk=call.pk).is_open:
        raise Conflict("这家单位的部分已经办完，不用再发链接。")
    if step is not None and (step.whistle_id != call.whistle_id or step.unit_id != call.unit_id):
        raise NotSaid("请另选。", step="这一步不是这家单位的。")
    if step is not None:
        check_step_asked(PlanStep.objects.select_for_update().get(pk=step.pk))
    lasts = LASTS_EMERGENCY if call.whistle.trigger == "emergency" else LASTS
    return CallLink.objects.create(id=id, call=call, step=step, made_at=at, by=by, ends_at=at + lasts)


@action("whistles.revoke_link")
def revoke_link(link, *, by, at) -> CallLink:
    """End a link before its time."""
    gate.check_street(link.call.whistle, by, at)
    link = CallLink.objects.select_for_update().get(pk=link.pk)
    if link.used_at:
        raise Conflict("这个链接已经用过了。")
    link.revoked_at = link.revoked_at or at
    link.save(update_fields=["revoked_at"])
    return link


def link_secret(link) -> str:
    """Return the secret of a link: derived, kept nowhere (ADR 0002)."""
    return derived_secret(settings.YIGE_LINK_KEY, "call link", link.pk)


def find_link(pk, typed, at) -> CallLink | None:
    """Return the living link with this id and secret, or None for any other; in constant time."""
    rows = CallLink.objects.select_related("call__whistle__case__category", "call__unit", "step")
    link = rows.filter(pk=pk).first() if isinstance(pk, UUID) else None
    secret = link_secret(link) if link else "0" * 20
    return (
        link if same(secret, typed) and link is not None and link.is_alive(at) and link.call.is_open else None
    )


@action("whistles.answer_by_link")
def answer_by_link(link, *, by, at, verb, said) -> CallLink:
    """Take one answer; of two phones at once one wins, and the other is told what a dead link tells."""
    locked = CallLink.objects.select_for_update().get(pk=link.pk)
    if not locked.is_alive(at) or not Call.objects.select_for_update().get(pk=locked.call_id).is_open:
        raise Conflict(DEAD)
    if refused := why_not_by_link(locked, verb, at):
        raise NotSaid(refused, verb=refused)
    kept = check_answer_said(verb, said, at)
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    LinkAnswer.objects.create(link=locked, at=at, verb=verb, said=kept)
    whistle = link.call.whistle
    calling.tell_street(
        whistle, f"{link.call.unit}用链接来答复了，等您处理", at=at, roles=having("whistle"), body=""
    )
    return locked


def verbs_of_link(link, at) -> list[str]:
    """Return what can be said by a link now: that its step is done, or what the call is open to."""
    asked = ("finish_step",) if link.step_id else call_moves.BY_LINK
    return [verb for verb in asked if not why_not_by_link(link, verb, at)]


def why_not_by_link(link, verb, at) -> str:
    """Return the sentence with which the unit's own act would be refused now, or "" when a link can say it."""
    if verb not in (("finish_step",) if link.step_id else call_moves.BY_LINK):
        return "请从列出的几项里选一项。"
    if not link.step_id:
        return why_call_refused(verb, link.call, None, at, {"proxy"})
    try:
        check_step_asked(link.step)
    except Conflict as refusal:
        return refusal.sentence
    return ""


def check_answer_said(verb, said, at) -> dict[str, str]:
    """Return what was said with a verb by a link, as text; refuse what the unit's own act would refuse."""
    kept = {name: str(said.get(name) or "").strip() for name in FIELDS[verb]}
    missing = {
        name: "请填写这一项。" for name, text in kept.items() if not text and (verb, name) not in OPTIONAL
    }
    if missing:
        raise NotSaid("还有没填的内容。", **missing)
    most = {name: LONGEST.get(name, LONGEST_ANSWER) for name in kept}
    if long := {name: f"最多写 {most[name]} 个字。" for name, text in kept.items() if len(text) > most[name]}:
        raise NotSaid("写得太长了。", **long)
    if day := read_day(kept.get("until", "")):
        check_until(end_of_day(day), at)
    return kept


def take_over(answer, *, by, at, key=None, until=None) -> Call:
    """Let what came by a link be the unit's act, in one transaction; `until` is the day it named, as a moment."""
    with transaction.atomic():
        locked = lock_waiting(answer)
        call = Call.objects.select_related("whistle", "unit").get(pk=locked.link.call_id)
        said = dict(locked.said) | ({"until": until} if "until" in locked.said else {})
        about = locked.link.step if locked.verb == "finish_step" else call
        (CALL_VERBS | STEP_VERBS)[locked.verb](about, by=by, at=at, key=key, answer=locked, **said)
        decide(locked, by, at, taken_over=True)
        return Call.objects.get(pk=call.pk)


@action("whistles.send_answer_back")
def send_answer_back(answer, *, by, at, words) -> LinkAnswer:
    """Do not take over what came by a link, with the reason; a new link may be made."""
    gate.check_street(answer.link.call.whistle, by, at)
    locked = lock_waiting(answer)
    locked.words = gate.check_text(words, "words")
    return decide(locked, by, at, taken_over=False)


def lock_waiting(answer) -> LinkAnswer:
    locked = LinkAnswer.objects.select_for_update().get(pk=answer.pk)
    if locked.decided_at:
        raise Conflict("这份答复已经有人处理了。")
    return locked


def decide(answer, by, at, *, taken_over) -> LinkAnswer:
    answer.decided_at, answer.decided_by, answer.taken_over = at, by, taken_over
    answer.save()
    return answer
