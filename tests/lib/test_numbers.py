import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib.numbers import case_number, check_digit, parse

SERIALS = st.integers(min_value=0, max_value=10**9)


def test_check_digit_of_the_standard():
    assert check_digit("0794") == "5"  # the worked example of ISO 7064 MOD 11,10


def test_case_number_is_padded():
    assert case_number("410106", 1234) == f"410106-0001234-{check_digit('4101060001234')}"


@pytest.mark.parametrize(
    ("district", "serial"), [("41010", 1), ("41010六", 1), ("４１０１０６", 1), ("410106", -1)]
)
def test_case_number_refuses_nonsense(district, serial):
    with pytest.raises(ValueError, match="six-digit"):
        case_number(district, serial)


@given(SERIALS)
def test_parse_reads_what_was_written(serial):
    assert parse(case_number("410106", serial)) == serial


@given(SERIALS, st.sampled_from(["", " ", "　", "—", "－", " - "]))
def test_parse_forgives_how_people_type(serial, hyphen):
    typed = case_number("410106", serial).replace("-", hyphen)
    full_width = typed.translate({ord("0") + n: chr(ord("０") + n) for n in range(10)})

    assert parse(f" {full_width} ") == serial


@given(SERIALS, st.data())
def test_parse_notices_one_wrong_digit(serial, data):
    digits = list(case_number("410106", serial).replace("-", ""))
    place = data.draw(st.integers(0, len(digits) - 1))
    digits[place] = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))

    assert parse("".join(digits)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234",
        "410106",
        "410106-0001234",
        "x" * 99,
        "9" * 65,
        "\x00",
        "٤١٠١٠٦٠٠٠١٢٣٤٩",
        "4101060000000000000",
    ],
)
def test_parse_answers_none(text):
    assert parse(text) is None


def test_parse_refuses_another_district():
    number = case_number("410105", 7)

    assert (parse(number, "410106"), parse(number, "410105"), parse(number)) == (None, 7, 7)


@given(st.text(max_size=80))
def test_parse_never_fails(text):
    assert parse(text) is None or case_number("410106", parse(text))
