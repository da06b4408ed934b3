"""A correction under a frozen sheet."""

from yige.month_sheets.exclusions import LONGEST_WORDS
from yige.steps.fields import Words
from yige.web.forms import KeyedForm


class NoteForm(KeyedForm):
    words = Words(
        "更正", longest=LONGEST_WORDS, rows=2, hint="哪里不对、应当是多少、依据是什么。表里的数不改。"
    )
