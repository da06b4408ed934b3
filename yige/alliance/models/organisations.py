"""What a social organisation of the archive tells about itself, who sits at its seat, who takes part of their own accord.

The organisation itself is the row of the archive; nothing here is a second list of them.
"""

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.archive.models import Organisation, Person
from yige.lib.ids import new_id


class OrganisationPage(models.Model):
    """The page of a social organisation that everybody reads: what it does, when, how one joins."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="alliance_page", verbose_name="哪个组织"
    )
    does = models.CharField("做什么", max_length=200)
    meets = models.CharField("什么时候", max_length=80)
    joins = models.CharField("怎么参加", max_length=120)
    written_at = models.DateTimeField("写的时间")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "as long as the organisation"

    class Meta:
        ordering = ["organisation"]

    def __str__(self):
        return self.does


class OrganisationSeat(models.Model):
    """An account that runs the page and the calls of one organisation, from one moment to another."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="alliance_seats", verbose_name="哪个组织"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="谁的账号")
    given_at = models.DateTimeField("给席位的时间")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("收回的时间", null=True)

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="account_runs_one_organisation"
            )
        ]

    def __str__(self):
        return str(self.user_id)


class OrganisationMember(models.Model):
    """Somebody who says of their own accord that they take part in an organisation; leaving deletes the row."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="哪个组织")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="谁")
    joined_at = models.DateTimeField("登记时间")
    shows_name = models.BooleanField("组织看得到称呼", default=False)

    objects = models.Manager()

    class Privacy:
        open = ("id", "joined_at")
        masked = ("organisation", "person", "shows_name")
        keep = "until this person leaves"
        gone_with = ("person",)
        handed_over = {"person": ("organisation",)}

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], name="person_takes_part_in_an_organisation_once"
            )
        ]
        indexes = [models.Index(fields=["person"], name="organisations_of_a_person")]

    def __str__(self):
        return f"{self.organisation_id}"
