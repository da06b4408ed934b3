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

# A date written by hand, or with spaces, or for a machine where people read it; addresses and values are for machines.
BY_HAND = re.compile(
    r"\.month\} ?月|%m ?月|\d ?月 \d|date:[\"'][^\"']*(?:月|Y-m-d)|[\u4e00-\u9fff] ?\{[^{}]*:%Y-%m-%d\}"
)
FOR_MACHINES = re.compile(r"(?:value|href|action|datetime|min|max)=\"[^\"]*\"|\?\w+=\{\{[^}]*\}\}")
WRITES_OR_READS_DATES = (
    "yige/lib/local_time.py",
    "yige/channels/ledger/reading.py",
    "yige/archive/rosters/row_facts.py",
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


def by_hand(text):
    return BY_HAND.search(FOR_MACHINES.sub("", text))


def test_a_date_is_written_by_the_one_function():
    paths = [path for path in (*templates(), *python()) if shown(path).startswith("yige/")]
    found = [
        f"{shown(path)}:{number}: {line.strip()[:80]}"
        for path in paths
        if shown(path) not in WRITES_OR_READS_DATES
        for number, line in enumerate(path.read_text().split("\n"), 1)
        if by_hand(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    "wrong",
    [
        '{{ day|date:"n月j日" }}',
        '{{ month|date:"Y 年 n 月" }}',
        'f"{day.month}月{day.day}日"',
        "10 月 2 日",
        'f"到 {day:%Y-%m-%d}"',
    ],
)
def test_a_date_by_hand_is_found(wrong):
    assert by_hand(wrong)


@pytest.mark.parametrize(
    "right", ["{{ day|day }}", "10月2日", "<input value=\"{{ day|date:'Y-m-d' }}\">", "9 个月", "11 月没有"]
)
def test_a_date_in_its_form_passes(right):
    assert not by_hand(right)
