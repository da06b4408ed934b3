import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib import typed_text

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  路灯不亮 \r\n三天了\r", "路灯不亮\n三天了"),
        ("坏\x00了\x07\x1b[31m", "坏了[31m"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        (f"{FAMILY}❤️👍🏽", f"{FAMILY}❤️👍🏽"),
        ("e\u0301", "é"),
        ("\u202egnp.exe\u2066", "gnp.exe"),
        ("\ufeff灯\u200b坏", "灯坏"),
        ("半\ud800个", "半个"),
        ("龘𠮷䶮", "龘𠮷䶮"),
        ("刘\ue863", "刘䶮"),
        ("刘\ue000", "刘\ue000"),  # whose sign it is nobody knows, but it is not dropped
        ("<script>alert(1)</script> =1+1", "<script>alert(1)</script> =1+1"),
        (" \u3000\t\n", ""),
    ],
)
def test_clean(typed, kept):
    assert typed_text.clean(typed) == kept


def test_clean_line_has_one_line():
    assert typed_text.clean_line(" 3号楼\n\n2单元\u3000 501\t") == "3号楼 2单元 501"


@given(st.text(max_size=200))
def test_clean_twice_is_clean_once(text):
    once = typed_text.clean(text)

    assert typed_text.clean(once) == once
    assert "\x00" not in once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("路灯", 2), (FAMILY, 1), ("👍🏽", 1), ("e\u0301", 1), ("❤️a", 2)]
)
def test_length_as_people_count(text, count):
    assert typed_text.length(text) == count


def test_shortened():
    assert typed_text.shorten("路灯不亮\n三天了", 20) == "路灯不亮 三天了"
    assert typed_text.shorten("路灯不亮三天了", 5) == "路灯不亮…"


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("3号楼门口路灯不亮了", "３号楼门口的路灯不亮", 0.7, 1),
        ("路灯不亮", "垃圾没人收", 0, 0.01),
        ("", "路灯", 0, 0),
        ("灯", "灯！", 1, 1),
        ("WiFi坏了", "wifi坏了。", 1, 1),
    ],
)
def test_likeness(one, other, least, most):
    assert least <= typed_text.likeness(one, other) <= most


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_fair(one, other):
    assert typed_text.likeness(one, other) == typed_text.likeness(other, one)
    assert 0 <= typed_text.likeness(one, other) <= 1
