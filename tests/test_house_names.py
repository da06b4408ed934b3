"""One word for one thing: no name stands in many modules, and none is a bare participle that leaves one asking what."""

import ast
import re
from collections import defaultdict
from functools import cache

from tests.house import python, shown

# How many modules may define one public name at their top.
MOST_HOMES = 3
# What every room, every surface and every app has under the same name: the standard files.
STANDARD = re.compile(
    r"/(urls|apps)\.py$|/views/|^yige/console/\w+/(forms|rows)/|/management/commands/|/migrations/"
)
IRREGULAR = {
    "begun", "born", "bought", "bound", "broken", "brought", "built", "chosen", "cut", "done", "drawn", "driven",
    "fallen", "fed", "felt", "fought", "found", "given", "gone", "grown", "heard", "held", "hidden", "hit",
    "kept", "known", "laid", "led", "left", "lent", "lost", "made", "meant", "met", "paid", "put", "read", "said",
    "seen", "sent", "set", "shown", "shut", "sold", "sought", "spent", "split", "spoken", "stood", "sworn", "taken",
    "taught", "thought", "told", "torn", "understood", "won", "worn", "written",
}  # fmt: skip
# Words that end like a participle and are none.
NOUNS = {"Need", "need", "seed", "feed", "bed", "shed", "speed", "breed", "deed"}
# What is left to rename: the list may only shrink, and an entry that is not needed any more is a failure too.
STILL_CROWDED = set()
STILL_PARTICIPLES = set()


@cache
def top_names():
    """Return [(file, name, whether it is a function or a class)] of all public names at the top of the house's modules."""
    found = []
    for path in python():
        if not shown(path).startswith("yige/") or "/migrations/" in shown(path):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.append((shown(path), node.name, True))
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [(shown(path), each.id, False) for each in targets if isinstance(each, ast.Name)]
    return [row for row in found if not row[1].startswith("_")]


def is_bare_participle(name):
    """Say whether a name is one word, and that word a participle."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)
    if len(words) != 1 or name in NOUNS:
        return False
    return name.lower() in IRREGULAR or name.lower().endswith("ed")


def test_no_name_stands_in_many_modules():
    homes = defaultdict(set)
    for path, name, _ in top_names():
        if not STANDARD.search(path) and name != "logger":  # each module that writes lines has its own
            homes[name].add(path)

    assert {name for name, paths in homes.items() if len(paths) > MOST_HOMES} == STILL_CROWDED


def test_no_function_and_no_class_is_a_bare_participle():
    assert {
        f"{path} {name}" for path, name, defines in top_names() if defines and is_bare_participle(name)
    } == (STILL_PARTICIPLES)


def test_a_bare_participle_is_known_when_it_is_met():
    assert [name for name in ("told", "Told", "cut", "masked", "Scoped", "keyed") if is_bare_participle(name)] == [
        "told", "Told", "cut", "masked", "Scoped", "keyed",
    ]  # fmt: skip
    assert not any(
        map(is_bare_participle, ("NotAllowed", "Need", "visit_summary", "open_sealed", "told_of", "bid"))
    )
