"""The processes under the launcher: they die with it, and come back when they die alone."""

import contextlib
import os
import signal
import subprocess
import time

from config.launcher.postgres import end_with_parent

GRACE_SECONDS = 10
LONGEST_PAUSE = 30
STEADY_SECONDS = 60


class Child:
    """One command that is kept alive; a crash is followed by a pause that doubles, so a broken one cannot spin."""

    def __init__(
        self,
        name: str,
        words: list[str],
        environment: dict[str, str],
        *,
        once: bool = False,
        orphaned=signal.SIGTERM,
    ):
        """`orphaned` is the signal that it gets when the launcher is killed."""
        self.name, self.words, self.environment = name, words, environment
        self.once, self.orphaned = once, orphaned
        self.process: subprocess.Popen | None = None
        self.started, self.pause, self.again_at = 0.0, 1.0, 0.0

    def _start(self, now: float) -> None:
        self.started = now
        try:
            self.process = subprocess.Popen(
                self.words,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches the launcher only, which ends the others in order
                preexec_fn=end_with_parent(self.orphaned),
            )
        except OSError as why:  # no memory, no room: that passes, and nobody sits beside the machine
            self._wait_longer(now, str(why))

    def tend(self, now: float) -> None:
        """Start what does not run, unless it has run and once was all it had to do."""
        if self.process is not None and (self.process.poll() is None or self.once):
            return
        if self.process is not None:
            self._wait_longer(now, str(self.process.returncode))
            self._sweep()
            self.process = None
        if now >= self.again_at:
            self._start(now)

    def _wait_longer(self, now: float, why: str) -> None:
        steady = now - self.started > STEADY_SECONDS
        self.pause = 1.0 if steady else min(self.pause * 2, LONGEST_PAUSE)
        self.again_at = now + self.pause
        say(f"{self.name} 已退出（{why}），{self.pause:.0f} 秒后重新启动")

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, until: float) -> None:
        """Wait for it until then, and take away whatever is left of it."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, until - time.monotonic()))
        self._sweep()
        self.process.wait()

    def _sweep(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def say(words: str) -> None:
    """Write a line for whoever looks; where it cannot be written, the work goes on."""
    with contextlib.suppress(OSError, ValueError):
        print(words, flush=True)


def end_all(children: list[Child]) -> None:
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.end(until)
