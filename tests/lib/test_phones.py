"""One number, however it is written."""

import pytest

from yige.lib.phones import is_phone, phone_digits


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
