"""How the shared table of answers is read on this side; the phone has its own reader."""

import json
from datetime import date, datetime
from pathlib import Path

from yige.contact import answer_rule
from yige.contact.answer_rule import HeardAnswer, Matter, OwedItem, PromiseForNeed

PATH = Path(answer_rule.__file__).with_name("answer_vectors.json")


def table():
    return json.loads(PATH.read_text())


def moment(text):
    return datetime.fromisoformat(text) if text else None


def day(text):
    return date.fromisoformat(text) if text else None


def item(plain):
    """Return an item as the rule takes it; what is left out has the default of its kind."""
    plain = dict(plain)
    case = plain.pop("case", None)
    return OwedItem(
        **{
            **plain,
            "raised_at": moment(plain["raised_at"]),
            "due_on": day(plain.get("due_on")),
            "case": matter(case) if case else None,
            "promises": tuple(
                PromiseForNeed(**{**word, "due_on": day(word["due_on"])})
                for word in plain.get("promises", ())
            ),
            "heard": tuple(
                HeardAnswer(**{**heard, "at": moment(heard["at"])}) for heard in plain.get("heard", ())
            ),
        }
    )


def matter(plain):
    return Matter(
        **{**plain, "due_on": day(plain.get("due_on")), "reopened_at": moment(plain.get("reopened_at"))}
    )


def said(vector):
    """Return what the rule says to one row of the table, in the form of the table."""
    items = [item(plain) for plain in vector["items"]]
    found = answer_rule.items_owed(items, moment(vector["last_met_at"]), day(vector["today"]))
    return [
        {"id": item.id, "row": draft.row, "kind": draft.kind, "words": draft.words, "ends": draft.ends,
         "must": list(draft.must)}
        for item, draft in found
    ]  # fmt: skip
