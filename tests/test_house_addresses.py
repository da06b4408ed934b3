"""Nouns, steps and the clock know no address: they say what something is about, a surface finds its page."""

import ast

import pytest

from tests.house import NOUNS_AND_STEPS, python, shown

BEGINNINGS = ("/console", "/work/", "/my/", "/accounts/", "/c/", "/g/", "/report/", "/ledger/", "/lookup/")
ASKING = {"reverse", "reverse_lazy", "redirect", "resolve_url", "get_absolute_url"}
# A command speaks to people as a surface does; the library of log-ins asks its adapter for the name of a page.
ADAPTER = "yige/accounts/adapter.py"


def knows_addresses(source):
    """Return the lines that spell an address, or ask for that of a page."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and str(node.value).startswith(BEGINNINGS))
        or (isinstance(node, ast.Name) and node.id in ASKING)
        or (isinstance(node, ast.Attribute) and node.attr in ASKING)
        or (isinstance(node, ast.FunctionDef) and node.name in ASKING)
    ]


@pytest.mark.parametrize("room", [*NOUNS_AND_STEPS, "demo"])
def test_only_surfaces_know_addresses(room):
    found = [
        f"{shown(path)}:{line}"
        for path in python()
        if shown(path).startswith(f"yige/{room}/")
        and shown(path) != ADAPTER
        and "/management/" not in shown(path)
        for line in knows_addresses(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'link = "/console/requests/"',
        'return f"/console/cases/{self.number}/"',
        "return reverse('worker:today')",
        "case.get_absolute_url()",
        "def get_absolute_url(self): ...",
    ],
)
def test_an_address_is_seen(line):
    assert knows_addresses(line if line.startswith("def") else f"def page(self):\n    {line}") != []
