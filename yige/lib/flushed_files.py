"""Files that are on the disk, not only on their way to it: what was acknowledged outlives a loss of power."""

import os
from pathlib import Path


def write_flushed(path: Path, blob: bytes) -> None:
    """Write a file, and flush it and the folders on its way that are new."""
    missing = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    for folder in (path.parent, *(folder.parent for folder in missing)):
        _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
