"""Who says what: every arrival gets its words, real complaint texts where they lie beside the project.

Real texts have no licence for redistribution: they are read where they lie (`../shared/data`, or the folder that
`YIGE_TEXTS` names) and never come into the project. In a lone clone the texts the project ships are used.
"""

import csv
import gzip
import re
from collections import defaultdict
from pathlib import Path
from random import Random

from django.conf import settings

from yige.cases import categories
from yige.cases.models import Case
from yige.demo import subdistrict, texts
from yige.demo.category_guess import category_of
from yige.lib.typed_text import clean, shorten

ROOT = Path(__file__).parents[2]
# file below the folder → the columns that make a report
FILES = {
    "complaints_zj_board/messages.csv.gz": ("title", "text"),
    "complaints_tipdm2020/labelled.csv.gz": ("title", "text"),
}
LONGEST_REPORT = Case._meta.get_field("words").max_length
csv.field_size_limit(1_000_000)


def folder():
    """Where real texts lie, or None."""
    places = [Path(settings.YIGE_TEXTS)] if settings.YIGE_TEXTS else [ROOT.parent / "shared/data"]
    return next((place for place in places if any((place / file).exists() for file in FILES)), None)


def real_texts(place):
    """Every real text that fits into a report, each once, in the order of the files."""
    found = {}
    for file, columns in FILES.items():
        if (place / file).exists():
            with gzip.open(place / file, "rt", encoding="utf-8-sig", newline="") as lines:
                for row in csv.DictReader(lines):
                    found[_joined(*(row[column] or "" for column in columns))] = True
    return [text for text in found if text and len(text) <= LONGEST_REPORT]


def _joined(title, text):
    """The text alone when it says what the title says."""
    title, text = clean(title), clean(text)
    return text if not title or title.rstrip("…。") in text else f"{title}\n{text}".strip()


def cast_words(arrivals):
    """Pair every arrival with its words; a real text takes the arrival of its own class and its own category."""
    place, told, paired = folder(), {}, []
    waiting = _by_class(real_texts(place)) if place else {}
    for arrival in arrivals:
        if arrival.fate == "merged" and arrival.thing in told:
            arrival, text = _again(arrival, *told[arrival.thing])
        else:
            arrival, text = _words_for(arrival, waiting)
        told[arrival.thing] = arrival, text
        paired.append((arrival, text))
    return paired


def _again(arrival, first, text):
    """A neighbour says the same thing in fewer words; in an outage everybody has his own."""
    if arrival.burst:
        return _words_for(arrival, {})
    beginning = re.split(r"[，。！？,!?\n]", text)[0]
    return arrival._replace(category=first.category), shorten(beginning, 40) or text


def _by_class(found):
    Random(subdistrict.DISTRICT_SEED).shuffle(found)  # noqa: S311 a fixed seed is the point
    waiting = defaultdict(list)
    for text in found:
        code = category_of(text)
        waiting[categories.category_of_code(code).group].append((code, text))
    return waiting


def _words_for(arrival, waiting):
    random = Random(arrival.dice + 1)  # noqa: S311
    if arrival.burst:
        said = texts.sayings()["outage"]
        return arrival, texts.in_place(said[arrival.burst % len(said)], arrival.building, random)
    left = waiting.get(categories.category_of_code(arrival.category).group)
    if left and not arrival.doer:
        code, text = left.pop()
        return arrival._replace(category=code), text
    said = random.choice(texts.reports()[arrival.category])
    return arrival, texts.in_place(said, arrival.building, random)
