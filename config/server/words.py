"""How the web server is started, wherever it is started: launcher, service unit, tests and benchmarks.

As a program, `python -m config.server.words`, it becomes the web server.
"""

import os
import sys
from pathlib import Path

from config.environment import env_int, env_text

APPLICATION = "config.rsgi:application"
LOG_LINES = Path(__file__).with_name("log_lines.json")  # its own lines pass the same filter as ours
# fmt: off
_OPTIONS = (
    "--interface", "rsgi", "--http", "1", "--no-ws", "--no-access-log",
    "--log-config", str(LOG_LINES),
    "--http1-header-read-timeout", "15000",  # the head of a request, and a line on which none comes
    "--http1-buffer-size", "65536",
    "--backlog", "4096", "--backpressure", "2000",  # lines that are open at once in a process: waiting costs no thread
    "--respawn-failed-workers", "--workers-kill-timeout", "8",
)
# fmt: on


def web_words(host: str, port: int, *more: str, application: str = APPLICATION) -> list[str]:
    """Return the command of the web server."""
    workers = env_int("YIGE_WEB_WORKERS", 2, least=1, most=64)
    where = ("--host", host, "--port", str(port), "--workers", str(workers))
    return [sys.executable, "-m", "granian", *where, *_OPTIONS, "--log-level", "warning", *more, application]


def main() -> None:
    words = web_words(env_text("YIGE_HOST", "127.0.0.1"), env_int("YIGE_PORT", 8000, least=1, most=65535))
    os.execv(words[0], words)  # noqa: S606  our own words, no shell


if __name__ == "__main__":
    main()
