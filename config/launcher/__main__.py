"""What the targets of the Makefile start: python -m config.launcher run|test|test-slow|lint|bench."""

import sys

from config.environment import CannotRun
from config.launcher import checks, run

TARGETS = {
    "run": run.main,
    "test": checks.test,
    "test-slow": checks.test_slow,
    "lint": checks.lint,
    "bench": checks.bench,
}


def main() -> None:
    name, *words = sys.argv[1:] or ["run"]
    if name not in TARGETS:
        sys.exit(f"没有目标 {name}。(unknown target; one of: {' '.join(TARGETS)})")
    try:
        sys.exit(TARGETS[name](*words))
    except CannotRun as sentence:
        sys.exit(str(sentence))


main()
