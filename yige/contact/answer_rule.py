"""What a household is owed at its door, and the answer drafted for each thing. Pure: no database, no clock, no Django.

A need or a promise is open until an answer that ends it was heard. What is open is owed at every visit: no answer to
it was heard since the last visit at which somebody was met. A case that was taken up again opens its need again.
The draft comes from the first row of `ANSWER_ROWS` that fits. A phone runs the same table: `answer_vectors.json` beside this
file holds what goes in and what has to come out; both sides read it. Rule: docs/policy/contact.md.
"""

from datetime import date, datetime
from typing import NamedTuple

from yige.lib.local_time import short_date_words

DONE, IN_PROGRESS, CANNOT = "done", "in_progress", "cannot"
ANSWER_LABELS = {DONE: "办好了", IN_PROGRESS: "正在办", CANNOT: "办不了"}
CASE_IS_OVER = ("closed", "cleared", "rejected", "withdrawn")
LONGEST_QUOTE = 100  # characters of what is quoted from the case


class Matter(NamedTuple):
    """What the rule reads of a case; of a merged one, `state` and the rest are those of the case it is handled with."""

    number: str = ""
    state: str = "reported"
    outcome: str = ""
    tier: str = ""  # the level as people call it: 社区, 街道
    unit: str = ""
    duty: str = ""  # what has to be there by the promised day
    due_on: date | None = None
    parked: bool = False
    extended: bool = False
    escalated: bool = False  # sent up, and the level above has not handed it to anybody yet
    reopened_at: datetime | None = None
    result: str = ""
    process: str = ""
    reason: str = ""
    merged: bool = False


class PromiseForNeed(NamedTuple):
    """A promise that was given for a need."""

    words: str = ""
    due_on: date | None = None
    kept: bool = False


class HeardAnswer(NamedTuple):
    kind: str
    at: datetime
    ends: bool = False
    words: str = ""


class OwedItem(NamedTuple):
    """Something that a household raised, or that was promised to it."""

    id: str
    kind: str  # problem, need, opinion, promise
    raised_at: datetime
    words: str = ""
    case: Matter | None = None
    promises: tuple = ()
    heard: tuple = ()
    due_on: date | None = None  # of a promise
    kept: bool = False
    released: bool = False


class Draft(NamedTuple):
    """`kind` is empty where nothing is known: then whoever visits has to say. `must` are the inputs without a draft."""

    row: str
    kind: str
    words: str
    ends: bool
    must: tuple = ()


class AnswerRow(NamedTuple):
    name: str
    when: object
    kind: str
    words: tuple
    must: tuple = ()


def _promise(item):
    return item.kind == "promise"


def _state(*states):
    return lambda item, today: item.case is not None and item.case.state in states


def _going(sign, *states):
    """A case that is not done, in one of these states, with this sign."""
    return lambda item, today: (
        item.case is not None
        and item.case.state in (states or ("reported", "accepted", "dispatched", "signed", "handling"))
        and bool(getattr(item.case, sign))
    )


