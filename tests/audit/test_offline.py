"""An export of the log proves itself to a program that has no database, no settings and no packages."""

import random
import re
import subprocess
import sys

import pytest

from config.launcher.var import ROOT
from tests.audit.test_tampering import OPEN, SEALED, Log
from yige.audit import chain, offline


@pytest.fixture
def export(tmp_path):
    log = Log(random.Random(3))
    with open(tmp_path / "log.jsonl", "w") as file:
        offline.write_export(file, log.blocks, log.lines)
    heads = [chain.published_line(number, "2026-11-28 07:50", 1, head) for number, head in log.heads]
    (tmp_path / "heads.txt").write_text("\n".join(heads))
    return tmp_path / "log.jsonl"


def verified(export, *words):
    """Run the offline verifier as a stranger to the house: the standard library alone."""
    program = [sys.executable, "-S", "-m", "yige.audit.offline", str(export), *words]
    done = subprocess.run(
        program, cwd=ROOT, env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_an_export_proves_itself_without_a_database(export):
    code, said = verified(export, "--heads", str(export.with_name("heads.txt")))

    assert code == 0, said
    assert f"日志没有被动过：日志 {SEALED + OPEN} 条" in said
    assert f"最后 {OPEN} 条刚写下，还没有封" in said
    assert "没有给公布过的校验码" in verified(export)[1]


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (lambda text: text.replace("cases.reveal", "cases.report", 1), 1, "被改过"),
        (lambda text: text[: len(text) // 2], 2, "读不出来"),
        (lambda text: "{}\n" + text, 2, "这不是一格导出的日志"),
        (lambda text: re.sub(r'(\["line", "[^"]+", )"1"', r'\1"x"', text, count=1), 2, "读不出来"),
    ],
)
def test_a_spoilt_export_is_told_in_a_sentence(export, spoil, code, words):
    export.write_text(spoil(export.read_text()))

    got, said = verified(export)

    assert got == code, said
    assert words in said
    assert "Traceback" not in said
