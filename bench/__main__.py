"""Repeatable measurements: `make bench`, or `python -m bench [WORK …] [--cases N] [--seconds S]`; prints JSON.

Every work is measured beside a floor taken in the same run: a bare Django page on the same server, or the same
rows by plain SQL. CPU is that of all processes, PostgreSQL's too, without the client's.
"""

import argparse
import json
import platform
import sys

from bench import place, works


def main():
    words = arguments()
    with place.open_place(words.cases) as here:
        results = {}
        for name in words.works or works.WORKS:
            print(f"… {name}", file=sys.stderr, flush=True)
            results[name] = works.WORKS[name](here, words.seconds)
    print(json.dumps({"cases": words.cases, "python": platform.python_version(), "works": results}, indent=2))


def arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("works", nargs="*", choices=[*works.WORKS, []], help="default: all")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
