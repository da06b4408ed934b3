"""What was put right of a case, with what stood there before."""

from django.db import models

from yige.accounts.models import User
from yige.cases.models.sides import Side
from yige.cases.words import Fact


class Correction(Side):
    """One fact put right: what it said before stays; of a contact the old value is sealed, and shown masked."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    fact = models.CharField("哪一项", max_length=10, choices=Fact.choices)
    before = models.TextField("原来", blank=True)
    after = models.TextField("改成", blank=True)
    before_sealed = models.BinaryField("原来的联系方式", null=True)

    class Privacy:
        open = ("at", "round", "by", "fact")
        masked = ("before", "after", "before_sealed")
        keep = "with the case; of a contact until the contact is removed"
        sealed = {"before": None}

    class Meta(Side.Meta):
        indexes = [models.Index(fields=["case", "at"], name="corrections_of_a_case")]
