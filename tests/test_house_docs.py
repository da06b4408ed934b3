"""What the documents name in backticks is there: files, folders, modules and their names, tests, settings, commands."""

import ast
import re
from functools import cache

import pytest

from tests.house import ROOT, files, shown

DOCUMENTS = [path for path in files(".md") if re.match(r"README|SECURITY|CONTRIBUTING|docs/", shown(path))]
BASES = ("", "yige/", "yige/steps/")
ENDINGS = (".py", ".html", ".js", ".css", ".csv", ".toml", ".md", ".lock", ".sh")
# Code, orders to a shell and words in Chinese are read by people.
SENTENCE = re.compile(r"[\s=(){}<>\[\]$'\"“”|,;:%+]|[^\x00-\x7f…]")
# Made while it runs, or the reader's own.
NOT_OURS = re.compile(r"^(var|\.venv|/|~|https?:|--?\w)|^[a-z0-9.-]+\.(cn|com|org)$")
SELF = "tests/test_house_docs.py"
# Names of others: PostgreSQL, systemd, browsers, the sub-folders of var/.
EXAMPLES = {
    "ILIKE", "pg_trgm", "yige-worker.service", "X-Forwarded-Proto", "__Host-", "secrets/", "postgres/", "media/",
    "backups/", "outbox/", "static/", "test/",
    "tiles/",
}  # fmt: skip


def backticked(path):
    """Return [(line number, words in backticks)] of a document, without its blocks of code."""
    found, block = [], False
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.lstrip().startswith("```"):
            block = not block
        elif not block:
            found += [(number, word) for word in re.findall(r"`([^`]+)`", line)]
    return found


def is_there(word):
    """Say whether what stands in backticks exists, or is nothing that could."""
    if SENTENCE.search(word) or NOT_OURS.match(word):
        return True
    if word.startswith("test_"):
        return any(
            name.startswith(word.rstrip("…*_")) if word[-1] in "…*" else name == word
            for name in names_of_tests()
        )
    if "…" in word:
        return True
    if word.endswith(ENDINGS):
        return is_path(word)
    if "/" in word:
        return is_path(word) or is_name_in_module(word.replace("/", "."))
    if word.endswith(".*"):
        return f'"{word.removesuffix("*")}' in text_of_the_house()
    if "." in word.strip("."):
        return is_name_in_module(word) or word in text_of_the_house()
    return is_word(word)


def is_path(word):
    if re.fullmatch(r"docs/adr/[0-9]{4}", word):
        word = f"{word}-*"
    if any(list(ROOT.glob(base + word.rstrip("/"))) for base in BASES):
        return True
    return "/" not in word and any(path.name == word for path in files(*ENDINGS))


def is_name_in_module(word):
    """Say whether `noun.module.name`, `module.name` or `Class.name` stands in the house."""
    parts = word.removesuffix(".py").split(".")
    for end in range(len(parts), 0, -1):
        module, rest = "/".join(parts[:end]), parts[end:]
        homes = [path for path in modules() if f"/{path}".endswith((f"/{module}", f"/{module}/__init__"))]
        if homes and (not rest or any(rest[0] in names_in(path) for path in homes)):
            return True
    folder = f"/{'/'.join(parts[:-1])}/"
    if len(parts) > 1 and any(folder in f"/{path}" and parts[-1] in names_in(path) for path in modules()):
        return True  # `cases.Case`: an app and one of its models
    classes = {name for path in modules() for name in names_in(path) if name[0].isupper()}
    return len(parts) > 1 and parts[0] in classes and is_word(parts[-1])


def is_word(word):
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text_of_the_house()) is not None


@cache
def modules():
    return [shown(path).removesuffix(".py") for path in files(".py")]


@cache
def names_in(module):
    tree = ast.parse((ROOT / f"{module}.py").read_text())
    names = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return names | {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


@cache
def names_of_tests():
    return {
        name
        for module in modules()
        if module.startswith("tests/")
        for name in names_in(module)
        if name.startswith("test_")
    }


@cache
def text_of_the_house():
    kinds = (".py", ".html", ".js", ".css", ".csv", ".toml", "Makefile", ".lock", ".sh")
    return "\n".join(
        path.read_text() for path in files(*kinds) if "/texts/" not in shown(path) and shown(path) != SELF
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_what_a_document_names_is_there(document):
    gone = [
        f"{shown(document)}:{number} {word}"
        for number, word in backticked(document)
        if word not in EXAMPLES and not is_there(word)
    ]

    assert gone == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_links_between_documents_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_decisions_carry_the_number_of_their_file_once():
    """`# 0012 What was decided`, and what others point at: four digits everywhere."""
    decisions = [path for path in DOCUMENTS if "/adr/" in shown(path)]
    numbers = [path.name[:4] for path in decisions]

    assert len(set(numbers)) == len(numbers)
    assert [
        shown(path)
        for path in decisions
        if not re.match(rf"# {path.name[:4]} [A-Z]", path.read_text())
        or not re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", path.name)
    ] == []


@pytest.mark.parametrize(
    "word",
    ["yige/cases/nowhere.py", "cases/workflow.NOTHING", "lib/moments.py", "test_nobody_wrote_this", "YIGE_NOTHING",
     "archive.people.access.nothing", "nowhere.py", "Nothing.at_all"],
)  # fmt: skip
def test_a_name_that_is_gone_is_found(word):
    assert not is_there(word)


@pytest.mark.parametrize(
    "word",
    [
        "yige/cases/workflow.py",
        "cases/workflow.MOVES",
        "workflow.MOVES",
        "docs/policy/",
        "YIGE_DEMO",
        "tests/policy/",
    ],
)
def test_a_name_that_is_there_is_left_alone(word):
    assert is_there(word)
