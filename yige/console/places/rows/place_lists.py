"""What the lists of places have in common: what was asked, by grid, fifty on a page."""

from yige.console.places.forms.located_form import grids_of

SIZE = 50


def asked_of(request, *names):
    """Return the filters of a list as they were asked, shortened."""
    return {name: request.GET.get(name, "").strip()[:60] for name in names}


def in_grid(rows, asked):
    """Keep what lies below the asked path; nonsense finds nothing."""
    path = asked["grid"]
    if path and not path.endswith("/"):
        return rows.none()  # a path that ends within a name would be the same area by another word
    return rows.filter(grid_path__startswith=path) if path else rows


def grid_filter(user, at):
    """Return [(path, name)] of the grids that a list can be cut to."""
    named, rows = grids_of(user, at, "see_places")
    return [(rows[pk].path, name) for pk, name in named]
