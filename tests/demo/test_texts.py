import re
import statistics
from random import Random

from yige.cases import categories
from yige.demo import subdistrict, texts

REPORTS = [text for each in texts.reports().values() for text in each]
LIFE = [text for each in texts.sayings().values() for text in each] + [
    text for kinds in texts.handling().values() for each in kinds.values() for text in each
]
BUILDING = subdistrict.all_buildings()[0]


def test_there_are_at_least_450_different_reports():
    assert len(set(REPORTS)) == len(REPORTS) >= 450


def test_reports_are_no_templates_of_each_other():
    skeletons = {re.sub(r"\{\w+\}|[0-9一二三四五六七八九十两]+", "#", text) for text in REPORTS}

    assert len(skeletons) >= len(REPORTS) - 3


def test_every_category_has_reports():
    assert set(texts.reports()) == set(categories.CATEGORY_BY_CODE)
    assert min(map(len, texts.reports().values())) >= 4


def test_lengths_vary_from_a_word_to_a_rant():
    lengths = [len(text) for text in REPORTS]

    assert min(lengths) <= 5
    assert max(lengths) >= 200
    assert 12 <= statistics.median(lengths) <= 40
    assert statistics.pstdev(lengths) > 20


def test_some_reports_have_no_punctuation_some_emoji_some_lines():
    assert sum(not re.search(r"[，。？！、,.?!]", text) for text in REPORTS) >= 60
    assert sum(bool(re.search(r"[\U0001F300-\U0001FAFF]", text)) for text in REPORTS) >= 5
    assert sum("\n" in text for text in REPORTS) >= 5


def test_no_text_holds_a_phone_an_identity_number_or_a_plate():
    number = re.compile(r"\d{7,}|1[3-9]\d{5,}|\d{3,4}-\d{7,8}|[豫京沪浙][A-Z]\W?[A-Z0-9]{5}")

    assert [text for text in REPORTS + LIFE if number.search(text)] == []


def test_handlers_have_words_for_every_category():
    assert set(texts.handling()) == set(categories.CATEGORY_BY_CODE)
    assert all(set(kinds) == {"verify", "progress", "finish", "reply"} for kinds in texts.handling().values())


def test_places_are_filled_in():
    placed = texts.in_place("{estate}{building}{unit}在{road}", BUILDING, Random(1))

    assert placed.startswith(f"{BUILDING.estate}{BUILDING.number}号楼{BUILDING.number}号楼")
    assert "{" not in "".join(texts.in_place(text, BUILDING, Random(1)) for text in REPORTS)


def test_braces_in_a_strangers_words_stay():
    assert texts.in_place("{0} {estate!r} {x", BUILDING, Random(1)) == "{0} {estate!r} {x"
