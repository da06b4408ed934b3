"""The one folder that holds everything this installation makes: secrets, database, photos, static files."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def testing() -> bool:
    return "pytest" in sys.modules


def var_folder() -> Path:
    """The folder, made when missing; tests have their own inside it and never touch what is being tried."""
    var = Path(os.environ.get("YIGE_VAR") or ROOT / "var").absolute()
    _make(var)
    if not testing():
        return var
    _make(var / "test")
    return var / "test"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return
    # The database server's own user must be able to pass through; what is secret lies in folders of 0700.
    folder.chmod(0o711)
