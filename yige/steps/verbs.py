"""Every verb of a case, found from its row: the function of that name in the modules of its step.

A verb that needs two steps stands beside them in `two_steps`, and is found there first.
"""

from collections.abc import Callable

from yige.cases import workflow
from yige.cases.move import check_held
from yige.cases.standings import standings
from yige.cases.workflow import MOVES
from yige.lib.refusals import Refusal
from yige.steps import two_steps
from yige.steps.s3_report import actions as s3
from yige.steps.s4_dispatch import actions as s4
from yige.steps.s5_handle import actions as s5
from yige.steps.s5_handle import raising, whistling
from yige.steps.s6_feedback import actions as s6
from yige.steps.s7_clear import actions as s7

ACTIONS_OF_STEP = {3: (s3,), 4: (s4,), 5: (s5, raising, whistling), 6: (s6,), 7: (s7,)}
MODULES = [module for modules in ACTIONS_OF_STEP.values() for module in modules]


def function_of(row) -> Callable:
    """Return the function that has the name of the verb; a row without one stops the program."""
    places = (two_steps, *ACTIONS_OF_STEP[row.step])
    return next(getattr(module, row.verb) for module in places if hasattr(module, row.verb))


VERBS = {row.verb: function_of(row) for row in MOVES if row.start}
MOVED = [act for module in MODULES for act in vars(module).values() if hasattr(act, "guard")]
GUARDS = {act.row.verb: act.guard for act in MOVED if act.guard}


def why_refused(verb, case, by, at, held=None) -> str:
    """Return the sentence with which this would be refused now whatever is said, or "" when it may be done.

    Pages ask this before they offer a verb; the verb asks the same table and the same guard.
    """
    held = standings(by, case, at) if held is None else held
    if workflow.verdict(verb, case.state, held):
        return workflow.why_not(verb, case.state, held)
    try:
        check_held(workflow.BY_VERB[verb], case)
        if guard := GUARDS.get(verb):
            guard(case, by, at)
    except Refusal as refusal:
        return refusal.sentence
    return ""
