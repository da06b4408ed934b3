"""Public functions of nouns and steps say what they return."""

import ast

from tests.house import NOUNS_AND_STEPS, python, shown


def public_functions(path):
    """Return the public functions and methods of a file, without those inside of functions."""
    found, bodies = [], [ast.parse(path.read_text()).body]
    while bodies:
        for node in bodies.pop():
            if isinstance(node, ast.ClassDef):
                bodies.append(node.body)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
                found.append(node)
    return found


def test_public_functions_of_nouns_and_steps_say_what_they_return():
    silent = [
        f"{shown(path)} {node.name}"
        for path in python()
        if shown(path).startswith("yige/") and shown(path).split("/")[1] in NOUNS_AND_STEPS
        if "/migrations/" not in shown(path) and "/management/" not in shown(path)
        for node in public_functions(path)
        if node.returns is None
    ]

    assert silent == []
