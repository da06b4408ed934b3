"""Every write to a deliberation from its raising to its result. What follows the result stands in `carrying_out.py`."""

from datetime import timedelta

from yige.accounts.scope import posts_with
from yige.audit.log import action
from yige.deliberation import telling
from yige.deliberation.ballots import close_vote, refuse_running, waiting_vote
from yige.deliberation.decision_rules import (
    MATTER_BY_NAME,
    Tally,
    quorum_words,
    tally_faults,
    verdict_of_count,
    worked_sum,
)
from yige.deliberation.gate import due_day, lock_deliberation, settle_stage, write_history
from yige.deliberation.models import Decision, Deliberation, Meeting
from yige.deliberation.public_words import screen
from yige.deliberation.words import NOTICE_DAYS, PUBLIC_DAYS, DecisionForm, RaisedFrom, Verdict
from yige.lib.local_time import date_words, end_of_day, local_day, moment_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, TooOften
from yige.lib.typed_text import shorten

MOST_OPEN_OF_A_PERSON = 3
FARTHEST_MEETING = timedelta(days=90)
A_DAY = 24 * 3600


@action("deliberation.raise", makes=Deliberation)
def raise_matter(area, *, by, at, id, words, raised_from, person=None, topic=None, case=None) -> Deliberation:
    """Raise a matter that neighbours should decide together; the community studies it first."""
    if by.actor_kind == "resident":
        check_resident(person, by)
    elif not posts_with(by, at, "raise_deliberations", area.path):
        raise NotAllowed("议题由这个范围的网格长、事件处置岗替大家提。")
    if not words:
        raise NotSaid("还没有写是什么事。", words="请写一写要大家商量什么。")
    check_source(raised_from, topic, case, area)
    row = Deliberation(
        id=id, path=area.path, area=area.name, raised_from=raised_from, raised_words=words, raised_at=at,
        raised_by=by if by.actor_kind == "staff" else None, person=person, topic=topic, case=case,
    )  # fmt: skip
    row.due_on = due_day(row, at)
    row.save(force_insert=True)
    write_history(row, "raise", by=by, at=at, words=row.get_raised_from_display())
    telling.tell_leaders(row, at=at)
    return row


def check_resident(person, by) -> None:
    if person is None or person.pk != by.person_id:
        raise NotAllowed("只能替自己提。")
    if Deliberation.objects.open().filter(person=person).count() >= MOST_OPEN_OF_A_PERSON:
        sentence = f"您有 {MOST_OPEN_OF_A_PERSON} 件还在议，等有了结果再提。"
        raise TooOften(sentence, wait=A_DAY)


def check_source(raised_from, topic, case, area) -> None:
    """Refuse a source that names nothing, or something of another place."""
    if raised_from == RaisedFrom.TOPIC and topic is None:
        raise NotSaid("请选专题。", topic="请选是哪一个专题。")
    if raised_from == RaisedFrom.CASES and case is None:
        raise NotSaid("请写编号。", number="请写其中一件的编号。")
    if case is not None and not case.grid_path.startswith(area.path):
        raise NotSaid("请另写一件。", number=f"{case.number} 不在这个范围里。")


@action("deliberation.list")
def list_matter(row, *, by, at, title, words, affected, seen=None) -> Deliberation:
    """Put the matter on the list, in the head's words; whoever raised it is told."""
    row = lock_deliberation(row, "list", by, at, seen)
    describe(row, title, words, affected)
    return settle_stage(row, "list", by=by, at=at, words=title)


def describe(row, title, words, affected) -> None:
    """Write what everybody reads of the matter; each line of `affected` says who, and why."""
    lines = [line.strip() for line in affected.replace(":", "：").splitlines() if line.strip()]
    if any("：" not in line.strip("：") for line in lines):
        raise NotSaid("和谁有关，没有写清楚。", affected="一行写一方，这样写：3号楼的业主：电梯装在楼前。")
    screen({"title": title, "words": words, "affected": "\n".join(lines)}, [row.raised_words])
    row.title, row.words, row.affected = title, words, "\n".join(lines)
    row.why_ended = ""


@action("deliberation.decline")
def decline(row, *, by, at, why, seen=None) -> Deliberation:
    """Leave the matter off the list, with the reason that whoever raised it reads."""
    row = lock_deliberation(row, "decline", by, at, seen)
    screen({"why": why})
    row.why_ended = why
    return settle_stage(row, "decline", by=by, at=at, words=why)


@action("deliberation.change")
def change(row, *, by, at, title, words, affected) -> Deliberation:
    """Say better what it is about, before the notice."""
    row = lock_deliberation(row, "change", by, at)
    describe(row, title, words, affected)
    return settle_stage(row, "change", by=by, at=at, words=title)


