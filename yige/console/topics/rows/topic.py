"""What the page of a topic shows: its cases in the reader's reach, its steps, results, history, and who may do what next."""

from typing import NamedTuple

from yige.cases.models import Case
from yige.console.topics.rows.topics import TONES
from yige.grids.models import GridOutline
from yige.grids.svg_sketch import sketch_of_points
from yige.lib.local_time import local_day
from yige.topics import topic_moves
from yige.topics.gate import standings, writers_of
from yige.topics.models import Milestone, TopicCase

MOST_LINES = 100
LABELS = {"propose": "提出"} | {row.verb: row.label for row in topic_moves.TOPIC_MOVES}


class StepLine(NamedTuple):
    """One step with its forms, where they may be used."""

    step: Milestone
    is_late: bool
    move: object
    finish: object
    is_open: bool


def page_parts(topic, user, at):
    """Return what the template needs beside the forms."""
    held = standings(user, topic, at)
    may = topic_moves.verbs_allowed(topic.state, held)
    own_words = "publish" in may and user.pk in writers_of(topic)
    links = TopicCase.objects.filter(topic=topic, taken_at=None)
    cases = Case.objects.visible_to(user, at).filter(pk__in=links.values("case"))
    cases = list(cases.select_related("category", "unit").defer("grams", "search_text").order_by("-serial"))
    return {
        "topic": topic,
        "tone": TONES.get(topic.state, ""),
        "may": [verb for verb in may if not (verb == "publish" and own_words)],
        "own_words": own_words,
        "cases": cases,
        "count": links.count(),
        "open_count": sum(case.is_open for case in cases),
        "sketch": sketch_of(topic, cases),
        "results": list(topic.results.select_related("written_by")),
        "lines": [(LABELS.get(line.verb, line.verb), line) for line in topic.lines.all()[:MOST_LINES]],
    }


def step_lines(topic, may, refused, at, forms):
    return [step_line(step, may, refused, at, forms) for step in topic.milestones.select_related("done_by")]


def step_line(step, may, refused, at, forms):
    open_ = step.done_at is None
    shown = {}
    for verb, form_of in (("move_milestone", forms.MoveForm), ("finish_milestone", forms.FinishForm)):
        new = form_of(auto_id=f"{verb}-{step.pk}-%s") if open_ and verb in may else None
        shown[verb] = refused.get((verb, step.pk), new)
    wrong = any(key == (verb, step.pk) for key in refused for verb in shown)
    late = open_ and step.due_on < local_day(at)
    return StepLine(step, late, shown["move_milestone"], shown["finish_milestone"], wrong)


def sketch_of(topic, cases):
    """Draw where its cases lie in its area; None where nobody drew an outline."""
    outlines = GridOutline.objects.filter(grid__path=topic.path, grid__valid_until=None, valid_until=None)
    points = [(case.lon, case.lat) for case in cases if case.lon is not None]
    return sketch_of_points(list(outlines.values_list("shape", flat=True)), points)
