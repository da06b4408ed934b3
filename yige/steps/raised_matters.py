"""What is raised with a head (书记有约, 居民议事厅, 业主委员会) becomes a case, a matter to deliberate or an answered question."""

from django.db import transaction

from yige.archive.models import Person
from yige.archive.rights.signing_in import adults_with
from yige.cases import queries
from yige.cases.categories import UNSURE
from yige.cases.models import Case
from yige.cases.reporters import ReporterContact
from yige.cases.reports import Origin, Problem
from yige.cases.words import Channel
from yige.deliberation.models import Deliberation, Question
from yige.deliberation.words import RaisedFrom, TakenAs
from yige.lib.refusals import NotSaid
from yige.steps import danger_doors
from yige.steps.s3_report import actions as s3

LOWEST = 3
CHANNELS = {
    RaisedFrom.SECRETARY: Channel.SECRETARY,
    RaisedFrom.HALL: Channel.FORUM,
    RaisedFrom.OWNERS: Channel.OWNERS,
    RaisedFrom.RESIDENT: Channel.PROXY,
    RaisedFrom.HEAD: Channel.PROXY,
}


@transaction.atomic
def take_up(
    area, *, by, at, taken_as, raised_from, words, key=None, phone="", answer="", topic=None, case=None
) -> Case | Deliberation | Question:
    """Take up what was raised in the one way that was chosen; its source stays, and whoever raised it finds it again."""
    if taken_as == TakenAs.CASE:
        return report_raised(area, by=by, at=at, key=key, raised_from=raised_from, words=words, phone=phone)
    said = {"by": by, "at": at, "key": key, "words": words, "raised_from": raised_from}
    person = person_with(phone, at)
    if taken_as == TakenAs.ANSWER:
        return danger_doors.answer_question(area, **said, answer=answer, person=person)
    return danger_doors.raise_matter(area, **said, person=person, topic=topic, case=case)


def report_raised(area, *, by, at, key, raised_from, words, phone) -> Case:
    if raised_from not in CHANNELS:
        raise NotSaid(
            "这样的来源不用再登记。", raised_from="来自专题、事项的，已经有事项了，请选“列入居民议事研究”。"
        )
    if area.level != LOWEST:
        raise NotSaid("请选三级网格。", area="登记成事项的，请选到三级网格。")
    problem = Problem(words, queries.category_in_use(UNSURE))
    contact = ReporterContact(phone=phone) if phone else None
    origin = Origin(CHANNELS[raised_from])
    return s3.report(area, by=by, at=at, key=key, problem=problem, origin=origin, contact=contact)


def person_with(phone, at) -> Person | None:
    """Return whose number it is; None without one."""
    if not phone:
        return None
    found = list(adults_with(phone, at)[:2])
    if len(found) != 1:
        why = "几个人用这个号码" if found else "档案里没有这个号码"
        raise NotSaid("找不到是谁。", phone=f"{why}，请空着；结果请当面告诉本人。")
    return found[0]
