"""What few cases can say of a share: the interval that it may truly lie in, and how many cases are enough to speak of it.

The interval is Wilson's (E. B. Wilson, Probable Inference, Journal of the American Statistical Association 22, 1927), which
stays within 0 and 1 and holds for few cases and for shares near both ends, where share ± 2 standard errors does not.
"""

import math
from typing import NamedTuple

Z = 1.959963984540054  # 95 % of a normal distribution lie within so many standard deviations
ENOUGH_CASES = 20  # of fewer, a share is told with its cases and judged by nobody


class Interval(NamedTuple):
    """Where a share truly lies in 95 of 100 such samples, as fractions of 1."""

    low: float
    high: float


def wilson(met: int, of: int) -> Interval | None:
    """Return the interval of a share, None when there is nothing to have a share of."""
    check_count(met, of)
    if not of:
        return None
    share, widened = met / of, 1 + Z**2 / of
    middle = (share + Z**2 / (2 * of)) / widened
    half = Z * math.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2)) / widened
    # At both ends the formula gives the share itself, but for the last digit of the computer.
    return Interval(0.0 if met == 0 else middle - half, 1.0 if met == of else middle + half)


def enough(of: int) -> bool:
    """Say whether there are so many cases that their share may be compared with another."""
    return of >= ENOUGH_CASES


def check_count(met: int, of: int) -> None:
    """Refuse what is no count of a part of a whole: a fault of the caller, not of somebody who typed."""
    if not 0 <= met <= of:
        raise ValueError(f"{met} of {of} is no share")
