"""A topic: one problem of several cases, taken up as a whole; its cases, steps, results and history."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from yige.accounts.models import Unit, User
from yige.accounts.scope import NOTHING, posts_of
from yige.cases.models import Case
from yige.lib.ids import new_id
from yige.lib.local_time import local_day
from yige.topics.words import AT_WORK, OPEN_STATES, TopicState


class TopicQuerySet(models.QuerySet):
    def open(self) -> "TopicQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def public(self) -> "TopicQuerySet":
        """What everybody may read: topics of which a result was published."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user, at) -> "TopicQuerySet":
        """Keep the topics of the own area and of what lies above it, and those that the own unit leads."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("see_topics"):
                reach |= Q(owner=post.unit_id)
                reach |= (
                    Q(path__startswith=post.path) | Q(path__in=paths_above(post.path))
                    if post.rule.level
                    else NOTHING
                )
        return self.none() if reach == NOTHING else self.filter(reach)

    def minded_by(self, user, at) -> "TopicQuerySet":
        """Keep the topics whose steps are on this person's desk: those of the own area, and those the own unit leads."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("work_on_topics"):
                reach |= Q(owner=post.unit_id)
                reach |= Q(path__startswith=post.path) if post.rule.level else NOTHING
        return self.none() if reach == NOTHING else self.filter(reach)

    def late(self, at) -> "TopicQuerySet":
        """Keep those at work with a step whose day is over."""
        steps = Milestone.objects.late(at).filter(topic=OuterRef("pk"))
        return self.filter(Exists(steps), state__in=AT_WORK)


def paths_above(path) -> list[str]:
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts))]


class Topic(models.Model):
    """One problem taken up as a whole (专题); it changes none of its cases. Only `actions.py` writes it."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    path = models.CharField("范围路径", max_length=120)
    area = models.CharField("范围", max_length=60)
    title = models.CharField("题目", max_length=40)
    words = models.TextField("这些事有什么共同的地方", max_length=600)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    state = models.CharField("状态", max_length=10, choices=TopicState.choices, default=TopicState.PROPOSED)
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField("定下来的时间", null=True)
    published_at = models.DateTimeField("最近一次公布", null=True)
    came_back_at = models.DateTimeField("公布以后又有人反映", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = TopicQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"]) | Q(agreed_at__isnull=False),
                name="topic_at_work_was_agreed_to",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_topic_says_when",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class TopicCase(models.Model):
    """That a case belongs to a topic, who says so, and who took it out again and why."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="topic_links", verbose_name="哪件事")
    put_at = models.DateTimeField("加进来的时间")
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("拿出去的时间", null=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("为什么拿出去", max_length=200, blank=True)

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "as the case"

    class Meta:
        ordering = ["put_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(taken_at=None), name="case_belongs_to_one_topic"
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | (Q(taken_by__isnull=False) & ~Q(reason="")),
                name="case_is_taken_out_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.topic_id}"


class MilestoneQuerySet(models.QuerySet):
    def open(self) -> "MilestoneQuerySet":
        return self.filter(done_at=None)

    def late(self, at) -> "MilestoneQuerySet":
        return self.open().filter(due_on__lt=local_day(at))


class Milestone(models.Model):
    """One step of a topic (节点): what is done by which day; `first_due_on` stays whatever it is moved to."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="milestones")
    words = models.CharField("办什么", max_length=100)
    due_on = models.DateField("哪天以前")
    first_due_on = models.DateField("最初定的日子")
    why_moved = models.CharField("为什么改日子", max_length=200, blank=True)
    set_at = models.DateTimeField("定下的时间")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField("办完的时间", null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_words = models.CharField("办成什么样", max_length=200, blank=True)
    told_at = models.DateTimeField("告诉过已过日子", null=True)

    objects = MilestoneQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | (Q(done_by__isnull=False) & ~Q(done_words="")),
                name="finished_step_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(due_on=F("first_due_on")) | ~Q(why_moved=""), name="moved_step_says_why"
            ),
        ]

    def __str__(self):
        return self.words


class TopicResult(models.Model):
    """What came of a topic, in words for everybody: written by one person, published by another.

    `title` and `problem` are kept as they were published: what is changed later nobody else has looked at yet.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="results")
    words = models.TextField("结果", max_length=1000)
    title = models.CharField("公布时的题目", max_length=40, blank=True)
    problem = models.TextField("公布时怎么说这个问题", max_length=600, blank=True)
    written_at = models.DateTimeField("写的时间")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("公布时间", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic"], condition=Q(published_at=None), name="one_result_of_a_topic_waits"
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("written_by")),
                name="result_is_published_by_somebody_else",
            ),
        ]

    def __str__(self):
        return self.words[:40]


class TopicLine(models.Model):
    """One line of the history of a topic: who did what, in words; read by staff alone."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="lines")
    at = models.DateTimeField("时间")
    verb = models.CharField("做了什么", max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit = models.CharField("单位", max_length=100)
    words = models.TextField("怎么说的", max_length=1000, blank=True)

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.verb} {self.words[:40]}"
