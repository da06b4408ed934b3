"""The answers of a visit: everything that is owed gets one of the three, and what was said is kept as it was heard."""

from typing import NamedTuple

from yige.cases.words import AnswerKind
from yige.contact import answer_rule
from yige.contact.models import Answer
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict
from yige.lib.typed_text import clean_line
from yige.steps.s1_approach.visit_checks import day_fault

LONGEST_ANSWER = Answer._meta.get_field("words").max_length
UNANSWERED = "上次说的这件事还没有答复，请选办好了、正在办或办不了。"
GONE = "这件事刚才已经有人当面答复、了结了。请刷新页面，看过再记。"


class GivenAnswer(NamedTuple):
    owed: object
    kind: AnswerKind
    words: str
    due_on: object
    ends: bool


def check_answers(owed, answers, at, wrong) -> list:
    """Return what was said about each owed thing; every one that was left out is a sentence at its place."""
    given = {answer["field"]: answer for answer in answers}
    if given.keys() - {thing.field for thing in owed}:
        raise Conflict(GONE)
    return [said for thing in owed if (said := _one(thing, given.get(thing.field, {}), at, wrong))]


def _one(thing, answer, at, wrong):
    kind, words = answer.get("kind") or "", clean_line(answer.get("words") or "")
    if kind not in AnswerKind.values:
        wrong[thing.field] = UNANSWERED
        return None
    if len(words) > LONGEST_ANSWER:
        wrong[f"{thing.field}_words"] = f"最多写 {LONGEST_ANSWER} 个字，现在是 {len(words)} 个。"
    if not words and kind != AnswerKind.DONE:
        wrong[f"{thing.field}_words"] = "请说明办到哪一步，或者为什么办不了。"
    elif thing.draft.row == "broken" and kind != AnswerKind.DONE and words == clean_line(thing.draft.words):
        wrong[f"{thing.field}_words"] = "请说清楚为什么没有做到、现在打算怎么办。"
    due_on = answer.get("due_on")
    if thing.is_promise and kind == AnswerKind.IN_PROGRESS:
        due_on = _new_day(thing, due_on, local_day(at), wrong)
    return GivenAnswer(thing, AnswerKind(kind), words, due_on, answer_rule.ends_matter(thing.item, kind))


def _new_day(thing, day, today, wrong):
    """Return the day a promise stands for from now on: the old one while it is ahead, else a new one."""
    if day is None and thing.row.due_on >= today:
        return thing.row.due_on
    if day is not None and day == thing.row.due_on and day >= today:
        return day
    fault = day_fault(day, today)
    if not fault and day < thing.row.due_on:
        fault = "答应过的日子只能往后约，不能改早。"
    if fault:
        wrong[f"{thing.field}_due_on"] = "过了期，请重新约一个日子。" if day is None else fault
    return day


def write_answers(said, visit, at) -> None:
    """Keep the answers as heard on this visit; end what they end, put off what they put off."""
    for one in said:
        row = one.owed.row
        about = {"promise": row} if one.owed.is_promise else {"need": row}
        Answer(visit=visit, kind=one.kind, words=one.words, ends=one.ends, at=at, heard_at=at, **about).save(
            force_insert=True
        )
        if one.owed.is_promise:
            _settle_promise(row, one, at)
        elif one.ends:
            row.closed_at = at
            row.save(update_fields=["closed_at"])


def _settle_promise(promise, one, at):
    if one.kind == AnswerKind.DONE:
        promise.kept_at = promise.kept_at or at
    elif one.kind == AnswerKind.CANNOT:
        promise.released_at = at
    elif one.due_on != promise.due_on:
        promise.due_on, promise.told_at = one.due_on, None
    promise.save(update_fields=["kept_at", "released_at", "due_on", "told_at"])
