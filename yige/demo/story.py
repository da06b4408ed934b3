"""One case told from its report to wherever it has come by now, by calling the verbs with moments of the past."""

from datetime import timedelta
from random import Random

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Replace

from yige.accounts.actors import STRANGER, LinkHolder
from yige.cases import categories, clockwork
from yige.cases.models import Case
from yige.cases.reporters import ReporterContact
from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import Channel
from yige.demo import drawings, texts
from yige.lib.local_time import local
from yige.notices.models import Audience, Delivery, Notice
from yige.steps.s3_report.actions import report
from yige.steps.verbs import VERBS

OLD_NEWS = timedelta(days=2)  # older notices of the demo count as read or sent
STALE_NEWS = timedelta(days=14)  # and these are gone from the inboxes
OPENS, SHUTS = 8, 19  # staff act between these hours, except in an emergency
PHOTO_SHARE = 0.05
HASTE = {"emergency": 0.02, "urgent": 0.3}


class Over(Exception):
    """The story has come to the present."""


class Story:
    def __init__(self, arrival, words, cast, now):
        self.arrival, self.words, self.cast, self.now = arrival, words, cast, now
        self.random = Random(arrival.dice)  # noqa: S311 a fixed seed is the point
        self.at, self.case, self.pace = arrival.at, None, 1.0
        self.group = categories.category_of_code(arrival.category).group
        self.giver = self.doer = self.unit = None

    def report(self):
        """Report it at its own moment, by the person who took it in."""
        arrival, building = self.arrival, self.arrival.building
        by = self.cast.intake(arrival.channel, arrival.path, self.random)
        self.case = report(
            self.cast.grids[arrival.path],
            by=by or STRANGER,
            at=self.at,
            key=f"{arrival.key}-of-the-demo-district",
            problem=Problem(self.words, self.cast.categories[arrival.category]),
            location=Location(building.place, "list" if by else "qr", building.lon, building.lat),
            origin=Origin(arrival.channel),
            contact=self._contact(),
            photos=self.drawing("report"),
        )
        self._number()

    def _number(self):
        """Older cases may be told later than newer ones; their numbers shall still rise with time."""
        drawn, self.case.serial = self.case.number, self.arrival.number
        Case.objects.filter(pk=self.case.pk).update(serial=self.case.serial)
        Notice.objects.filter(subject_id=self.case.pk).update(
            title=Replace("title", Value(drawn), Value(self.case.number))
        )

    def do(self, verb, by, hours, **said):
        """Let some time pass, then do it; the story ends where the present begins."""
        self.pass_time(hours, by)
        self.let_time_act(min(self.at, self.now))
        if self.at > self.now:
            raise Over
        self.case = VERBS[verb](self.case, by=by, at=self.at, **said)

    def let_time_act(self, until):
        """Do what the clock would have done by then: cards for missed marks, a word before one."""
        while self.case.wake_at and self.case.wake_at <= until:
            at = self.case.wake_at
            clockwork.look_at(self.case, at)
            if self.case.wake_at is not None and self.case.wake_at <= at:
                raise RuntimeError(f"{self.case} would wake for ever at {at}")

    def pass_time(self, hours, by=None):
        low, high = hours
        self.at += timedelta(hours=self.random.uniform(low, high) * self.pace * self.haste)
        if by is not None and by.actor_kind == "staff" and self.case.urgency != "emergency":
            self.at = self._at_work(self.at)

    def chance(self, share):
        return self.random.random() < share

    def say(self, kind):
        """One of the sentences of this kind, of the case's category where handlers write it."""
        return self.random.choice(texts.handling()[self.arrival.category].get(kind) or texts.sayings()[kind])

    def drawing(self, kind, share=PHOTO_SHARE):
        """Sometimes a drawing goes with the words, never a photo of anybody."""
        return [drawings.keep_drawing(self.group, kind, self.at)] if self.chance(share) else []

    @property
    def haste(self):
        """What is urgent goes faster until it is done."""
        return HASTE.get(self.case.urgency, 1) if self.case.may_be_handled else 1

    @property
    def reporter(self):
        return LinkHolder(self.case.pk)

    @property
    def anonymous(self):
        """What staff found on a round has nobody behind it."""
        return not self.arrival.phone or self.arrival.channel == Channel.PATROL

    def _contact(self):
        if self.anonymous:
            return None
        return ReporterContact(self.arrival.reporter, self.arrival.phone, call_back=self.chance(0.2))

    def _at_work(self, at):
        here = local(at)
        if here.hour >= SHUTS:
            here = (here + timedelta(days=1)).replace(hour=0)
        if here.hour < OPENS:
            here = here.replace(hour=OPENS, minute=0) + timedelta(minutes=self.random.randrange(90))
        return max(at, here)


def tell_story(arrival, words, cast, now, steps, again=()):
    """Tell one story in one transaction, with the reports of the same thing that are merged into it."""
    if Case.objects.filter(serial=arrival.number).exists():
        return None
    with transaction.atomic():
        story = Story(arrival, words, cast, now)
        story.report()
        others = [Story(*other, cast, now) for other in again]
        told = (story, *others)
        for other in others:
            other.report()
        try:
            for step in steps:
                step(story)
                others = [other for other in others if not _absorbed(story, other)]
            story.let_time_act(now)
        except Over:
            pass
        for one in told:
            put_news_away(one.case, now)
        return story.case


def put_news_away(case, now):
    """Leave in the inboxes and the outbox what would lie there today."""
    news = Notice.objects.filter(subject_id=case.pk, created_at__lt=now - OLD_NEWS)
    news.filter(audience=Audience.STAFF, created_at__lt=now - STALE_NEWS).delete()
    news.filter(audience=Audience.STAFF).update(read_at=now - OLD_NEWS)
    news.filter(delivery=Delivery.WAITING).update(
        delivery=Delivery.SENT, sent_at=F("send_after"), wire="file", attempts=1
    )


def _absorbed(story, other):
    """Merge another report of the same thing as soon as the desk has seen both."""
    if story.at < other.at:
        return False
    other.at = story.at
    other.do("merge", story.cast.user("desk"), (0, 0.2), into=story.case)
    return True
