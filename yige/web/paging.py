"""Pages of a long list without counting it: one row more than shown tells whether there is a next page."""

from typing import NamedTuple

from yige.lib.typed_values import read_number

FARTHEST = 500  # beyond that a filter finds things faster than paging


class Page(NamedTuple):
    """Looks like a page of Django's paginator where templates care."""

    rows: list
    number: int
    more: bool

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def has_previous(self):
        return self.number > 1

    @property
    def has_next(self):
        return self.more and self.number < FARTHEST

    @property
    def has_other_pages(self):
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self):
        return self.number - 1

    @property
    def next_page_number(self):
        return self.number + 1


def page_of(rows, asked, size):
    """Cut the asked page out of an ordered queryset; whatever is no number is page one."""
    number = min(read_number(asked, least=1) or 1, FARTHEST)
    first = (number - 1) * size
    found = list(rows[first : first + size + 1])
    return Page(found[:size], number, len(found) > size)
