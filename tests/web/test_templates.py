import re
from pathlib import Path

import pytest

YIGE = Path(__file__).parents[2] / "yige"
TEMPLATES = sorted(YIGE.rglob("templates/**/*.html"))
MODULES = sorted(path for path in YIGE.rglob("static/**/*.js") if "vendor" not in path.parts)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(YIGE)))
def test_template_has_no_inline_script_or_style(path):
    source = path.read_text()

    assert not re.findall(r'\s(?:style|on[a-z]+)=["\']', source)
    assert not re.findall(r"<style|<script(?![^>]*\bsrc=)", source)
    assert len(source.splitlines()) <= 180


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(YIGE)))
def test_module_is_short_and_knows_no_address(path):
    source = path.read_text().replace("http://www.w3.org/2000/svg", "")

    assert len(source.splitlines()) <= 130
    assert not re.findall(r"eval\(|new Function|innerHTML|https?://", source)
