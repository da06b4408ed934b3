"""The steps of stories that go up level by level and come down again."""

from yige.lib.local_time import local_day


def escalate(story):
    raise_up(story, story.doer, (1, 30))


def raise_up(story, by, hours):
    story.do("escalate", by, hours, tried=story.say("tried"), asked=story.say("asked"))


def raise_to_district(story):
    """What the street itself cannot solve."""
    raise_up(story, story.cast.user("desk"), (1, 8))


def assign(story):
    said = {"unit": story.cast.units["housing"], "words": story.say("asked")}
    story.do("assign", story.cast.user("district"), (1, 8), **said)


def send_down(story):
    said = {"answer": story.say("answer"), "direction": story.say("direction")}
    story.do("send_down", story.cast.user("district"), (1, 8), **said)


def report_city(story):
    number = f"演示市字 {story.random.randrange(1000, 9999)} 号"
    said = {
        "number": number,
        "sent_on": local_day(story.at),
        "tried": story.say("tried"),
        "asked": story.say("asked"),
    }
    story.do("report_city", story.cast.user("district"), (0.1, 0.5), **said)


def answer_city(story):
    said = {"answer": story.say("answer"), "answered_on": local_day(story.at)}
    story.do("answer_city", story.cast.user("district"), (0.5, 2), **said)
