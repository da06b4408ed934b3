"""The rooms of the console are alike: what stands in one, under which name, is found under the same name in the next."""

import ast
import re
from collections import defaultdict
from functools import cache

import pytest

from tests.house import ROOT, files, shown, templates

CONSOLE = ROOT / "yige/console"
ROOMS = sorted(path.parent.name for path in CONSOLE.glob("*/urls.py"))
INSIDE = {"__init__.py", "urls.py", "views", "forms", "rows", "templates", "static"}
AT_THE_TOP = {
    "__init__.py",
    "apps.py",
    "context.py",
    "nav.py",
    "urls.py",
    "static",
    "templates",
    "templatetags",
}
# What a room needs beside its pages, forms and rows.
SHARED_IN_A_ROOM = {"account/login_urls.py", "files/opening.py"}
# Names that allauth gives to the pages that this room fills.
OF_ALLAUTH = re.compile(r"^(account/|mfa/|429\.html$)")


def stems(room, folder):
    return {path.stem for path in (CONSOLE / room / folder).glob("*.py")} - {"__init__"}


@cache
def imports():
    """Return for each module of the console the modules of the console that it imports, and under which alias."""
    found = {}
    for path in files(".py"):
        if shown(path).startswith("yige/console/"):
            found[shown(path)] = [
                (f"{node.module}.{name.name}", node.module, name.asname)
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("yige.console")
                for name in node.names
            ]
    return found


def importers(module):
    return {path for path, lines in imports().items() if any(module in line[:2] for line in lines)}


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_else_stands_in_a_room(room):
    children = {path.name for path in (CONSOLE / room).iterdir()} - {"__pycache__"}

    assert {"urls.py", "views", "templates"} <= children
    assert {name for name in children - INSIDE if f"{room}/{name}" not in SHARED_IN_A_ROOM} == set()


def test_what_belongs_to_no_room_is_named():
    children = {path.name for path in CONSOLE.iterdir()} - {"__pycache__", *ROOMS}

    assert children == AT_THE_TOP
    assert all((CONSOLE / name).exists() for name in SHARED_IN_A_ROOM)


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_has_its_address(room):
    pages = f"yige.console.{room}.views"
    named = {line[0] for path in (CONSOLE / room).glob("*urls.py") for line in imports()[shown(path)]}

    assert {f"{pages}.{stem}" for stem in stems(room, "views")} - named == set()


@pytest.mark.parametrize("folder", ["forms", "rows"])
@pytest.mark.parametrize("room", ROOMS)
def test_forms_and_rows_carry_the_name_of_their_page_or_are_shared(room, folder):
    """The name of a page, its name with a word behind it, or a name of its own when two modules and more need it."""
    pages = stems(room, "views")
    lonely = [
        stem
        for stem in stems(room, folder)
        if not any(stem == page or stem.startswith(f"{page}_") for page in pages)
        and len(importers(f"yige.console.{room}.{folder}.{stem}")) < 2
    ]

    assert lonely == []


def test_a_page_calls_its_own_rows_rows_and_its_own_forms_forms():
    rooms = {
        match[1]
        for path, lines in imports().items()
        for module, _, alias in lines
        for match in [re.fullmatch(r"yige/console/(\w+)/views/(\w+)\.py", path)]
        if match and alias and module.startswith(f"yige.console.{match[1]}.")
        for folder in [module.split(".")[3]]
        if folder in ("forms", "rows") and alias != folder
    }

    assert rooms == set()


# templates and scripts


def room_of(path):
    """Return the room that a file lies in, or "" for what all rooms share, or the surface outside the console."""
    parts = shown(path).split("/")
    if parts[1] != "console":
        return parts[1]
    return parts[2] if parts[2] in ROOMS else ""


@cache
def users(ending):
    """Return for each template or script of the console the rooms that name it."""
    rooms = defaultdict(set)
    pattern = re.compile(rf"[\"'](console/[a-z_0-9/]+{re.escape(ending)})")
    for path in files(".html", ".py", ".js"):
        if shown(path).startswith("yige/"):
            for name in pattern.findall(path.read_text()):
                rooms[name].add(room_of(path))
    return rooms


def unlike_templates():
    """Return the sentences about templates that lie where they are not used."""
    for path in templates():
        if not shown(path).startswith("yige/console/"):
            continue
        room, name = room_of(path), shown(path).partition("/templates/")[2]
        if room == "account" and OF_ALLAUTH.match(name):
            continue
        used = users(".html")[name]
        if not used:
            yield f"{name} is used by nobody"
        elif room and used != {room}:
            yield f"{name} is used by {', '.join(sorted(used - {room})) or 'nobody'}"
        elif not room and "" not in used and len(used) < 2:
            yield f"{name} is used by one room: {', '.join(used)}"


def test_templates_lie_in_the_room_that_shows_them():
    assert set(unlike_templates()) == set()


@pytest.mark.parametrize("room", ROOMS)
def test_templates_carry_the_name_of_their_room(room):
    names = [
        shown(path).partition("/templates/")[2]
        for path in templates()
        if shown(path).startswith(f"yige/console/{room}/")
    ]

    assert [
        name
        for name in names
        if not name.startswith(f"console/{room}/") and not (room == "account" and OF_ALLAUTH.match(name))
    ] == []


@pytest.mark.parametrize("room", ROOMS)
def test_scripts_carry_the_name_of_a_template_of_their_room(room):
    """Or another script of the room imports it, or several templates of the room load it."""
    folder = CONSOLE / room / "static/console" / room
    scripts = [path for path in files(".js") if shown(path).startswith(f"yige/console/{room}/static/")]
    pages = [path for path in templates() if shown(path).startswith(f"yige/console/{room}/")]
    imported = set(
        re.findall(r"(?:from |import\()\"\./([a-z_]+)\.js\"", "".join(path.read_text() for path in scripts))
    )
    loads = [
        name for page in pages for name in re.findall(rf"console/{room}/([a-z_]+)\.js", page.read_text())
    ]

    assert {path.parent for path in scripts} <= {folder}
    assert [
        path.stem
        for path in scripts
        if path.stem not in {page.stem for page in pages} | imported and loads.count(path.stem) < 2
    ] == []


# tests


def first_words_of_addresses(room):
    """Return for each page of a room the words that its addresses begin with."""
    words = defaultdict(set)
    text = "".join(path.read_text() for path in (CONSOLE / room).glob("*urls.py"))
    for address, page in re.findall(r"path\(\"([^\"]*)\",\s*([a-z_]+)\.", text):
        words[page].add(address.partition("<")[0].rstrip("/"))
    return words


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_is_tested_in_the_room_of_its_name(room):
    """By a file with its name, or by a test of the room that asks for one of its addresses."""
    folder = ROOT / "tests/console" / room
    text = "".join(path.read_text() for path in folder.glob("*.py"))
    alone = [
        page
        for page, words in first_words_of_addresses(room).items()
        if not (folder / f"test_{page}.py").exists()
        and not any(re.search(rf"/(console|accounts)/{re.escape(word)}[/\"?]", text) for word in words)
    ]

    assert folder.is_dir()
    assert set(first_words_of_addresses(room)) == stems(room, "views")
    assert alone == []


def test_tests_of_the_console_lie_in_its_rooms():
    assert sorted(path.name for path in (ROOT / "tests/console").glob("test_*.py")) == []
    assert {path.name for path in (ROOT / "tests/console").iterdir() if path.is_dir()} - {
        "__pycache__"
    } == set(ROOMS)
