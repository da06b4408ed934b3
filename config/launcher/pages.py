"""The form of templates and style sheets: says which are not in form; with `--write` brings them into form.

The formatter of templates knows most places where it must not break a line, but puts a block on a line of its own
where another one ends. So nothing is written where a space would come or go inside a line of words.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cssbeautifier

from config.launcher.spaces import moved_spaces
from config.launcher.var import ROOT

YIGE = ROOT / "yige"
FORMAT = [str(Path(sys.executable).with_name("djangofmt")), "--quiet", "--indent-width", "2"]
FORMAT += ["--line-length", "120", "--custom-blocks", "partialdef"]
SHEETS = {"indent_size": 2, "end_with_newline": True, "newline_between_rules": False}
SHEETS |= {"space_around_combinator": True, "preserve_newlines": True, "max_preserve_newlines": 2}


def main():
    write = "--write" in sys.argv[1:]
    faults = [*templates(write), *sheets(write)]
    for fault in faults:
        print(fault)
    if faults and not write:
        print("请运行 .venv/bin/python -m config.launcher.pages --write 排好版。")
    sys.exit(1 if faults else 0)


def templates(write):
    """Yield a line for each template that is not in form or cannot be brought into it without moving a space."""
    names = [path.relative_to(YIGE) for path in sorted(YIGE.rglob("templates/**/*.html"))]
    with tempfile.TemporaryDirectory() as place:
        for name in names:
            (Path(place) / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(YIGE / name, Path(place) / name)
        done = subprocess.run([*FORMAT, place], check=False, capture_output=True, text=True)
        if done.returncode:
            yield done.stderr.replace(place, "yige").strip() or "djangofmt 没有运行成功。"
        for name in names:
            yield from settle(YIGE / name, (Path(place) / name).read_text(), write, moved_spaces)


def sheets(write):
    """Yield a line for each style sheet that is not in form."""
    for path in sorted(YIGE.rglob("static/**/*.css")):
        if "vendor" not in path.parts:
            yield from settle(path, cssbeautifier.beautify(path.read_text(), SHEETS), write, lambda *_: [])


def settle(path, formatted, write, moved):
    before = path.read_text()
    if before == formatted:
        return
    name = path.relative_to(ROOT)
    seen = moved(before, formatted)
    if seen:
        yield from (f"{name}：排版会动到“{left}”和“{right}”之间的空格" for left, right in seen)
    elif write:
        path.write_text(formatted)
    else:
        yield f"{name}：没有排好版"


if __name__ == "__main__":
    main()
