"""A verb follows from its row: its function, its form, its closed lists; nobody writes the list of verbs a second time."""

import ast
import inspect
from pathlib import Path

import pytest

import yige
from yige.cases import workflow
from yige.portal.views.case import SECTIONS
from yige.steps.fields import Choice
from yige.steps.forms import FORMS, FORMS_OF_STEP
from yige.steps.verbs import ACTIONS_OF_STEP, VERBS

STARTING = [row for row in workflow.MOVES if row.start]
TABLE = Path("cases/workflow.py")


@pytest.mark.parametrize("row", STARTING, ids=lambda row: row.verb)
def test_every_row_with_a_start_has_its_function(row):
    function = VERBS[row.verb]

    assert function.__name__ == row.verb
    assert function.__module__ in (
        "yige.steps.two_steps",
        *(one.__name__ for one in ACTIONS_OF_STEP[row.step]),
    )
    assert set(row.must_say) <= set(inspect.signature(function).parameters)


@pytest.mark.parametrize("row", STARTING, ids=lambda row: row.verb)
def test_every_row_with_a_start_has_its_form(row):
    if row.by_staff:
        form = FORMS[row.verb]
        assert form.__name__.lower() == row.verb.replace("_", "")
        assert form.__module__ == FORMS_OF_STEP[row.step].__name__
    else:
        assert row.verb in {section.verb for section in SECTIONS} | {
            "join"
        }  # a button of the report form itself


@pytest.mark.parametrize("verb", FORMS)
def test_a_form_takes_its_closed_lists_from_the_row(verb):
    fields = FORMS[verb].base_fields
    from_lists = {
        name for name, field in fields.items() if isinstance(field, Choice) and len(field.choices) == 1
    }

    assert from_lists == set(workflow.BY_VERB[verb].choices)


def test_every_move_stands_in_the_step_of_its_row():
    astray = [
        f"{module.__name__}.{name}"
        for step, modules in ACTIONS_OF_STEP.items()
        for module in modules
        for name, function in vars(module).items()
        if hasattr(function, "row") and function.row.step != step
    ]

    assert astray == []


def test_no_other_file_writes_the_list_of_verbs():
    verbs = {row.verb for row in STARTING}
    root = Path(yige.__file__).parent
    lists = [
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if path.relative_to(root) != TABLE
        for node in ast.walk(ast.parse(path.read_text()))
        if len(verbs & written(node)) > len(verbs) / 2
    ]

    assert lists == []


def written(node):
    """Return the texts that a literal dict, list, tuple or set names: its keys, its items, the first words of its rows."""
    rows = isinstance(node, (ast.Tuple, ast.List, ast.Set))
    items = node.keys if isinstance(node, ast.Dict) else node.elts if rows else []
    calls = [part for item in items if isinstance(item, ast.Call) for part in item.args]
    inner = [part for item in items if isinstance(item, (ast.Tuple, ast.List)) for part in item.elts]
    parts = [*items, *calls, *inner]
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def test_a_second_list_of_verbs_would_be_found():
    rows = ast.parse('X = (Section("rate", "评价"), ("reopen", 1), "add")').body[0].value

    assert written(rows) == {"rate", "评价", "reopen", "add"}
