"""HTML as it is compared in tests: where a tag or a word is broken over lines is no matter of what is shown."""

import re


def one_line(html):
    """Return it with one space wherever there were some, and none inside the edges of tags or beside block ends."""
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r" (/?>)", r"\1", html)
    return re.sub(
        r" ?(</?(?:p|li|ul|path|td|th|tr|div|section|form|button|option|h[1-6]|dd|dt)\b[^>]*>) ?", r"\1", html
    )


def said_alone(word, html):
    """Tell whether a short figure stands there by itself: a random key or an id may hold the digits of a door."""
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", html) is not None
