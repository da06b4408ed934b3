"""The form in which words are searched."""

import pytest

from yige.lib.search_words import search_form, search_pairs, search_text


@pytest.mark.parametrize(
    "typed", ["3号楼", "３号楼", "3 号楼。", "三号楼", "3栋", "３幢", "3号栋", "3#楼", "第三号楼"]
)
def test_one_building_has_one_form(typed):
    assert search_form(typed).removeprefix("第") == "3号楼"


def test_signs_and_spaces_say_nothing():
    assert search_form(" 路灯，不亮！ ") == "路灯不亮"
    assert search_form("。") == search_form("👨‍👩‍👧") == ""


def test_words_that_only_look_like_numerals_are_kept_too():
    kept = search_text("统一门牌")

    assert "统一" in kept
    assert search_form("统一门牌") in kept


def test_no_pair_reaches_from_one_line_into_the_next():
    assert search_pairs("甲乙\n丙丁") == ["丙丁", "甲乙"]
