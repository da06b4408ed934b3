"""The steps that stories are made of. A step calls verbs and lets time pass."""

from datetime import timedelta

from yige.accounts.actors import CLOCK
from yige.cases.hearing import ways_to_hear, ways_to_reach
from yige.cases.standings import is_involved
from yige.cases.words import AskKind, Nature, Outcome, RejectReason
from yige.demo import arrivals, staff
from yige.demo.raising_steps import raise_up

WRONG = ("environment", "telecom", "housing", "power")  # where a case is sent by mistake


def accept(story):
    """The event desk takes most in; heads take in what they can deal with themselves."""
    tier, path = story.arrival.tier, story.arrival.path
    story.giver = story.cast.user("desk" if story.chance(0.6) else story.random.choice(("desk-2", "desk-3")))
    if tier == "grid" and story.chance(0.35):
        story.giver = story.cast.head(path, 3)
    elif tier in ("grid", "community") and story.chance(0.3):
        story.giver = story.cast.head(path, 2)
    nature = story.case.nature
    if nature == Nature.PUBLIC and story.chance(0.02):
        nature = Nature.MAJOR
    story.do(
        "accept",
        story.giver,
        (0.1, 2),
        category=story.case.category,
        urgency=story.case.urgency,
        nature=nature,
    )


def dispatch(story):
    """To the unit whose duty it is; now and then to a named person in it."""
    slug = arrivals.unit_slug(story.arrival)
    if slug.startswith("community") and story.giver.username not in ("desk", "desk-2", "desk-3"):
        slug = staff.unit_for("grid", story.arrival.path)
    _hand(story, slug, story.chance(0.5))


def dispatch_up(story):
    """What a lower level could not solve is taken over one level up: by the community itself, or for an office."""
    head = story.cast.head(story.arrival.path, 2)
    if story.case.tier == "community" and story.chance(0.4):
        raise_up(story, head, (0.5, 12))
    story.giver = story.cast.user("desk") if story.case.tier == "street" else head
    office = story.case.category.unit_hint
    slug = "chengguan" if office in ("grid", "community") else staff.unit_for(office, story.arrival.path)
    _hand(
        story, slug if story.case.tier == "street" else staff.unit_for("community", story.arrival.path), False
    )


def _hand(story, slug, by_name):
    able = [each for each in story.cast.doers(slug, story.arrival.path) if each != story.giver]
    story.unit, story.doer = story.cast.units[slug], _wanted(story, able)
    person = story.doer if by_name or story.arrival.doer else None
    words = story.say("dispatch") if story.chance(0.4) else ""
    story.do("dispatch", story.giver, (0.05, 2), unit=story.unit, person=person, words=words)


def _wanted(story, able):
    named = [each for each in able if each.username == story.arrival.doer]
    return story.random.choice(named or able)


def sign(story):
    story.do("sign", story.doer, (0.1, 3))


def contact(story):
    ways = ways_to_reach(story.case)
    first = [way for way in ways if way != "tried"]
    if set(first) & {"no_way", "own_find"}:
        story.do("contact", story.doer, (0.1, 2), how=first[0], words="直接到现场看。")
    else:
        how = story.random.choices(first, (7, 2, 1, 1)[: len(first)])[0]
        story.do("contact", story.doer, (0.1, 2), how=how, words=story.say("contact"))


def verify(story):
    if story.chance(0.5) or story.arrival.doer:
        story.do("verify", story.doer, (0.5, 12), words=story.say("verify"))


def progress(story):
    story.do("progress", story.doer, (2, 30), words=story.say("progress"))


def finish(story):
    story.do("finish", story.doer, (2, 80), words=story.say("finish"), photos=story.drawing("evidence"))
    if story.chance(0.25):
        story.do("reply", story.doer, (0.1, 4), words=story.say("reply"))


def close(story):
    """Whoever handed it out checks it."""
    story.do("close", story.giver, (0.5, 30), words=story.say("close"))
    if story.chance(0.04) and story.case.nature != Nature.PERSONAL:
        story.do("tell_area", story.giver, (0.1, 5), words=story.say("finish"))


def end(story):
    """The reporter says so by the link, or the desk asks by phone; a major case is looked back on first."""
    if story.case.nature == Nature.MAJOR:
        return look_back(story)
    if story.anonymous or story.chance(0.5) or story.arrival.channel == "snap":
        return answer_reporter(story)
    return ask_reporter(story, (20, 60), story.say("follow_up_solved"), **answers(story))


def answers(story):
    """What a reporter answers to the three questions."""
    satisfied = story.random.choices(("yes", "fair", "no"), (88, 9, 3))[0]
    solved = "partly" if story.chance(0.06) else "yes"
    return {"contacted": story.chance(0.95), "solved": solved, "satisfied": satisfied}


def caller(story):
    """Somebody who calls back and had no part in the case."""
    names = ["hotline", "hotline-2", "desk", "desk-2", "desk-3", "street"]
    story.random.shuffle(names)
    able = (story.cast.user(name) for name in names)
    return next(each for each in able if not is_involved(each, story.case))


def ask_reporter(story, hours, words, **said):
    how = ways_to_hear(story.case)[0]
    story.do("follow_up", caller(story), hours, reached=True, how=how, words=words, **said)
    if story.case.state == "closed" and said["solved"] == "partly":
        said = {"reached": True, "how": how, "solved": "yes", "words": story.say("follow_up_solved")}
        story.do("follow_up", caller(story), (40, 90), **said)


