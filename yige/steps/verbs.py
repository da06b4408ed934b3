"""Every verb of a case, found from its row: the function of that name in `actions` of its step.

A verb that needs two steps stands beside them in `two_steps`, and is found there first.
"""

from yige.cases.workflow import MOVES
from yige.steps import two_steps
from yige.steps.s3_report import actions as s3
from yige.steps.s4_dispatch import actions as s4
from yige.steps.s5_handle import actions as s5
from yige.steps.s6_feedback import actions as s6
from yige.steps.s7_clear import actions as s7

ACTIONS_OF_STEP = {3: s3, 4: s4, 5: s5, 6: s6, 7: s7}


def function_of(row):
    """Return the function that has the name of the verb."""
    return getattr(two_steps, row.verb, None) or getattr(ACTIONS_OF_STEP[row.step], row.verb)


VERBS = {row.verb: function_of(row) for row in MOVES if row.start}
