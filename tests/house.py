"""What belongs to the house: its files without what was vendored or generated, its functions, its models."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
HOUSE = [config.name for config in apps.get_app_configs() if config.name.startswith("yige.")]
SURFACES = ("console", "worker", "portal", "channels", "web")
# Every folder that is neither a surface nor the invented town: a new noun is among them by being there.
NOUNS_AND_STEPS = sorted(
    path.name
    for path in (ROOT / "yige").iterdir()
    if path.is_dir() and not path.name.startswith("_") and path.name not in (*SURFACES, "demo")
)
MODELS = [model for model in apps.get_models() if model.__module__.startswith("yige.")]


@cache
def files(*suffixes):
    """Every file of the project that git knows or would take, without what was vendored or generated."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    names = listed.stdout.split("\n") if listed.returncode == 0 else walked()
    return [
        ROOT / name for name in names if name.endswith(suffixes) and is_ours(name) and (ROOT / name).is_file()
    ]


def walked():
    """The same without git, as in an unpacked release."""
    skipped = {".venv", ".git", "var", "node_modules"}
    return [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*")
        if not skipped & set(path.relative_to(ROOT).parts)
    ]


def is_ours(name):
    return "/vendor/" not in name and "/migrations/" not in name and not name.startswith("tests/texts/")


def shown(path):
    return str(path.relative_to(ROOT))


def python():
    return [path for path in files(".py") if shown(path).startswith(("yige/", "config/", "tests/", "bench/"))]


def templates():
    return [path for path in files(".html", ".txt") if "/templates/" in shown(path)]


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def matches(paths, pattern, flags=0):
    """Where a forbidden pattern stands, as file:line lines."""
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if re.search(pattern, line, flags):
                found.append(f"{shown(path)}:{number}: {line.strip()[:100]}")
    return found


def longer_than(paths, most):
    return [
        f"{shown(path)}: {count}" for path in paths if (count := len(path.read_text().splitlines())) > most
    ]
