"""From counts of buildings and areas to what is told of each area and of all above it; pure, by `lib/small_numbers.py`.

`reach` says by `opens(path)` where somebody may open every file: there counts are told as they are.
"""

from collections import defaultdict

from yige.lib import small_numbers


def totals_of_buildings(counts, reach, k=small_numbers.K) -> dict[str, small_numbers.CountRange]:
    """Tell {area: {building: count}} for each area and all above it; a cell is a building, a group an area."""
    return _summed({path: _group({path: list(cells.values())}, reach, k) for path, cells in counts.items()})


def totals_of_areas(counts, reach, k=small_numbers.K) -> dict[str, small_numbers.CountRange]:
    """Tell {area: count} for each area and all above it; a cell is an area, a group the grid that holds it."""
    groups = defaultdict(dict)
    for path, count in counts.items():
        groups["/".join(path.split("/")[:4]) + "/" if path.count("/") > 4 else path][path] = [count]
    told = _summed({path: _group(cells, reach, k) for path, cells in groups.items()})
    return told | {
        path: cell_or_exact(count, k, exact=reach.opens(path))
        for path, count in counts.items()
        if path not in groups
    }


def _group(counts, reach, k):
    """Tell the total of {area: [count, …]}: what lies in files that may be opened as it is, the rest in its band."""
    known = sum(sum(cells) for path, cells in counts.items() if reach.opens(path))
    rest = [count for path, cells in counts.items() if not reach.opens(path) for count in cells]
    return small_numbers.together([small_numbers.exact(known), small_numbers.total(rest, k)])


def _summed(groups):
    """Add what is told of each group to all that lie above it."""
    found = defaultdict(list)
    for path, told in groups.items():
        for holder in path_and_above(path):
            found[holder].append(told)
    return {path: small_numbers.together(told) for path, told in found.items()}


def path_and_above(path) -> list[str]:
    """Return the paths of an area and of all that hold it, from the top down."""
    parts = path.split("/")
    return ["/".join(parts[:length]) + "/" for length in range(2, len(parts))]


def cell_or_exact(count, k=small_numbers.K, *, exact=False) -> small_numbers.CountRange:
    return small_numbers.exact(count) if exact else small_numbers.cell(count, k)
