"""Side facts of a case, each a row with who, when and why."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import Unit, User
from yige.cases.models.case import Case
from yige.cases.words import (
    AskKind,
    Colour,
    HeardHow,
    LookBackResult,
    LookBackWhy,
    ReturnReason,
    Satisfaction,
    SolvedAnswer,
)
from yige.lib.ids import new_id


class Side(models.Model):
    """What every side row has."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="%(class)ss")
    at = models.DateTimeField("时间")
    round = models.PositiveSmallIntegerField("第几轮", default=0)

    class Privacy:
        open = "__all__"
        masked = ("words", "reason", "answer")
        keep = "with the case"

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.at:%m-%d}"


class Statement(Side):
    """What a reporter says of the case that is handled: the own one, or the one that leads it at that time.

    `round` is the round of that case, so that what was said of another case counts for nothing once they are apart.
    """

    about = models.ForeignKey(
        Case, models.CASCADE, related_name="%(class)ss_about", verbose_name="说的哪一件"
    )

    class Meta(Side.Meta):
        abstract = True


class Return(Side):
    """A unit handed the case back: not its duty, or the wrong place."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("原因", max_length=12, choices=ReturnReason.choices)
    words = models.TextField("依据", max_length=500)
    suggested = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")


class Ask(Side):
    """A handler asks for an extension or for parking; a leader decides."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=AskKind.choices)
    words = models.TextField("理由与计划", max_length=1000)
    until = models.DateTimeField("申请至")
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_until = models.DateTimeField("批准至", null=True)
    answer = models.CharField("决定说明", max_length=500, blank=True)

    class Meta(Side.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(decided_at=None), name="one_open_ask_a_case")
        ]


class Card(Side):
    """A missed mark, on the case and its unit, never on a person; it says why and can be lifted."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="cards")
    mark = models.CharField("时限", max_length=12)
    colour = models.CharField("颜色", max_length=6, choices=Colour.choices)
    reason = models.CharField("原因", max_length=200)
    appeal = models.CharField("申诉", max_length=500, blank=True)
    appealed_at = models.DateTimeField("申诉时间", null=True)
    appealed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField("撤销时间", null=True)
    answer = models.CharField("申诉答复", max_length=500, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    told_late_at = models.DateTimeField("申诉没有按时答复，告诉网格长的时间", null=True)

    class Meta(Side.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case", "mark", "round"], name="one_card_for_each_missed_mark")
        ]
        indexes = [
            models.Index(fields=["unit", "-at"], name="cards_of_a_unit"),
            models.Index(fields=["case", "round"], name="cards_of_a_round"),
        ]


class Urge(Statement):
    """The reporter asks to hurry, once for each mark, and once a day when it was missed."""

    mark = models.CharField("时限", max_length=12)
    day = models.DateField("哪一天")

    class Meta(Statement.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case", "about", "mark", "round", "day"], name="one_urge_a_mark_and_day"
            )
        ]


class Rating(Statement):
    """The reporter's three answers; the worker sees them without a name."""

    contacted = models.BooleanField("有人联系过我吗")
    solved = models.CharField("解决了吗", max_length=6, choices=SolvedAnswer.choices)
    satisfied = models.CharField("满意吗", max_length=6, choices=Satisfaction.choices)
    words = models.TextField("想说的话", max_length=500, blank=True)
    by_phone = models.BooleanField("电话回访", default=False)

    class Meta(Statement.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "about", "round"], name="one_rating_a_round")]
        indexes = [models.Index(fields=["about", "round"], name="ratings_of_a_round")]


class FollowUp(Statement):
    """One attempt to reach the reporter after closing, and what was said about it being solved."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    how = models.CharField("怎么问的", max_length=6, choices=HeardHow.choices, default=HeardHow.PHONE)
    reached = models.BooleanField("联系上了")
    solved = models.CharField("解决了吗", max_length=6, choices=SolvedAnswer.choices, blank=True)
    words = models.TextField("记录", max_length=500, blank=True)


class LookBack(Side):
    """A later look whether the problem stayed solved; due on a day, held at a moment.

    `level` is whose it is: the street (1) or the community (2), never the unit that handled the case.
    """

    why = models.CharField("为什么看", max_length=10, choices=LookBackWhy, default=LookBackWhy.MAJOR)
    level = models.PositiveSmallIntegerField("哪一级看", default=1)
    due_on = models.DateField("应查日期")
    held_at = models.DateTimeField("查看时间", null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    result = models.CharField("结果", max_length=10, choices=LookBackResult.choices, blank=True)
    words = models.TextField("记录", max_length=500, blank=True)
    told_at = models.DateTimeField("提醒时间", null=True)

    class Meta(Side.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case", "due_on"], name="one_look_back_a_day"),
            models.CheckConstraint(
                condition=Q(held_at=None) | ~Q(result=""), name="held_look_back_has_a_result"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="look_backs_due", condition=Q(held_at=None))]


class SavedView(models.Model):
    """A filter of the queue that a member of staff named and kept."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=500)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "while the account lives"

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_saved_view_a_name")]

    def __str__(self):
        return self.name
