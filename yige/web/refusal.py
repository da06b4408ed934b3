"""How a verb's no reaches a page: beside the fields it names, or as a page of its own."""

from yige.lib.refusals import Conflict, TooOften


def tell(form, refusal):
    """Put the sentences of a refusal beside their fields; what belongs to no field stands above the form."""
    placed = False
    for name, sentence in refusal.fields.items():
        if name in form.fields and not form.fields[name].widget.is_hidden:
            form.add_error(name, sentence)
            placed = True
    if not placed:
        form.add_error(None, refusal.sentence)


def status_of(refusal):
    """Return the status of the same page shown again: 409 and 429 say why by themselves, the rest is 422."""
    return refusal.status if isinstance(refusal, Conflict | TooOften) else 422