def answer_reporter(story):
    """The reporter answers by the link; “partly” is asked about once more, or decided by the street."""
    said = answers(story)
    kind = {"yes": "rating_good", "fair": "rating_fair", "no": "rating_bad"}[said["satisfied"]]
    story.do("rate", story.reporter, (1, 70), words=story.say(kind), **said)
    if story.case.state != "closed" or said["solved"] != "partly":
        return
    if story.anonymous:
        words = "剩下的部分要等下一批改造，已列入计划。"
        story.do("clear", street_caller(story), (20, 60), outcome=Outcome.PARTLY, words=words)
    else:
        ask_reporter(story, (20, 60), story.say("follow_up_solved"), solved="yes")


def street_caller(story):
    able = (story.cast.user(name) for name in ("desk-3", "desk-2", "desk", "street"))
    return next(each for each in able if not is_involved(each, story.case))


def look_back(story):
    """Thirty days later somebody else looks again, for each round that was closed; then the reporter is asked."""
    for hours in ((24 * 30, 24 * 33), *((1, 20),) * story.case.reopen_no):
        story.do("look_back", story.cast.user("desk-3"), hours, result="holds", words=story.say("look_back"))
    said = {"contacted": True, "solved": "yes", "satisfied": "yes"}
    if story.anonymous:
        return story.do("rate", story.reporter, (1, 20), words=story.say("rating_good"), **said)
    return ask_reporter(story, (1, 20), story.say("follow_up_solved"), **said)


def silence(story):
    """Two calls on different days, then fifteen days of waiting: cleared as “no answer”, never as satisfied."""
    if story.case.nature == Nature.MAJOR:
        return look_back(story)
    for hours in ((20, 40), (24, 60)) if not story.anonymous else ():
        story.do("follow_up", caller(story), hours, reached=False, how="phone", words=story.say("no_answer"))
    waited = (story.case.closed_at + timedelta(days=15, minutes=10) - story.at).total_seconds() / 3600
    return story.do("clear", CLOCK, (max(waited, 0), max(waited, 0)), outcome=Outcome.NO_ANSWER)


def slow_down(story):
    story.pace = 3.2


def hurry(story):
    """The reporter urges, the street puts its eye on it."""
    if story.chance(0.6):
        story.do("urge", story.reporter, (10, 30))
    if story.chance(0.4):
        story.do("add", story.reporter, (1, 10), words=story.say("add"))
    if story.chance(0.4):
        story.do("supervise", story.cast.user("street"), (1, 10), words=story.say("supervise"))


def not_solved(story):
    story.do(
        "rate", story.reporter, (2, 60), contacted=story.chance(0.6), solved="no", satisfied="no",
        words=story.say("reopen"),
    )  # fmt: skip
    story.giver = story.cast.user("desk")


def send_back(story):
    story.do("send_back", story.giver, (1, 20), words=story.say("send_back"))


def ask_extension(story):
    until = story.at + timedelta(days=story.random.randint(10, 16))
    story.do("ask", story.doer, (1, 10), kind=AskKind.EXTENSION, words=story.say("extension"), until=until)
    if story.chance(0.12):
        story.do("decline", story.cast.user("desk"), (0.5, 6), words=story.say("refused"))
    else:
        story.do("extend", story.cast.user("desk"), (0.5, 6), until=until, words=story.say("granted"))
        story.pass_time((24 * 4, 24 * 7))


def ask_parking(story):
    until = story.at + timedelta(days=25)
    story.do("ask", story.doer, (2, 30), kind=AskKind.PARKING, words=story.say("parking"), until=until)


def park(story):
    """Parked with a plan; the review comes every month, and most are done in the end."""
    for _ in range(story.random.choice((1, 1, 2, 3))):
        until = story.at + timedelta(days=29)
        story.do("park", story.cast.user("street"), (1, 20), until=until, words=story.say("parking"))
        story.pass_time((24 * 20, 24 * 24))
        story.do("progress", story.doer, (1, 10), words=story.say("progress"))
    if story.chance(0.4):
        story.do(
            "park",
            story.cast.user("street"),
            (1, 20),
            until=story.at + timedelta(days=29),
            words=story.say("parking"),
        )
        story.pass_time((24 * 20, 24 * 24))


def sent_wrong(story):
    """To a unit whose duty it is not; it says so and names the right one."""
    right = story.cast.units[arrivals.unit_slug(story.arrival)]
    wrong = next(slug for slug in WRONG if slug != right.slug and story.cast.units[slug] != story.unit)
    story.giver = story.cast.user("desk")
    if story.case.return_count == 2:
        return
    _hand(story, wrong, False)
    story.do(
        "hand_back", story.doer, (1, 12), reason="not_mine", words=story.say("not_mine"), suggested=right
    )


def first_receiver_leads(story):
    _hand(story, story.case.first_unit.slug, False)


def third_return(story):
    right = story.cast.units[arrivals.unit_slug(story.arrival)]
    story.do(
        "hand_back", story.doer, (1, 12), reason="not_mine", words=story.say("not_mine"), suggested=right
    )


def reject(story):
    reason = story.random.choice(("court", "outside", "unclear", "repeated"))
    story.do(
        "reject",
        story.cast.user("desk"),
        (1, 12),
        reason=RejectReason(reason),
        words=story.say(f"reject_{reason}"),
    )


def object_to(story):
    story.do("object", story.reporter, (1, 40), words=story.say("object"))


def reject_again(story):
    story.do(
        "reject",
        story.cast.user("street"),
        (2, 20),
        reason=RejectReason.COURT,
        words=story.say("object_refused"),
    )


def withdraw(story):
    story.do("withdraw", story.reporter, (1, 20), words=story.say("withdraw"))


def quick(story):
    """An open case of today or of these days: everything that has happened happened soon after the report."""
    story.pace = 0.04