# A sentence whose gap has nothing to fill it is left out.
# fmt: off
ANSWER_ROWS = (
    #         name            when it fits                                                                     answer       in words, from the case                                                                 what has to be said besides
    # a promise
    AnswerRow("kept",         lambda item, today: _promise(item) and item.kept,                                DONE,        ("答应您的“{said}”，已经做到。",)),
    AnswerRow("broken",       lambda item, today: _promise(item) and item.due_on < today,                      IN_PROGRESS, ("答应您{due}前做到，没有做到，向您说明：",),                                              ("words", "due_on")),
    AnswerRow("promised",     lambda item, today: _promise(item),                                              IN_PROGRESS, ("答应您的“{said}”，约定{due}。",)),
    # a need with a case
    AnswerRow("self_done",    lambda item, today: _state("closed", "cleared")(item, today) and item.case.outcome == "light", DONE, ("当场已经办好。", "{result}。")),
    AnswerRow("silent",       lambda item, today: _state("cleared")(item, today) and item.case.outcome == "no_answer", DONE, ("已经办好。", "{result}。", "回访时没有联系上您，解决得怎么样，请您说一声。")),
    AnswerRow("cleared",      _state("cleared"),                                                               DONE,        ("已经办好并销号。", "{result}。")),
    AnswerRow("closed",       _state("closed"),                                                                DONE,        ("已经办好，核查过了。", "{result}。", "解决得怎么样，请您说一声。")),
    AnswerRow("rejected",     _state("rejected"),                                                              CANNOT,      ("没有受理：{reason}。", "{result}。", "您不同意，可以提出异议。")),
    AnswerRow("withdrawn",    _state("withdrawn"),                                                             CANNOT,      ("这件事已经撤回，不再办了。", "{result}。")),
    AnswerRow("handled",      _state("handled"),                                                               IN_PROGRESS, ("{unit}说已经办完，还要核查。", "{result}。", "{due}前核查、答复您。")),
    AnswerRow("escalated",    _going("escalated", "accepted"),                                                 CANNOT,      ("本级办不了，正在向{tier}反映。", "{process}。", "{due}前要有结果或计划。")),
    AnswerRow("parked",       _going("parked"),                                                                IN_PROGRESS, ("一时办不完，已经批准挂账，{due}前复核。", "{process}。")),
    AnswerRow("extended",     _going("extended"),                                                              IN_PROGRESS, ("经批准延期到{due}。", "{unit}在办。", "{process}。")),
    AnswerRow("late",         lambda item, today: _going("due_on")(item, today) and item.case.due_on < today,  IN_PROGRESS, ("{unit}在办。", "{process}。", "原定{due}前{duty}，已经过了期，街道看得到。")),
    AnswerRow("again",        _going("reopened_at", "reported", "accepted"),                                   IN_PROGRESS, ("上次没有解决，已经重新办理。", "{process}。", "{due}前{duty}。")),
    AnswerRow("reported",     _state("reported"),                                                              IN_PROGRESS, ("已经上报，等街道受理。", "{due}前{duty}。")),
    AnswerRow("accepted",     _state("accepted"),                                                              IN_PROGRESS, ("已经受理，正在安排谁来办。", "{due}前{duty}。")),
    AnswerRow("dispatched",   _state("dispatched"),                                                            IN_PROGRESS, ("已经派给{unit}，等签收。", "{due}前{duty}。")),
    AnswerRow("signed",       _state("signed"),                                                                IN_PROGRESS, ("{unit}已经签收，会先联系您。", "{due}前{duty}。")),
    AnswerRow("handling",     _state("handling"),                                                              IN_PROGRESS, ("{unit}正在办。", "{process}。", "{due}前{duty}。")),
    # a need without a case
    AnswerRow("word_kept",    lambda item, today: bool(item.promises) and all(word.kept for word in item.promises), DONE,   ("答应您的“{said}”，已经做到。",)),
    AnswerRow("word_given",   lambda item, today: bool(item.promises),                                         IN_PROGRESS, ("答应您的“{said}”，约定{due}。",)),
    AnswerRow("as_said",      lambda item, today: bool(item.heard),                                            IN_PROGRESS, ("{said_last}",)),
    AnswerRow("unknown",      lambda item, today: True,                                                        "",          (),                                                                                       ("kind", "words")),
)
# fmt: on


def is_open(item) -> bool | None:
    """Say whether a thing still waits for an answer that ends it."""
    if item.released:
        return False
    since = item.case.reopened_at if item.case else None
    return not any(heard.ends and (since is None or heard.at >= since) for heard in item.heard)


def awaits_answer(item, last_met_at) -> bool:
    """Say whether an answer is owed now: open, and nothing heard since the last visit at which somebody was met."""
    return is_open(item) and not any(last_met_at is None or heard.at > last_met_at for heard in item.heard)


def draft_of(item, today) -> Draft:
    """Return the answer to an item as its case, or its promise, stands on this day."""
    row = next(row for row in ANSWER_ROWS if row.when(item, today))
    words = "".join(_filled(item, row.words, today))
    if item.case and item.case.merged and words:
        words = f"和另一件同样的事合并办理。{words}"
    return Draft(row.name, row.kind, words, ends_matter(item, row.kind), row.must)


def ends_matter(item, kind) -> bool:
    """Say whether this answer ends the matter: never while its case is still going."""
    return kind in (DONE, CANNOT) and (item.case is None or item.case.state in CASE_IS_OVER)


def items_owed(items, last_met_at, today) -> list[tuple[OwedItem, Draft]]:
    """Return (item, draft) of all that is owed, what was promised and is late first, then the oldest."""
    found = [(item, draft_of(item, today)) for item in items if awaits_answer(item, last_met_at)]
    return sorted(found, key=lambda pair: (pair[1].row != "broken", pair[0].raised_at, pair[0].id))


def _filled(item, sentences, today):
    gaps = _gaps(item, today)
    for sentence in sentences:
        names = [part.partition("}")[0] for part in sentence.split("{")[1:]]
        if all(gaps[name] for name in names):
            yield sentence.format_map(gaps)


def _gaps(item, today):
    case = item.case or Matter()
    word = next(
        (word for word in item.promises if not word.kept), next(iter(item.promises), PromiseForNeed())
    )
    said, due_on = (item.words, item.due_on) if _promise(item) else (word.words, word.due_on)
    due_on = case.due_on if item.case else due_on
    last = max(item.heard, key=lambda heard: heard.at, default=None)
    return {
        "said": _short(said) or "办的事",
        "due": short_date_words(due_on, today) if due_on else "",
        "said_last": last.words[: 2 * LONGEST_QUOTE] if last else "",
        **{name: _short(getattr(case, name)) for name in ("tier", "unit", "duty", "result", "process", "reason")},
    }  # fmt: skip


def _short(text):
    text = " ".join(text.split()).rstrip("。；;.，, ")
    return f"{text[: LONGEST_QUOTE - 1]}…" if len(text) > LONGEST_QUOTE else text
