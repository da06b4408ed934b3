"""Which spaces of a template are seen: between two Chinese words every one is, and a line break is one.

Where the formatter would move one, the author writes `{{ "" }}` between the two, or a line break where it does no harm.
"""

import re
from itertools import pairwise

TAG = r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<django>{TAG})"
    rf"|(?P<html></?[a-zA-Z!][\w-]*)(?:{TAG}|\"(?:{TAG}|[^\"])*\"|'(?:{TAG}|[^'])*'|[^>\"'{{]|\{{)*>"
    r"|(?P<words>[^\s<{]+|.)",
    re.S,
)
# Beside these no space is seen; a button is one of them because ours stand in rows laid out by flex.
OWN_LINE = """
!doctype html head body title meta link script main header footer nav aside section article div form fieldset legend
p ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th caption figure figcaption details summary
select option optgroup datalist dialog address blockquote hr button textarea pre svg
"""
OWN_LINE = frozenset(OWN_LINE.split())


def moved_spaces(before, after):
    """Return the pairs of neighbours inside a line of words that only one of two texts keeps apart."""
    one, two = neighbours(before), neighbours(after)
    if [pair[:2] for pair in one] != [pair[:2] for pair in two]:
        return [("整篇", "内容")]
    return [a[:2] for a, b in zip(one, two, strict=True) if a != b]


def neighbours(text):
    """Return (left, right, whether a space is seen between them) of all that stands side by side."""
    tokens, apart = [], False
    for match in TOKEN.finditer(text):
        if match.lastgroup == "space":
            apart = True
            continue
        name = match["html"].lower().lstrip("</") if match["html"] else ""
        tokens.append((match["html"] or " ".join(match[0].split()), apart, name in OWN_LINE))
        apart = False
    return [
        (left, right, space and not (alone or also))
        for (left, _, alone), (right, space, also) in pairwise(tokens)
    ]
