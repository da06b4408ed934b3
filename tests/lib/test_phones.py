"""One number, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib.phones import is_phone, phone_digits, phone_fault


@pytest.mark.parametrize(
    "typed",
    ["19900012345", "+86 199 0001 2345", "0086-199-0001-2345", "86 19900012345", "１９９ ０００１ ２３４５", "019900012345"],
)  # fmt: skip
def test_mobile_is_one_number_however_it_is_written(typed):
    assert phone_digits(typed) == "19900012345"
    assert is_phone(typed)


@pytest.mark.parametrize(
    "typed", ["0371-6888 1234", "+86 371 6888 1234", "（0371）68881234", "+86-0371-68881234"]
)
def test_landline_keeps_its_area(typed):
    assert phone_digits(typed) == "037168881234"


def test_beijing_is_no_mobile():
    assert phone_digits("+86 10 6888 1234") == "01068881234"


@pytest.mark.parametrize(
    "typed", ["", "3号楼", "501", "4101060001234", "410106-0001234-5", "12345678901", "68881234"]
)
def test_what_is_no_whole_number_is_no_phone(typed):
    assert not is_phone(typed)


@pytest.mark.parametrize(
    "typed",
    ["19900012345", "+86 199 0001 2345", "0371-6888 1234", "01068881234", "68881234", "6888123", "400-123-4568", "0371 688 8123"],
)  # fmt: skip
def test_numbers_of_somebody_have_no_fault(typed):
    assert phone_fault(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "00000000000", "11111111111", "99999999", "12345678901", "1234567", "0371-00000000", "0371 1234567",
        "1990001000", "199000100011", "37168881234", "12000010002", "123", "19900000001/19900000002", "無",
    ],
)  # fmt: skip
def test_what_is_nobodys_number_is_said_and_not_repeated(typed):
    assert phone_fault(typed).endswith("。")
    assert phone_digits(typed) == "" or phone_digits(typed) not in phone_fault(typed)


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["{}", "+86 {}", "0{}", " {} ", "（{}）"]),
)
def test_forms_search_and_files_read_one_number_alike(number, written):
    typed = written.format(number)

    assert phone_digits(typed) == phone_digits(phone_digits(typed)) == number
    assert is_phone(number) and phone_fault(typed) == phone_fault(number)
