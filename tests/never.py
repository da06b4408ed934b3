"""What the tests of docs/policy/never.md look at: all forms, all verbs, all rows of a page that name somebody."""

import importlib
import inspect
import pkgutil
from functools import cache
from html.parser import HTMLParser

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


class Rows(HTMLParser):
    """The texts of the innermost rows, list items, cards and definition parts of a page."""

    PARTS = {"tr", "li", "article", "dd", "label", "p", "a"}

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        if tag in self.PARTS:
            self.open.append([tag, []])

    def handle_data(self, data):
        for _, texts in self.open:
            texts.append(data)

    def handle_endtag(self, tag):
        if tag in self.PARTS and any(part == tag for part, _ in self.open):
            while self.open:
                part, texts = self.open.pop()
                self.texts.append(" ".join("".join(texts).split()))
                if part == tag:
                    break


def rows_with(text, words):
    """Return the texts of the parts of a page that contain these words."""
    rows = Rows()
    rows.feed(text)
    return [row for row in rows.texts if words in row]
