"""What the page of a deliberation shows beside its forms: whose it is to do what, its steps and objections, its history."""

from typing import NamedTuple

from yige.console.deliberation.rows.deliberations import TONES, deliberation_row
from yige.deliberation import deliberation_moves
from yige.deliberation.gate import standings
from yige.deliberation.models import Objection, Step
from yige.deliberation.queries import public_deliberation
from yige.lib.local_time import local_day

MOST_LINES = 100
LABELS = {"raise": "提出"} | {row.verb: row.label for row in deliberation_moves.MOVES}


class StepLine(NamedTuple):
    """One step with its forms, where they may be used."""

    step: Step
    is_late: bool
    move: object
    finish: object
    is_open: bool


class ObjectionLine(NamedTuple):
    objection: Objection
    answer: object
    is_open: bool


def page_parts(row, user, at):
    """Return what the template needs beside the forms."""
    held = standings(user, row, at)
    lines = row.lines.select_related("by")[:MOST_LINES]
    return {
        "row": row,
        "shown": public_deliberation(row),
        "next": deliberation_row(row, at),
        "tone": TONES.get(row.stage, ""),
        "may": deliberation_moves.verbs_allowed(row.stage, row.form, held),
        "may_read_words": bool(held & {"lead", "raiser"}),
        "lines": [(LABELS.get(line.verb, line.verb), line) for line in lines],
    }


def step_lines(row, may, refused, at, forms):
    return [step_line(step, may, refused, at, forms) for step in row.steps.select_related("unit", "done_by")]


def step_line(step, may, refused, at, forms):
    open_ = step.done_at is None
    shown = {}
    for verb, form_of in (("move_step", forms.MoveForm), ("finish_step", forms.FinishForm)):
        new = form_of(auto_id=f"{verb}-{step.pk}-%s") if open_ and verb in may else None
        shown[verb] = refused.get((verb, step.pk), new)
    wrong = any(key == (verb, step.pk) for key in refused for verb in shown)
    late = open_ and step.due_on < local_day(at)
    return StepLine(step, late, shown["move_step"], shown["finish_step"], wrong)


def objection_lines(row, may, refused, forms):
    return [objection_line(each, may, refused, forms) for each in row.objections.all()]


def objection_line(each, may, refused, forms):
    may_answer = each.answered_at is None and "answer_objection" in may
    new = forms.AnswerForm(auto_id=f"answer-{each.pk}-%s") if may_answer else None
    sent = refused.get(("answer", each.pk))
    return ObjectionLine(each, sent or new, sent is not None)
