"""What every chart is: a picture, its words, its table."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

NO_PICTURE = SafeString("")  # where there is nothing to draw, the sentence says so


class Chart(NamedTuple):
    """A picture, what is to be seen on it, how it is read, and the same as a table: heads, rows of text."""

    title: str
    sentence: str
    legend: str
    picture: SafeString
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def sentence_of(words: str, facts: str) -> str:
    """Put what the caller says before what the figures say."""
    return f"{words.removesuffix('。')}。{facts}" if words else facts
