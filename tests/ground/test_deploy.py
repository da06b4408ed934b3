"""The units and the compose file: as far as a machine without their managers can tell."""

import configparser
import importlib.util
import json
import re
import shutil
import subprocess
import sys

import pytest

from config.launcher.postgres import Cluster
from config.launcher.var import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
HOME = "/opt/yige/"


def unit(path):
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read(path)
    return read


def compose_commands():
    text = (DEPLOY / "compose.yaml").read_text()
    return [json.loads(words) for words in re.findall(r"^    command: (\[.*\])$", text, re.M)]


def commands():
    ours = [unit(path)["Service"]["ExecStart"].split() for path in UNITS]
    ours += [words for words in compose_commands() if words[0].startswith(HOME)]
    image = re.search(r"^CMD (\[.*\])$", (DEPLOY / "Containerfile").read_text(), re.M)
    return [*ours, json.loads(image[1])]


def test_all_commands_are_found():
    assert len(UNITS) == 2
    assert len(commands()) == 6


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_what_a_command_names_is_there(words):
    program = words[0].removeprefix(HOME)

    if words[1] == "-m":
        assert program == ".venv/bin/python"
        assert importlib.util.find_spec(words[2])
    else:
        assert program == ".venv/bin/yige"
        known = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words[1:3], "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert [word for word in words if word.startswith("--") and word not in known] == []


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_unit_outlives_crash_loops_and_writes_nowhere_else(path):
    read = unit(path)

    assert read["Unit"]["StartLimitIntervalSec"] == "0"
    assert read["Service"]["Restart"] == "always"
    assert read["Service"]["ProtectSystem"] == "strict"
    assert read["Service"]["ReadWritePaths"] == "/var/lib/yige-files"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_unit(path, tmp_path):
    """With programs and a user of this machine in the place of those of the deployment."""
    text = re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", path.read_text(), flags=re.M)
    copy = tmp_path / path.name
    copy.write_text(text.replace("WorkingDirectory=/opt/yige", "WorkingDirectory=/"))

    done = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )

    assert [line for line in done.stderr.splitlines() if path.name in line] == []


def test_the_script_makes_both_roles_and_the_database(own_var):
    cluster = Cluster(own_var, durable=False)
    with cluster.running():
        cluster.query("DROP DATABASE yige")
        for role in ("yige_owner", "yige_app"):
            cluster.query(f"DROP ROLE {role}")
        script = (DEPLOY / "make-roles.sh").read_text()
        statements = script.partition("<<'SQL'\n")[2].partition("SQL\n")[0]
        for statement in statements.replace(":'owner'", "'one'").replace(":'app'", "'two'").splitlines():
            cluster.query(statement)

        assert cluster.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'yige_%' ORDER BY 1").split() == [
            "yige_app", "yige_owner", "yige_super",
        ]  # fmt: skip
        assert cluster.query("SELECT datname FROM pg_database WHERE datname = 'yige'") == "yige"
    assert subprocess.run(["sh", "-n", str(DEPLOY / "make-roles.sh")], check=False).returncode == 0
