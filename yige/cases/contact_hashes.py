"""Under what a reporter's phone and name are found again: keyed hashes of one written form. No tables.

They are made apart from those of the archive, so that no two columns can be laid beside each other to say which
resident has reported.
"""

from yige.lib.crypto import blind_index, blind_indexes
from yige.lib.names import plain_name
from yige.lib.phones import phone_digits

SEARCHED = {"phone": phone_digits, "name": plain_name}


def contact_index(field, text) -> bytes | None:
    """Return the hash under the current key; None when nothing is left of the text."""
    plain = SEARCHED[field](text)
    return blind_index(f"reporter {field}:{plain}") if plain else None


def contact_indexes(field, text) -> list[bytes]:
    """Return the hashes under all keys, for `…__in`; none when nothing is left of the text."""
    plain = SEARCHED[field](text)
    return blind_indexes(f"reporter {field}:{plain}") if plain else []
