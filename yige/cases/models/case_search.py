"""How cases are searched by number, last digits, words and place: docs/adr/0003."""

import math

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Mod

from yige.accounts.scope import CaseScope
from yige.lib.numbers import ends_with, is_tail, parse, serials_like
from yige.lib.search_words import search_form, search_forms
from yige.lib.typed_text import bigrams

MOST_WORDS = 6
MOST_TAILS = 5000  # how many cases may share all but the check digit of what was typed
FEWEST_PAIRS = 3  # of fewer, most is all or nothing
NEAR_ENOUGH = 0.6  # of the pairs that were typed
PAIRS = ArrayField(models.CharField(max_length=2))


class SharedPairs(Func):
    """How many pairs of characters two arrays share."""

    template = "cardinality(ARRAY(SELECT unnest(%(expressions)s)))"
    arg_joiner = ") INTERSECT SELECT unnest("
    output_field = models.IntegerField()


class CaseSearch(CaseScope):
    """A QuerySet of cases that can be searched as people type."""

    def matching(self, typed) -> "CaseSearch":
        """Cases whose number, last digits, words or place hold what was typed; two characters are enough."""
        district = settings.YIGE_DISTRICT_CODE
        if (serial := parse(typed, district)) is not None:
            return self.filter(serial=serial)
        wanted = holding(typed)
        if is_tail(typed):
            wanted |= Q(serial__in=self.serials_ending(typed, district))
        return self.filter(wanted)

    def serials_ending(self, typed, district) -> list[int]:
        """Return the serials of the cases in reach whose number ends with these digits."""
        modulus, rest = serials_like(district, typed)
        near = self.annotate(rest=Mod("serial", modulus)).filter(rest=rest).order_by("-serial")
        serials = near.values_list("serial", flat=True)[:MOST_TAILS]
        return [serial for serial in serials if ends_with(district, serial, typed)]

    def sounding_like(self, typed) -> "CaseSearch":
        """Cases that share most pairs of characters with what was typed, for when nothing holds all of it."""
        pairs = sorted(bigrams(search_form(typed)))
        if len(pairs) < FEWEST_PAIRS:
            return self.none()
        shared = SharedPairs(F("grams"), Value(pairs, output_field=PAIRS))
        enough = math.ceil(len(pairs) * NEAR_ENOUGH)
        return self.filter(grams__overlap=pairs).alias(shared=shared).filter(shared__gte=enough)


def holding(typed) -> Q:
    """Return the condition that a case holds every word that was typed, in the form in which it is kept."""
    forms = search_forms(typed, MOST_WORDS)
    found = Q() if forms else Q(pk__in=[])
    for form in forms:
        pairs = sorted(bigrams(form))
        if len(form) > 1:
            found &= Q(grams__contains=pairs)
        if len(pairs) != 1 or len(form) == 1:  # one pair is the whole word: the index alone has answered
            found &= Q(search_text__contains=form)
    return found
