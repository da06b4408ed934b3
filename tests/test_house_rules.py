"""The conventions of the house as failing tests: a rule broken twice becomes a line here."""

import ast
import re

from django.apps import apps
from django.core.management import call_command

from tests.house import HOUSE, MODELS, ROOT, files, functions, longer_than, matches, python, shown

PYTHON_LINES, FUNCTION_LINES = 300, 50

# size


def test_python_files_stay_short():
    assert longer_than(python(), PYTHON_LINES) == []


def test_functions_stay_short():
    long = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python()
        for node in functions(path)
        if node.end_lineno - node.lineno >= FUNCTION_LINES
    ]

    assert long == []


# names and rooms

NO_ROOMS = {
    "utils",
    "helpers",
    "services",
    "managers",
    "mixins",
    "signals",
    "util",
    "common",
    "misc",
    "base_views",
}


def test_no_drawer_for_everything():
    assert [shown(path) for path in python() if path.stem in NO_ROOMS] == []


PINYIN = re.compile(
    r"(^|_)(wangge|shequ|jiedao|shijian|shangbao|paidan|banjie|chongban|guazhang|huifang|banli|shouli|jumin|"
    r"fenlei|xiaohao|cuiban|duban|zhuanban|qianshou|tuihui|leixing|zhuangtai|dizhi|dianhua|mingcheng|bianhao)(_|$)"
)


def identifiers(path):
    for node in ast.walk(ast.parse(path.read_text())):
        for field in ("name", "id", "attr", "arg"):
            if isinstance(value := getattr(node, field, None), str):
                yield value, getattr(node, "lineno", 0)


def test_identifiers_are_english():
    """Chinese is the language of the pages; names are English, never its sound in Latin letters."""
    found = [
        f"{shown(path)}:{line} {name}"
        for path in python()
        for name, line in identifiers(path)
        if PINYIN.search(name.lower()) or not name.isascii()
    ]

    assert found == []


def test_models_and_functions_do_not_hide_behind_empty_names():
    empty = re.compile(r"^(data|info|obj|process|manager|handle_\w*|do_stuff)$")
    found = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python()
        for node in functions(path)
        if empty.match(node.name)
    ]

    assert found == []


def test_docstrings_of_modules_say_what_the_file_decides():
    silent = [
        shown(path)
        for path in python()
        if shown(path).startswith("yige/")
        and path.name not in ("__init__.py", "apps.py")
        and "/management/" not in shown(path)
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


# what never stands in the repository

SELF = __file__.rpartition("/")[2]


def everything():
    text = (
        ".py",
        ".html",
        ".js",
        ".css",
        ".md",
        ".toml",
        ".txt",
        ".sh",
        ".cfg",
        ".yml",
        ".yaml",
        ".lock",
        ".json",
        ".svg",
    )
    return [path for path in files(*text, "Makefile") if path.name != SELF]


def test_nothing_is_left_to_do():
    assert matches(everything(), r"\b(TODO|FIXME|XXX|HACK)\b") == []


def test_no_commented_out_breakpoints_or_prints():
    ours = [path for path in python() if shown(path).startswith("yige/")]

    assert matches(ours, r"\b(breakpoint|pdb\.set_trace)\(") == []


def test_no_host_of_a_package_registry_and_no_path_of_one_machine():
    assert (
        matches(everything(), r"/work/(main|shared)|/root/|/home/[a-z]+/|artifactory|jfrog|nexus\.|index-url")
        == []
    )


def test_no_secret_stands_in_the_open():
    assert matches(everything(), r"BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}") == []


# imports and dangerous ways


def test_no_signals_between_our_own_apps():
    ours = [path for path in python() if shown(path).startswith("yige/")]

    assert matches(ours, r"^from django\.(db\.models\.signals|dispatch)|@receiver\(") == []


def test_no_django_admin():
    assert "django.contrib.admin" not in {config.name for config in apps.get_app_configs()}
    assert [shown(path) for path in python() if path.name == "admin.py"] == []


def test_no_save_override():
    """What a save would do on the side is done by a verb, where it can be seen."""
    overridden = [model.__name__ for model in MODELS if "save" in vars(model)]

    assert overridden == []


def test_no_dangerous_calls():
    ours = [path for path in python() if shown(path).startswith(("yige/", "config/"))]

    assert matches(ours, r"\b(pickle\.|yaml\.load\(|eval\(|exec\(|shell=True|mark_safe\(|\.extra\()") == []


def test_secrets_are_not_made_of_ordinary_chance():
    """`random` is for the demo, which has to come out the same again."""
    ours = [path for path in python() if shown(path).startswith("yige/") and "/demo/" not in shown(path)]

    assert matches(ours, r"^(import random|from random )") == []


def test_surfaces_finish_a_visit_as_a_whole():
    """`finish_visit` also tells the timelines of the cases that were answered; its inner part does not."""
    surfaces = ("yige/console/", "yige/worker/", "yige/portal/", "yige/channels/", "yige/web/", "yige/clock/")
    ours = [path for path in python() if shown(path).startswith(surfaces)]

    assert matches(ours, r"\bwrite_visit_without_timelines\b") == []
    assert (
        matches([ROOT / "yige/steps/s1_approach/actions.py"], r"^def write_visit_without_timelines\(") != []
    )


def test_state_of_a_case_is_written_in_one_place():
    ours = [
        path
        for path in python()
        if shown(path).startswith("yige/")
        and shown(path)
        not in (
            "yige/cases/move.py",
            "yige/whistles/gate.py",
            "yige/duty_list/actions.py",
            "yige/topics/gate.py",
            "yige/alliance/actions.py",
            "yige/alliance/seats.py",
            "yige/alliance/places.py",
            "yige/deliberation/gate.py",
        )
    ]

    assert matches(ours, r"\.state = |update\([^)]*\bstate=") == []


def test_pages_never_ask_the_naive_clock():
    ours = [path for path in python() if shown(path).startswith("yige/")]

    assert matches(ours, r"datetime\.(now\(\)|utcnow|today\(\))|date\.today\(\)") == []


def test_rooms_that_decide_never_ask_any_clock():
    """Verbs and rules get the moment as `at`."""
    rooms = ("yige/steps/", "yige/cases/", "yige/audit/", "yige/notices/")
    ours = [path for path in python() if shown(path).startswith(rooms) and "/management/" not in shown(path)]

    assert matches(ours, r"timezone\.now\(\)|localtime\(\)") == []


def test_migrations_match_the_models(db):
    call_command(
        "makemigrations", *[name.rsplit(".", 1)[1] for name in HOUSE], check=True, dry_run=True, verbosity=0
    )
