"""A party branch of a grid, who registered there of their own accord, and what neighbours offer to help with."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.accounts.scope import NOTHING, posts_of
from yige.alliance.words import HelpHours, HelpSkill
from yige.archive.models import Person
from yige.grids.models import Grid
from yige.lib.ids import new_id


class BranchQuerySet(models.QuerySet):
    def visible_to(self, user, at) -> "BranchQuerySet":
        """Keep the branches of the own area, for those who keep branches there."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("keep_branches"):
                reach |= Q(grid_path__startswith=post.path)
        return self.none() if reach == NOTHING else self.filter(reach)


class Branch(models.Model):
    """The party branch of one level-3 grid (网格党支部)."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.OneToOneField(Grid, models.PROTECT, related_name="+", verbose_name="哪个网格")
    grid_path = models.CharField("范围路径", max_length=120)
    name = models.CharField("名称", max_length=40)
    opened_at = models.DateTimeField("登记时间")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = BranchQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["grid_path"]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """That somebody registered with a branch; `shows_name` is what this person lets the head of the branch see."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="memberships", verbose_name="哪个支部")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="谁")
    joined_at = models.DateTimeField("登记时间")
    shows_name = models.BooleanField("支部书记看得到称呼", default=False)

    objects = models.Manager()

    class Privacy:
        open = ("id", "joined_at")
        masked = ("branch", "person", "shows_name")
        keep = "until this person leaves"
        gone_with = ("person",)
        handed_over = {"person": ()}

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], name="person_is_registered_with_one_branch")
        ]

    def __str__(self):
        return f"{self.branch_id}"


class HelpOffer(models.Model):
    """Something that a neighbour can do for others, out of a closed list, and when; a call that needs it is told to them."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="谁")
    skill = models.CharField("会什么", max_length=12, choices=HelpSkill.choices)
    hours = models.CharField("什么时候有空", max_length=10, choices=HelpHours.choices)
    offered_at = models.DateTimeField("什么时候说的")

    objects = models.Manager()

    class Privacy:
        open = ("id", "offered_at")
        masked = ("person", "skill", "hours")
        keep = "until this person takes it back"
        gone_with = ("person",)
        handed_over = {"person": ("skill",)}

    class Meta:
        ordering = ["skill"]
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="person_offers_a_skill_once")]

    def __str__(self):
        return self.get_skill_display()
