import hashlib
import tomllib
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "yige/web/static/web/vendor"
FILES = tomllib.loads((VENDOR / "vendor.toml").read_text())["file"]


@pytest.mark.parametrize("row", FILES, ids=lambda row: row["path"])
def test_vendored_file_is_the_one_written_down(row):
    found = hashlib.sha256((VENDOR / row["path"]).read_bytes()).hexdigest()

    assert found == row["sha256"]
    assert row["licence"] in {"MIT", "0BSD", "BSD-3-Clause", "Apache-2.0"}


def test_every_vendored_file_is_written_down():
    on_disk = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}

    assert on_disk - {"vendor.toml"} == {row["path"] for row in FILES}
