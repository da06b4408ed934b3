"""How plainly the house speaks: names said twice, wide signatures, crowded rooms, long lines, files that a change touches.

Reads a checkout and prints JSON; nothing is run, so that an older checkout is measured by the same script:
    python -m bench.house [FOLDER]
"""

import ast
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

SKIPPED_FOLDERS = {"migrations", "vendor", ".venv", "var", "node_modules", "__pycache__"}
LONG_LINE = 120  # characters of a template or a style sheet
CROWDED_FOLDER = 12  # modules side by side
# Words whose files are listed: one verb, one role, two fields of a person, one page.
TOUCHED_WORDS = {
    "verb supervise": "supervise",
    "role registrar": "registrar",
    "field sex": "sex",
    "field emergency": "emergency",
    "page promises": "promises",
}
TOUCHED_FOLDERS = ("yige", "tests/policy", "docs")
TOUCHED_ENDINGS = (".py", ".html", ".js", ".css", ".csv", ".toml", ".md")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    print(json.dumps(figures_of_house(folder.resolve()), ensure_ascii=False, indent=1))


def figures_of_house(root: Path) -> dict:
    """Return all figures of one checkout."""
    trees = {path: ast.parse(path.read_text()) for path in house_files(root / "yige", ".py")}
    counts = parameter_counts(trees)
    return {
        "speech": figures_of_names(trees),
        "parameters": {
            "median": counts[len(counts) // 2],
            "p95": counts[int(len(counts) * 0.95)],
            "most": counts[-1],
        },
        "modules": len(trees),
        "modules side by side": crowded_folders(root, trees),
        "templates": long_lines(house_files(root / "yige", ".html")),
        "style sheets": long_lines(house_files(root / "yige", ".css")),
        "touched": {what: touched_files(root, word) for what, word in TOUCHED_WORDS.items()},
    }


def house_files(root: Path, *endings: str) -> list[Path]:
    """Return the files of the house with these endings, without what was vendored or generated."""
    return sorted(
        path
        for path in root.rglob("*")
        if path.suffix in endings
        and path.is_file()
        and not SKIPPED_FOLDERS & set(path.relative_to(root).parts)
    )


# names


def figures_of_names(trees: dict[Path, ast.Module]) -> dict:
    """Return how many names stand in more than one and more than three modules, and the most crowded ones."""
    homes = defaultdict(list)
    for path, tree in trees.items():
        for name in public_names(tree):
            homes[name].append(path)
    counts = {name: len(paths) for name, paths in homes.items()}
    several = [count for count in counts.values() if count > 1]
    crowded = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "names": len(counts),
        "names in several modules": len(several),
        "per cent of names in several modules": per_cent(len(several), len(counts)),
        "per cent of definitions that share a name": per_cent(sum(several), sum(counts.values())),
        "names in more than three modules": sum(count > 3 for count in several),
        "most crowded": dict(crowded[:12]),
    }


def public_names(tree: ast.Module) -> set[str]:
    """Return the functions, classes and assigned names at the top of a module that do not begin with an underscore."""
    names = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return {name for name in names if not name.startswith("_")}


# shapes


def parameter_counts(trees: dict[Path, ast.Module]) -> list[int]:
    """Return how many parameters every function and method has, without `self` and `cls`, in rising order."""
    counts = []
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                counts.append(sum(argument.arg not in ("self", "cls") for argument in arguments))
    return sorted(counts)


def crowded_folders(root: Path, trees: dict[Path, ast.Module]) -> dict[str, int]:
    """Return the folders where many modules stand side by side, the fullest first."""
    counts = defaultdict(int)
    for path in trees:
        if path.name != "__init__.py":
            counts[str(path.parent.relative_to(root))] += 1
    full = [(folder, count) for folder, count in counts.items() if count > CROWDED_FOLDER]
    return dict(sorted(full, key=lambda pair: -pair[1]))


def long_lines(paths: list[Path]) -> dict:
    """Return how many lines these files have, and how many of them no screen shows whole."""
    lines = [line for path in paths for line in path.read_text().splitlines()]
    over = sum(len(line) > LONG_LINE for line in lines)
    return {"lines": len(lines), f"over {LONG_LINE}": over, "per cent": per_cent(over, len(lines))}


def touched_files(root: Path, word: str) -> dict:
    """Return the files of the product, of its policy tables and of its documents that say this word."""
    pattern = re.compile(rf"(?<![a-z]){word}(?![a-z])")
    names = [
        str(path.relative_to(root))
        for folder in TOUCHED_FOLDERS
        for path in house_files(root / folder, *TOUCHED_ENDINGS)
        if pattern.search(path.read_text(errors="replace"))
    ]
    return {"files": len(names), "list": names}


def per_cent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


if __name__ == "__main__":
    main()
