"""No dead code: what the product defines, the product names somewhere else; a test alone keeps nothing alive."""

import ast
import re
from collections import Counter
from functools import cache

from tests.house import files, python, shown
from yige.steps.forms import FORMS
from yige.steps.s5_handle.joint_forms import JOINT_FORMS

KINDS = (".py", ".html", ".txt", ".js", ".toml", ".sh", ".typ")
WORD = re.compile(r"[A-Za-z_]\w*")
# Django, allauth and the browser's form ask for these by their names.
ASKED_BY_LIBRARIES = {
    "handler400", "handler403", "handler404", "handler500", "process_exception", "process_template_response",
    "get_by_natural_key", "get_full_name", "get_short_name", "get_user", "format_value", "valid_value",
    "is_open_for_signup", "pre_authenticate", "get_password_change_redirect_url", "add_message",
    "can_delete_authenticator", "generate_authenticator_name", "send_notification_mail", "_get_session_from_db",
}  # fmt: skip
# What a process keeps in mind, forgotten between two tests.
ASKED_BY_TESTS = {"forget_map", "forget_all"}
# Registered under another name, or found by what it is.
FOUND_BY_LIBRARIES = re.compile(
    r"/apps\.py$|/tasks\.py$|/management/commands/|/templatetags/|^config/(fixed_)?settings\.py$|/migrations/"
)


@cache
def words_of_the_product():
    """Return how often each word stands in what is run."""
    texts = (
        path.read_text() for path in files(*KINDS) if shown(path).startswith(("yige/", "config/", "bench/"))
    )
    return Counter(word for text in texts for word in WORD.findall(text))


def names_in(tree):
    """Yield the functions, classes, methods and names at the top of a module."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def forms_of_verbs():
    return {form.__name__ for form in (*FORMS.values(), *JOINT_FORMS.values())}


def is_asked_for(name):
    """Say whether something calls this name that does not write it: a library, a row of a table of verbs."""
    return (
        name.startswith(("__", "clean_"))
        or name in ASKED_BY_LIBRARIES | ASKED_BY_TESTS
        or name in forms_of_verbs()
    )


def test_what_is_defined_is_used():
    dead = {
        f"{shown(path)} {name}"
        for path in python()
        if shown(path).startswith(("yige/", "config/", "bench/"))
        and not FOUND_BY_LIBRARIES.search(shown(path))
        for name in names_in(ast.parse(path.read_text()))
        if words_of_the_product()[name] < 2 and not is_asked_for(name)
    }

    assert dead == set()


def test_filters_and_tags_are_used_by_a_template():
    pattern = re.compile(r"@register\.\w+(\([^\n]*\))?\ndef (\w+)")
    tags = {
        named[1] if (named := re.search(r"\"(\w+)\"\)", match[1] or "")) else match[2]
        for path in files(".py")
        if "/templatetags/" in shown(path)
        for match in pattern.finditer(path.read_text())
    }
    text = "".join(path.read_text() for path in files(".html", ".txt") if "/templates/" in shown(path))

    assert {tag for tag in tags if not re.search(rf"(?:\||{{% ){tag}\b", text)} == set()
