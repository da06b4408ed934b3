"""The interpreter is found by running candidates, never by its name alone."""

import os
import shutil
import subprocess
import sys

import pytest

from config.launcher.var import ROOT


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose setup only says which interpreter it was started with."""
    (tmp_path / "config" / "launcher").mkdir(parents=True)
    shutil.copy(ROOT / "config" / "python.sh", tmp_path / "config")
    (tmp_path / "config" / "launcher" / "setup.py").write_text(
        "import sys; print(sys.executable, *sys.argv[1:])"
    )
    (tmp_path / "bin").mkdir()
    for name in ("sort", "ls", "dirname"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    return tmp_path


def ask(checkout, *words, **environment):
    return subprocess.run(
        ["/bin/sh", checkout / "config" / "python.sh", *words],
        env={"PATH": str(checkout / "bin"), "HOME": str(checkout), **environment},
        capture_output=True,
        text=True,
    )


def put(checkout, name, text):
    path = checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_shim_that_only_exists_is_passed_over(checkout):
    put(checkout, "bin/python3.14", "#!/bin/sh\necho 'command not found' >&2; exit 127\n")
    put(checkout, "bin/python3.13", "#!/bin/sh\nexit 1\n")
    put(
        checkout,
        ".pyenv/versions/3.99.1/bin/python3",
        f'#!/bin/sh\nexec {os.path.realpath(sys.executable)} "$@"\n',
    )

    found = ask(checkout, "run", "now")

    assert found.stdout == f"{os.path.realpath(sys.executable)} run now\n"


def test_named_interpreter_goes_first(checkout):
    mine = put(checkout, "mine", f'#!/bin/sh\nexec {os.path.realpath(sys.executable)} "$@"\n')
    put(checkout, "bin/python3.13", "#!/bin/sh\necho wrong\n")

    assert ask(checkout, "run", YIGE_PYTHON=str(mine)).stdout.endswith(" run\n")


@pytest.mark.skipif(
    any(os.path.exists(f"/usr/{place}bin/python3.{n}") for place in ("", "local/") for n in range(12, 20)),
    reason="this machine has a new Python in its system folders",
)
def test_missing_interpreter_is_said_in_a_sentence(checkout):
    refused = ask(checkout, "run")

    assert refused.returncode == 1
    assert "没有找到 Python 3.12" in refused.stderr
    assert "YIGE_PYTHON" in refused.stderr


@pytest.mark.skipif(
    any(os.path.exists(f"/usr/{place}bin/python3.{n}") for place in ("", "local/") for n in range(12, 20)),
    reason="this machine has a new Python in its system folders",
)
def test_interpreter_without_venv_is_said_in_a_sentence(checkout):
    put(checkout, "bin/python3.13", '#!/bin/sh\ncase "$2" in *version_info*) exit 0;; *) exit 1;; esac\n')

    refused = ask(checkout, "run")

    assert refused.returncode == 1
    assert "python3-venv" in refused.stderr
