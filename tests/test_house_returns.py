"""Public functions of nouns and steps say what they return; what does not yet may only become less."""

import ast

from tests.house import python, shown

ROOMS = ("lib", "audit", "grids", "notices", "accounts", "archive", "cases", "contact", "steps")
# How many public functions of each still say nothing; the figure may only shrink, and has to be kept true.
SILENT = {"cases": 29, "steps": 21}


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
    silent = dict.fromkeys(ROOMS, 0)
    for path in python():
        room = shown(path).split("/")[1] if shown(path).startswith("yige/") else ""
        if room in ROOMS and "/migrations/" not in shown(path) and "/management/" not in shown(path):
            silent[room] += sum(node.returns is None for node in public_functions(path))

    assert {room: count for room, count in silent.items() if count} == SILENT
