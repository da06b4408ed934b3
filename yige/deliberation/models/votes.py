"""A vote: of owners with its roll, one ballot for each right and papers that one person has entered; a secret one with its slips."""

from typing import Self

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.archive.models import Household, Person
from yige.deliberation.receipts import CODE_BYTES, code_of, leaf_of
from yige.deliberation.words import BallotChoice, BallotOrigin
from yige.lib.ids import new_id


class VoteQuerySet(models.QuerySet):
    def running(self, at) -> Self:
        """Keep those in which one may vote at this moment; the closing is this condition and no job."""
        return self.filter(opened_at__lte=at, closes_at__gt=at, counted_at=None)


class Vote(models.Model):
    """The vote of one deliberation: the roll is frozen when it opens. `is_online` is what the district said then."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    deliberation = models.ForeignKey("Deliberation", models.PROTECT, related_name="votes")
    made_at = models.DateTimeField("名册写下的时间")
    opened_at = models.DateTimeField("开始", null=True)
    closes_at = models.DateTimeField("截止", null=True)
    is_secret = models.BooleanField("不记名", default=False)
    is_online = models.BooleanField("在这里投的算数", default=False)
    counted_at = models.DateTimeField("计票时间", null=True)
    reminded_at = models.DateTimeField("提醒过", null=True)
    handed_out = models.PositiveIntegerField("发出了多少张表决单", null=True)
    fixed_at = models.DateTimeField("封票的时间", null=True)
    root = models.CharField("清单的校验码", max_length=64, blank=True)
    leaves = models.JSONField("每一票的一行", default=list)

    objects = VoteQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliberation"], condition=Q(counted_at=None), name="one_vote_of_a_deliberation_runs"
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(fixed_at=None) | Q(handed_out__isnull=False),
                name="fixed_secret_vote_says_how_many_slips_were_handed_out",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(closes_at__isnull=False), name="opened_vote_has_an_end"
            ),
        ]

    def __str__(self):
        return f"{self.deliberation_id}"


class Slip(models.Model):
    """One slip of a secret vote, drawn from a bag: it knows no voter, no way and no moment, so that nobody can join them.

    `mark` is the hash of its code. The code itself stands here while the slips are printed and again when it was used.
    """

    mark = models.CharField("单子的记号", primary_key=True, max_length=64)
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="slips")
    code = models.CharField("码", max_length=19, blank=True)
    choice = models.CharField("投了什么", max_length=10, choices=BallotChoice.choices, blank=True)
    entered_choice = models.CharField("第一个人录的", max_length=10, choices=BallotChoice.choices, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["code", "mark"]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="") | (~Q(code="") & Q(entered_choice="", entered_by=None)),
                name="slip_that_was_voted_has_a_code_and_no_hand",
            )
        ]

    def __str__(self):
        return self.mark[:8]


class VotingRight(models.Model):
    """One right on the roll: so many homes of the same owners, their area together in 0.01 m²."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="rights")
    number = models.PositiveIntegerField("名册上的号")
    doors = models.CharField("哪几套房", max_length=400)
    area = models.PositiveBigIntegerField("面积")
    homes = models.JSONField("每套房和面积", default=list)
    households = models.ManyToManyField(Household, through="RightHolder", related_name="+")

    objects = models.Manager()

    class Privacy:
        open = ("id", "vote", "number")
        masked = ("doors", "area", "homes")
        keep = "for ever"

    class Meta:
        ordering = ["vote", "number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="one_right_for_each_number_of_a_roll")
        ]

    def __str__(self):
        return f"{self.number} 号"


class RightHolder(models.Model):
    """That a household on file holds a right; `person` is the owner in it, who alone may use it from the own pages."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    right = models.ForeignKey(VotingRight, models.CASCADE, related_name="holders")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="业主本人")

    objects = models.Manager()

    class Privacy:
        open = ("id", "right")
        masked = ("household", "person")
        keep = "for ever"
        erased = {"person": ()}
        handed_over = {"person": ("id",)}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["right", "household"], name="household_holds_a_right_once")
        ]

    def __str__(self):
        return f"{self.right_id}"


class Ballot(models.Model):
    """What was voted by a right: one row, whatever the way. Nobody but the voter reads the choice."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    right = models.OneToOneField(VotingRight, models.PROTECT, related_name="ballot", verbose_name="哪一票")
    choice = models.CharField("投了什么", max_length=10, choices=BallotChoice.choices)
    origin = models.CharField("怎么投的", max_length=10, choices=BallotOrigin.choices)
    salt = models.BinaryField("回执", max_length=CODE_BYTES, default=bytes)
    cast_at = models.DateTimeField("投票时间")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="谁投的")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = models.Manager()

    class Privacy:
        open = ("id", "right", "origin", "cast_at", "entered_by", "checked_by")
        masked = ("choice", "person", "salt")
        keep = "for ever"
        erased = {"person": ()}
        handed_over = {"person": ("id",)}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="online") | (Q(entered_by__isnull=False) & Q(checked_by__isnull=False)),
                name="paper_ballot_was_entered_by_two",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None) | ~Q(entered_by=models.F("checked_by")),
                name="paper_ballot_is_checked_by_somebody_else",
            ),
        ]

    def __str__(self):
        return f"{self.right_id}"

    @property
    def code(self) -> str:
        """The code that its voter keeps."""
        return code_of(self.salt)

    def leaf(self, question) -> str:
        return leaf_of(self.code, question, self.choice)


class PaperEntry(models.Model):
    """A paper that one person has entered and nobody has checked yet; it is no vote."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    right = models.OneToOneField(VotingRight, models.CASCADE, related_name="entry", verbose_name="哪一票")
    choice = models.CharField("投了什么", max_length=10, choices=BallotChoice.choices)
    origin = models.CharField("怎么投的", max_length=10, choices=BallotOrigin.choices)
    entered_at = models.DateTimeField("录的时间")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = models.Manager()

    class Privacy:
        open = ("id", "right", "origin", "entered_at", "entered_by")
        masked = ("choice",)
        keep = "until it is checked"

    class Meta:
        ordering = ["entered_at", "id"]

    def __str__(self):
        return f"{self.right_id}"
