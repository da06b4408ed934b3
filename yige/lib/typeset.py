"""Documents as PDF, from a template of Typst and plain values: no browser, and no markup in what a person wrote."""

import json
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_SECONDS = 120


def pdf(template: Path, told: object, *, fonts: str = "system") -> bytes:
    """Set what is told by a template; with fonts="own" only the font that comes along is used."""
    plain = json.dumps(told, ensure_ascii=False)
    command = [
        sys.executable, "-I", "-B", str(_HERE / "typeset_child.py"), str(template), str(_HERE / "fonts"), fonts,
    ]  # fmt: skip
    done = subprocess.run(command, input=plain.encode(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
