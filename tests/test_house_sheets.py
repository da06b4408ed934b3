"""The conventions of style sheets: every class that is used is defined, every class of ours is used, where it is needed."""

import re
from functools import cache

from tests.house import files, matches, shown, templates
from tests.test_house_rooms import CONSOLE, ROOMS, room_of

COMMENT = re.compile(r"/\*.*?\*/", re.S)
RULE = re.compile(r"([^{}]+)\{")
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
OURS = re.compile(r"(?<![\w-])yg-[a-z][\w-]*")
ATTRIBUTE = re.compile(r"class=\"((?:\{%.*?%\}|\{\{.*?\}\}|[^\"])*)\"|\"class\": \"([^\"]*)\"")
# cookies; places in the browser's own storage
NO_CLASSES = {"yg-resident", "yg-wanted", "yg-sent", "yg-draft", "yg-staff-draft"}


def sheets(vendored=False):
    kept = [path for path in files(".css") if shown(path).startswith("yige/")]
    return kept + (sorted(CONSOLE.parents[0].glob("web/static/web/vendor/**/*.css")) if vendored else [])


@cache
def defined(path):
    """Return the classes that the selectors of a sheet name."""
    text = COMMENT.sub("", path.read_text())
    return {name for selector in RULE.findall(text) for name in CLASS.findall(selector)}


@cache
def sources():
    """Return the text of all that may name a class of ours, by its path."""
    return {
        path: path.read_text() for path in files(".html", ".py", ".js") if shown(path).startswith("yige/")
    }


@cache
def users():
    """Return for each class of ours the files that name it; one whose end is filled in later ends with “_”."""
    found = {}
    for path, text in sources().items():
        for name in OURS.findall(text):
            found.setdefault(name, set()).add(path)
    return found


def files_that_use(name):
    begun = [part for part in users() if part.endswith(("_", "-")) and name.startswith(part)]
    return {path for part in (name, *begun) for path in users().get(part, ())}


def test_every_class_that_is_used_is_defined():
    known = set().union(*(defined(path) for path in sheets(vendored=True))) | NO_CLASSES
    unknown = {
        f"{shown(path)}: {name}"
        for path, text in sources().items()
        for pair in ATTRIBUTE.findall(text)
        for name in re.sub(r"\{\{.*?\}\}", "_", re.sub(r"\{%.*?%\}", " ", pair[0] or pair[1])).split()
        if name not in known and not name.endswith(("_", "-"))
    }
    unknown |= {
        f"{shown(path)}: {name}"
        for name, paths in users().items()
        for path in paths
        if name not in known and not name.endswith(("_", "-"))
    }

    assert unknown == set()


def test_every_class_of_ours_is_used():
    idle = {
        f"{shown(path)}: {name}"
        for path in sheets()
        for name in defined(path)
        if name.startswith("yg-") and not files_that_use(name)
    }

    assert idle == set()


def sheet_of(room):
    return CONSOLE / room / "static/console" / room / f"{room}.css"


def rooms_that_use(name):
    """Return the rooms of the console that name a class; "" stands for what all of them share."""
    return {
        room_of(path) if shown(path).startswith("yige/console/") else ""
        for path in files_that_use(name)
        if shown(path).startswith(("yige/console/", "yige/web/"))
    }


def test_sheet_of_a_room_says_what_that_room_alone_needs():
    shared = defined(CONSOLE / "static/console/rooms.css")
    wrong = {
        f"{room}: {name} is used by {sorted(rooms_that_use(name))}"
        for room in ROOMS
        if sheet_of(room).exists()
        for name in defined(sheet_of(room)) - shared
        if name.startswith("yg-") and not is_of_all_surfaces(name) and rooms_that_use(name) != {room}
    }

    assert wrong == set()


def test_sheet_of_all_rooms_says_nothing_that_one_room_alone_needs():
    alone = {
        f"{name} is used by {rooms_that_use(name)}"
        for name in defined(CONSOLE / "static/console/rooms.css")
        if name.startswith("yg-") and len(rooms_that_use(name) - {""}) == 1 and "" not in rooms_that_use(name)
    }

    assert alone == set()


def is_of_all_surfaces(name):
    return any(name in defined(path) for path in sheets() if shown(path).startswith("yige/web/"))


def test_the_console_has_one_shared_sheet_and_one_for_a_room():
    kept = {shown(path) for path in sheets() if shown(path).startswith("yige/console/")}
    rooms = {shown(sheet_of(room)) for room in ROOMS}
    paper = {"yige/console/files/static/console/files/household_sheet.css"}  # a page without the shell

    assert kept - rooms - paper == {"yige/console/static/console/rooms.css"}


def test_sheets_of_the_surfaces_name_no_colour():
    surfaces = [path for path in sheets() if not shown(path).startswith("yige/web/")]

    assert matches(surfaces, r"#[0-9a-fA-F]{6}\b") == []


def test_every_page_loads_the_sheet_whose_classes_it_uses():
    """Of its room: what a page or a part that it includes names must be loaded by the page."""
    missing = set()
    for path in templates():
        room, text = room_of(path), path.read_text()
        if not shown(path).startswith("yige/console/") or room not in ROOMS or "{% extends" not in text:
            continue
        own = defined(sheet_of(room)) if sheet_of(room).exists() else set()
        alone = {name for name in own if rooms_that_use(name) == {room}}
        if alone & set(OURS.findall(with_parts(text))) and f"/{room}.css" not in with_parents(text):
            missing.add(shown(path))

    assert missing == set()


@cache
def by_name():
    return {shown(path).partition("/templates/")[2]: path.read_text() for path in templates()}


def with_parts(text):
    return text + "".join(
        with_parts(by_name()[name])
        for name in re.findall(r"\{% include \"([^\"#]+)", text)
        if name in by_name()
    )


def with_parents(text):
    return text + "".join(
        with_parents(by_name()[name]) for name in re.findall(r"\{% extends \"([^\"]+)", text)
    )
