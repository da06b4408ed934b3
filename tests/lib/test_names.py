"""Names as they are compared and as they sound, signs that older systems kept at private places, and what is no name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib.fillers import is_no_name, says_nothing
from yige.lib.names import one_dot, plain_name, sound
from yige.lib.private_signs import unknown_sign, with_public_signs

DOTS = "·•・･‧∙⋅●⸱⸳᛫ꞏ․﹒◦⚫\U00010101"


@pytest.mark.parametrize("dot", [*DOTS, ".", "．"])
def test_whatever_dot_stands_between_its_parts_a_name_is_one(dot):
    assert plain_name(f"买买提{dot}示例") == plain_name("买买提·示例") == one_dot(f"买买提{dot}示例")
    assert sound(f"买买提{dot}示例") == sound("买买提示例")


def test_a_point_of_foreign_letters_is_no_dot_of_a_name():
    assert one_dot("J.示例") == "J.示例"


# fmt: off
ALIKE = [
    ("缪示例", "苗示例"), ("员示例", "云示例"), ("单示例", "山示例"), ("覃示例", "秦示例"), ("黑示例", "贺示例"), ("种示例", "充示例"),
    ("解示例", "谢示例"), ("仇示例", "邱示例"), ("尉迟示例", "玉池示例"),
]
# fmt: on


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_surnames_sound_as_surnames(one, other):
    assert sound(one) == sound(other)


def test_a_sign_from_a_private_place_is_the_sign_that_stands_for_it_now():
    assert with_public_signs("刘\ue863") == "刘䶮"
    assert with_public_signs("\ue81e\ue815\ue864") == "龴⺁龻"
    assert unknown_sign("刘\ue863") == "" and unknown_sign("刘\ue000") == "\ue000"


def test_the_private_places_are_those_of_the_national_standard():
    """The codec of Python knows most of them: it reads the same bytes either as the private place or as the sign itself."""
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for trail, place in zip(trails, range(0xE815, 0xE865), strict=True):
        known = bytes([0xFE, trail]).decode("gb18030")
        assert known in (chr(place), with_public_signs(chr(place))), hex(place)
    assert len({with_public_signs(chr(place)) for place in range(0xE815, 0xE865)}) == 80


@given(st.text())
def test_public_signs_and_dots_are_written_once(text):
    assert with_public_signs(with_public_signs(text)) == with_public_signs(text)
    assert one_dot(one_dot(text)) == one_dot(text)
    assert plain_name(plain_name(text)) == plain_name(text)


@pytest.mark.parametrize("text", ["空户", " 空 户 ", "不详", "无", "户主", "合计"])
def test_what_is_no_name(text):
    assert is_no_name(text)


@pytest.mark.parametrize("text", ["王示例", "吴无", "户示例", "空示例"])
def test_what_may_be_a_name(text):
    assert not is_no_name(text)


@pytest.mark.parametrize("text", ["无", "／", "—", "N/A", " 不 详 ", "０"])
def test_what_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["", "男", "1958", "12", "租住"])
def test_what_says_something(text):
    assert not says_nothing(text)
