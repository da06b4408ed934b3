"""Names and numbers of people: normalised, sealed for their place, found by keyed hashes, shown masked."""

from yige.archive.person_fields import FIELD_BY_NAME, SEARCHED_FIELDS
from yige.lib import masks, names, typed_text
from yige.lib.crypto import blind_index, blind_indexes, open_sealed, seal
from yige.lib.phones import phone_digits
from yige.lib.private_signs import with_public_signs


def where(model, field, pk) -> str:
    """Return the place a value is sealed for, `table.field:pk`; it opens nowhere else."""
    return f"{model._meta.db_table}.{field}:{pk}"


def normal(field, text) -> str:
    """Return a value as it is compared: half width, no spaces, digits of a phone alone, capitals of a number."""
    text = typed_text.half_width(text or "").strip()
    mask = FIELD_BY_NAME[field].mask if field in FIELD_BY_NAME else ""
    if mask == "phone":
        return phone_digits(text)
    if mask == "identity":
        return "".join(text.split()).upper()
    return "".join(names.one_dot(with_public_signs(text)).split())


def seal_values(person, **texts) -> None:
    """Seal these texts into a person's columns with their search hashes; an empty text removes both."""
    for field, text in texts.items():
        place = where(type(person), field, person.pk)
        setattr(person, f"{field}_sealed", seal(text, where=place) if text else None)
        if field in SEARCHED_FIELDS:
            setattr(person, f"{field}_index", index(field, text) if text else None)


def set_sound(person, name) -> None:
    """Hash how the name sounds with the birth year: 张丽 and 章莉 of one year are worth a look."""
    sound = names.sound(name) if name else ""
    person.sound_index = (
        index("sound", f"{sound}|{person.birth_year}") if sound and person.birth_year else None
    )


def index(field, text) -> bytes:
    return blind_index(f"{field}:{normal(field, text)}")


def indexes(field, text) -> list[bytes]:
    """Return the hashes of a text under all keys, for `…__in`."""
    return blind_indexes(f"{field}:{normal(field, text)}")


def open_value(person, field) -> str:
    """Return one value in the clear; for masks, wires and a logged reveal alone."""
    blob = getattr(person, f"{field}_sealed")
    return open_sealed(blob, where=where(type(person), field, person.pk)) if blob else ""


def mask_value(person, field) -> str:
    """Return one value as those who may open the file see it: 王*英, 138****5678, 410106********0017."""
    text = open_value(person, field)
    return MASKS[FIELD_BY_NAME[field].mask](text) if text else ""


def _mask_contact(text):
    """It names somebody else, who was never asked."""
    number = normal("phone", text)
    return f"已登记，{masks.phone(number)}" if number else "已登记"


MASKS = {
    "name": masks.name,
    "phone": masks.phone,
    "identity": masks.identity_number,
    "contact": _mask_contact,
}
