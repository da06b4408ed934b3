"""Repeatable measurements: `make bench`, or `python -m bench [WORKLOAD …] [--cases N] [--closings N] [--seconds S]`;
prints JSON.

Every workload is measured beside a floor taken in the same run: a bare Django page on the same server, or the same
rows by plain SQL. CPU is that of all processes, PostgreSQL's too, without the client's.
"""

import argparse
import json
import platform
import sys

from bench import case_workloads, installation


def main():
    words = arguments()
    with installation.open_place(words.cases, words.closings) as here:
        results = {}
        for name in words.works or case_workloads.WORKLOADS:
            print(f"… {name}", file=sys.stderr, flush=True)
            results[name] = case_workloads.WORKLOADS[name](here, words.seconds)
    print(json.dumps({"cases": words.cases, "python": platform.python_version(), "works": results}, indent=2))


def arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("works", nargs="*", choices=[*case_workloads.WORKLOADS, []], help="default: all")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument(
        "--closings", type=int, default=500_000, help="of the year of a city; 5,000,000 is a large one"
    )
    parser.add_argument("--seconds", type=float, default=8.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
