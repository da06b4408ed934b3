"""What the tests of docs/policy/never.md look at: all forms, all verbs, all rows of a page that name somebody."""

import importlib
import inspect
import pkgutil
import re
from functools import cache

from django import forms

import yige

SURFACES = ("yige.console", "yige.worker", "yige.portal", "yige.steps", "yige.web", "yige.accounts")


def modules(*names):
    for name in names:
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if ".migrations" not in found.name and ".management" not in found.name:
                yield importlib.import_module(found.name)


@cache
def every_form():
    """Return every form class of our own."""
    found = {
        thing
        for module in modules(*SURFACES)
        for thing in vars(module).values()
        if inspect.isclass(thing)
        and issubclass(thing, forms.BaseForm)
        and thing.__module__.startswith("yige.")
    }
    return sorted(found, key=lambda form: (form.__module__, form.__name__))


@cache
def every_verb():
    """Return every function that writes a line in the log by its decorator: name of the verb → function."""
    found = {}
    for module in modules(yige.__name__):
        for thing in vars(module).values():
            if inspect.isfunction(thing) and hasattr(thing, "verb") and thing.__module__.startswith("yige."):
                found[f"{thing.__module__.removeprefix('yige.')}.{thing.__name__}"] = thing
    return found


PART = re.compile(r"<(tr|li|article|dd|p)\b.*?</\1>", re.S)
TAG = re.compile(r"<[^>]*>")


def rows_with(text, words):
    """Return the texts of the rows, list items and cards of a page that contain these words."""
    rows = [" ".join(TAG.sub(" ", part[0]).split()) for part in PART.finditer(text)]
    return [row for row in rows if words in row]
