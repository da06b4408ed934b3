"""The national categories of things of public use: as many as the standard has, each once, each under its class."""

from collections import Counter

import pytest

from yige.archive.places import components


def test_there_are_153_categories_each_with_its_own_code_and_name():
    assert len(components.COMPONENTS) == len(components.BY_CODE) == 153
    assert all(len(code) == 5 and code.isascii() and code.isdecimal() for code in components.BY_CODE)
    assert all(component.name for component in components.COMPONENTS)


def test_class_and_first_two_digits_say_the_same():
    pairs = {(component.code[:2], component.group) for component in components.COMPONENTS}

    assert len(pairs) == len(components.GROUPS) == len({code for code, _ in pairs})


def test_choices_hold_every_category_once_under_its_class():
    offered = Counter(code for _, rows in components.choices() for code, _ in rows)

    assert offered == dict.fromkeys(components.BY_CODE, 1)


@pytest.mark.parametrize(
    ("code", "name"),
    [("41010601037000001", "路灯"), ("41010601001000001", "供水井盖"), ("41010699999000001", None)],
)
def test_code_of_a_thing_names_its_category(code, name):
    found = components.of(code)

    assert (found and found.name) == name
