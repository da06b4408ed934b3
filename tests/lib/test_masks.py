import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib import masks


@pytest.mark.parametrize(
    ("name", "seen"), [("王小英", "王*英"), ("王英", "王*"), ("欧阳小英", "欧**英"), ("王", "*"), ("", "")]
)
def test_name(name, seen):
    assert masks.name(name) == seen


@pytest.mark.parametrize(
    ("phone", "seen"),
    [
        ("13812345678", "138****5678"),
        ("+86 138 1234 5678", "138****5678"),
        ("0371-65432178", "0371-******78"),
        ("010-65432178", "010-******78"),
        ("68921234", "******34"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_phone(phone, seen):
    assert masks.phone(phone) == seen


def test_identity_number():
    assert masks.identity_number("410106199001010017") == "410106********0017"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("找我13812345678谢谢", "找我138****谢谢"),
        ("找我138-1234-5678", "找我138****"),
        ("找我138 1234 5678。", "找我138****。"),
        ("１３８１２３４５６７８", "１３８****"),
        ("身份证410106199001010017", "身份证410****"),
        ("身份证41010619900101001X号", "身份证410****号"),
        ("座机0371-65432178", "座机03****"),
        ("找我138  1234  5678", "找我138****"),
        ("找我138 - 1234 - 5678", "找我138****"),
        ("座机0371 6888 1234", "座机03****"),
        ("座机0371-6888-1234。", "座机03****。"),
        ("座机0371  68881234", "座机03****"),
        ("身份证410106  19900101  0017", "身份证410****"),
        ("一三八一二三四五六七八", "一三****"),
        ("卡6222021234567890123", "卡622****"),
        ("微信号：wang_xiaoying", "微信****"),
        ("wang.xiaoying@example.com", "w***@***"),
        ("豫A12345堵了消防通道", "豫A***5堵了消防通道"),
        ("豫AD12345堵了", "豫A***5堵了"),
    ],
)
def test_free_text_hides_what_leads_to_a_person(typed, seen):
    assert masks.free_text(typed) == seen


@pytest.mark.parametrize(
    "typed",
    [
        "3号楼2单元501漏水",
        "2026-11-22下午三点",
        "20261122下午",
        "编号410106-0001234-5的事项",
        "打110没人来，12345也打了",
        "一二三楼都停水",
        "每月交128.50元物业费，欠了2000元",
    ],
)
def test_free_text_leaves_the_rest(typed):
    assert masks.free_text(typed) == typed


@given(st.text(max_size=300))
def test_free_text_takes_anything(text):
    assert isinstance(masks.free_text(text), str)


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(alphabet="请打给我楼下的灯，。 ", max_size=20)
)
def test_free_text_never_shows_a_mobile(mobile, around):
    assert mobile not in masks.free_text(around + mobile + around)
