"""One rule for numbers in Chinese sentences: a space on both sides of a number, none inside a date, an address, a name.

还剩 2 天, 最多 6 张, 打 12345; but 11月22日, 3号楼2单元501, and the names of marks: 3天, 1个月.
"""

import ast
import re

import pytest

from tests.house import python, shown, templates

UNITS = "天|小时|分钟|秒|周|个|次|件|张|人|元|米|公里|项|份|位|岁|字|步|类|处|家|页|行|列|遍|轮|格"
WRITTEN_TOGETHER = re.compile(
    r"\d{4}年(\d{1,2}月)?(\d{1,2}日)?|\d{1,2}月(\d{1,2}日)?|周\d"  # dates
    r"|[\u4e00-\u9fff]*\d+(号楼|号院|号线|号|栋|单元|室)(\d+(号楼|号|栋|单元|室)?)*"  # addresses
    r"|^(3天|7天|1个月|2小时|24小时|12345转办)(?=：|$)"  # names
)
CROWDED = re.compile(
    rf"[\u4e00-\u9fff]\d|\d[\u4e00-\u9fff]|[\u4e00-\u9fff]\{{+[^{{}}]*\}}+ ?({UNITS})|\}}({UNITS})(?!单|名)"
)
# What reads or makes addresses, plates and files of numbers is no sentence.
NO_SENTENCES = (
    "yige/lib/addresses.py",
    "yige/lib/masks.py",
    "yige/lib/homes.py",
    "yige/web/templatetags/",
    "yige/demo/",
)


def sentences(path):
    """Every piece of text of a file, by itself: between tags, or a string of Python."""
    text = path.read_text()
    if path.suffix != ".py":
        text = re.sub(r"\{%.*?%\}|\{#.*?#\}", " ", text, flags=re.S)
        return re.split(r"<[^>]*>|\n", text)
    nodes = list(ast.walk(ast.parse(text)))
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    joined = [
        "".join(part.value if isinstance(part, ast.Constant) else "{x}" for part in node.values)
        for node in nodes
        if isinstance(node, ast.JoinedStr)
    ]
    plain = [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
    ]
    return joined + plain


def crowded(sentence):
    return CROWDED.search(WRITTEN_TOGETHER.sub("", sentence.strip()))


def test_numbers_stand_apart_from_the_words_around_them():
    paths = [path for path in (*templates(), *python()) if shown(path).startswith("yige/")]
    found = [
        f"{shown(path)}: {sentence.strip()[:60]}"
        for path in paths
        if not shown(path).startswith(NO_SENTENCES)
        for sentence in sentences(path)
        if crowded(sentence) and not sentence.endswith((".pdf", ".csv", ".xlsx"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "right", ["还剩 2 天", "11月22日 周日 14:05", "3号楼2单元501", "最多 {{ most }} 张", "3天", "打 12345"]
)
def test_what_is_right_passes(right):
    assert not crowded(right)


@pytest.mark.parametrize(
    "wrong", ["还剩2 天", "还剩 2天", "最多{{ most }} 张", "最多 {most}张", "在24小时内", "打12345"]
)
def test_what_is_crowded_is_found(wrong):
    assert crowded(wrong)
