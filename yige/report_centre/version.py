"""By which definitions a sheet was counted (口径版本): a short hash of what indicators and columns say; it changes with them."""

import hashlib
from functools import cache

from yige.assessment.indicators import INDICATORS
from yige.report_centre.columns import CATALOGUE


@cache
def definitions_version() -> str:
    told = [
        (each.name, each.asks, each.base, str(each.among), str(each.met), each.left_out)
        for each in INDICATORS
    ]
    return hashlib.sha256(repr((told, CATALOGUE)).encode()).hexdigest()[:8]
