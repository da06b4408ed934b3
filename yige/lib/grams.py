"""Pairs of characters, so that a search for a Chinese word of two characters can use an index."""

import unicodedata


def grams(text):
    """Return the distinct pairs of neighbouring letters and digits, sorted; case and width folded."""
    folded = unicodedata.normalize("NFKC", text).lower()
    pairs = {folded[at : at + 2] for at in range(len(folded) - 1)}
    return sorted(pair for pair in pairs if pair.isalnum())


def likeness(some, other):
    """Return how alike two lists of pairs are, from 0 to 1 (Dice)."""
    if not some or not other:
        return 0.0
    return 2 * len(set(some) & set(other)) / (len(set(some)) + len(set(other)))