@action("deliberation.give_notice")
def give_notice(row, *, by, at, matter, meeting_at, place, materials) -> Deliberation:
    """Say what is decided in which form, when and where one meets, with what is to be read before: three days ahead."""
    row = lock_deliberation(row, "give_notice", by, at)
    first = local_day(at) + timedelta(days=NOTICE_DAYS)
    if local_day(meeting_at) < first:
        raise NotSaid(
            "通知得太晚。",
            meeting_at=f"开会以前至少 {NOTICE_DAYS} 天发通知，最早 {date_words(first)}。",
        )
    if meeting_at - at > FARTHEST_MEETING:
        raise NotSaid("开会的日子太远。", meeting_at="请定三个月以内的日子。")
    screen({"place": place, "materials": materials})
    row.matter, row.meeting_at, row.meeting_place, row.materials = matter, meeting_at, place, materials
    row.noticed_at = at
    told = f"{moment_words(meeting_at, at)}，{place}。定的是：{MATTER_BY_NAME[matter].label}。"
    return settle_stage(row, "give_notice", by=by, at=at, words=told)


@action("deliberation.record_meeting")
def record_meeting(row, *, by, at, present, attendance, minutes, options) -> Deliberation:
    """Write down who came, by groups, what was said, and which options there are."""
    row = lock_deliberation(row, "record_meeting", by, at)
    if row.meeting_at > at:
        raise NotSaid(
            "还没有到开会的时间。", present=f"会定在 {moment_words(row.meeting_at, at)}，开过了再记。"
        )
    screen({"attendance": attendance, "minutes": minutes, "options": options}, [row.raised_words])
    Meeting.objects.create(
        deliberation=row, held_at=row.meeting_at, present=present, attendance=attendance, minutes=minutes,
        options=options, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    return settle_stage(row, "record_meeting", by=by, at=at, words=f"到会 {present} 人：{attendance}")


@action("deliberation.record_opinion")
def record_opinion(row, *, by, at, agreed, words) -> Deliberation:
    """Write the opinion that came of it, which binds nobody, and begin the seven days in which it is shown."""
    row = lock_deliberation(row, "record_opinion", by, at)
    refuse_running(row, at)
    screen({"words": words})
    outcome = Verdict.AGREED if agreed else Verdict.NOT_AGREED
    decision = Decision(deliberation=row, matter=row.matter, verdict=outcome, words=words)
    close_vote(row, at)
    return show_decision(row, decision, "record_opinion", by=by, at=at)


@action("deliberation.record_count")
def record_count(
    row, *, by, at, words, source="", source_number="", source_on=None, **counts
) -> Deliberation:
    """Take over a counted result: the house computes whether it is valid and carried; begin the seven days."""
    row = lock_deliberation(row, "record_count", by, at)
    if row.form == DecisionForm.REPRESENTATIVES and waiting_opened(row):
        raise Conflict("这件事是在这里不记名投的，请在“不记名投票”计票，不用再抄数。")
    refuse_running(row, at)
    decision = Decision(
        deliberation=row, matter=row.matter, words=words, source=source, source_number=source_number,
        source_on=source_on, **counts,
    )  # fmt: skip
    if faults := tally_faults(decision.tally, row.form):
        raise NotSaid("数对不上，请对一下。", **faults)
    check_origin(row, source, source_number, source_on, at)
    screen({"words": words})
    decision.verdict = verdict_of_count(row.rule, decision.tally)
    close_vote(row, at)
    return show_decision(row, decision, "record_count", by=by, at=at)


def waiting_opened(row) -> bool:
    vote = waiting_vote(row)
    return vote is not None and vote.opened_at is not None


def check_origin(row, source, source_number, source_on, at) -> None:
    """Refuse a result of owners that does not say where it comes from, or that is of tomorrow."""
    if row.form != DecisionForm.OWNERS:
        return
    empty = {
        name: "请填写这一项。"
        for name, said in (("source", source), ("source_number", source_number))
        if not said
    }
    if source_on is None or source_on > local_day(at):
        empty["source_on"] = "请写结果是哪天的，不晚于今天。"
    if empty:
        raise NotSaid("业主共同决定要写明结果是从哪里接过来的。", **empty)


def show_decision(row, decision, verb, *, by, at) -> Deliberation:
    """Keep what came of it and show it for seven days after this one."""
    decision.recorded_at, decision.recorded_by = at, by
    decision.save(force_insert=True)
    row.shown_at = at
    row.shown_until = end_of_day(local_day(at) + timedelta(days=PUBLIC_DAYS))
    words = f"{decision.get_verdict_display()}。{sum_words(row.rule, decision.tally)}{decision.words}"
    told = f"{decision.get_verdict_display()}。{shorten(decision.words, 100)}"
    return settle_stage(row, verb, by=by, at=at, words=words, told=told)


def sum_words(rule, tally: Tally) -> str:
    lines = [f"{line.words}。" for line in worked_sum(rule, tally)]
    return "".join(lines) + (f"{quorum_words(rule, tally)}。" if lines else "")


@action("deliberation.drop")
def drop(row, *, by, at, why) -> Deliberation:
    """Give the matter up before there is a result, with the reason."""
    row = lock_deliberation(row, "drop", by, at)
    screen({"why": why})
    row.why_ended = why
    close_vote(row, at)
    return settle_stage(row, "drop", by=by, at=at, words=why)
