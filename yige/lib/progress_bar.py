"""A line that says how far long work is and how long it will take."""

import time
from collections.abc import Iterator

WIDTH = 20


class ProgressBar:
    """On a terminal one line that grows, elsewhere (a log) a line each tenth of the work."""

    def __init__(self, label, total, out):
        self.label, self.total, self.out = label, total, out
        self.since, self.shown = time.monotonic(), -1
        self.live = out.isatty()

    def over(self, steps) -> Iterator:
        """Pass the steps on, showing after each how many are done."""
        for number, step in enumerate(steps, 1):
            yield step
            self.show(number)

    def show(self, number) -> None:
        part = number * (100 if self.live else 10) // max(self.total, 1)
        if part == self.shown:
            return
        self.shown = part
        self.out.write("\r" + self.line(number) if self.live else self.line(number), ending="")
        if number == self.total or not self.live:
            self.out.write("\n", ending="")
        self.out.flush()

    def line(self, number) -> str:
        filled = number * WIDTH // max(self.total, 1)
        rest = (time.monotonic() - self.since) / number * (self.total - number)
        left = f"，还要约 {rest:.0f} 秒" if number < self.total else "，完成"
        return f"{self.label} {'█' * filled}{'░' * (WIDTH - filled)} {number}/{self.total}{left}"
