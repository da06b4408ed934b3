"""What is refused before a call is written: a day that is over, a span, a number, words that name somebody."""

from datetime import timedelta

from yige.alliance.models import VolunteerCall
from yige.cases.screening import faults_of, heard_of, names_of
from yige.lib.local_time import local_day, moment_words
from yige.lib.refusals import NotSaid
from yige.notices.quiet import not_before

FARTHEST, LONGEST, SHORTEST = timedelta(days=90), timedelta(hours=12), timedelta(minutes=15)
MOST_WANTED = 200
MISSING = "请填写这一项。"


def check_times(starts_at, ends_at, at) -> None:
    wrong = {}
    if starts_at <= at:
        wrong["starts_at"] = f"{moment_words(starts_at, at)} 已经过了，请写以后的时间。"
    elif starts_at > at + FARTHEST:
        wrong["starts_at"] = "太远了，请写 90 天以内的时间。"
    elif not_before(starts_at) != starts_at:
        wrong["starts_at"] = "请选早上 8 点到晚上 9 点之间开始。"
    if not SHORTEST <= ends_at - starts_at <= LONGEST:
        wrong["ends_at"] = "结束要在开始以后，一次最短一刻钟、最长 12 个小时。"
    elif local_day(starts_at) != local_day(ends_at):
        wrong["ends_at"] = "请写当天结束，过了半夜的分两次召集。"
    refuse(wrong)


def check_wanted(wanted, held=0) -> None:
    if not 1 <= wanted <= MOST_WANTED:
        refuse({"wanted": f"请写 1 到 {MOST_WANTED} 位。"})
    if wanted < held:
        sentence = f"已经有 {held} 位占着名额，最少写 {held}。要请人不来，请在名单里逐位写明理由。"
        refuse({"wanted": sentence})


def check_texts(texts, case=None, needed=()) -> None:
    """Refuse what may tell who somebody is, or stands in a report just so; each sentence at its field."""
    heard = heard_of(case) if case else ()
    names = names_of(case) if case else ()
    wrong = {}
    for name, text in texts.items():
        longest = VolunteerCall._meta.get_field(name).max_length
        if not text and name in needed:
            wrong[name] = MISSING
        elif len(text) > longest:
            wrong[name] = f"最多写 {longest} 个字，现在是 {len(text)} 个。"
        elif faults := faults_of(text, heard=heard, names=names):
            wrong[name] = "".join(faults) + "请换个写法，人人都看得到。"
    refuse(wrong)


def refuse(wrong) -> None:
    if wrong:
        raise NotSaid(next(iter(wrong.values())), **wrong)
