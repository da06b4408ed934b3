"""What a sheet's figures meant when it was frozen: the table of indicators and the weights, kept as data."""

import hashlib
import json

from yige.assessment.aggregates import among
from yige.assessment.chance import ENOUGH_CASES
from yige.assessment.indicators import INDICATORS, Indicator
from yige.assessment.scorecard import HALF, weights


def definition_now() -> dict:
    """Return the indicators with all they say, their conditions in writing with the rule about copies and further rounds,
    the weights that hold now, and from how many cases and which share of reporters on a figure gives points."""
    told = [each._asdict() | {"among": repr(among(each)), "met": repr(each.met)} for each in INDICATORS]
    return {"indicators": told, "weights": weights(), "enough": ENOUGH_CASES, "asked_from": HALF}


def version_of(definition) -> str:
    """Return a short name of a definition: another word, condition or weight has another name."""
    text = json.dumps(definition, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def indicators_of(definition) -> list[Indicator]:
    """Return the indicators as they were; their conditions are writing now, and count nothing."""
    return [Indicator(**told) for told in definition["indicators"]]
