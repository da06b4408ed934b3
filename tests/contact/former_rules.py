"""How small numbers were told before docs/adr/0019: two pages, two rules, anew every day. Kept to see the attacker win."""


def told(least, most):
    if least == most:
        return str(least)
    return f"少于{most + 1}" if least == 1 else f"{least}–{most}"


def cell(count, k=5):
    return told(1, k - 1) if 0 < count < k else told(count, count)


def total(counts, k=5):
    """A total beside small cells was told as a band k wide."""
    small = [count for count in counts if 0 < count < k]
    rest = sum(counts) - sum(small)
    if not small:
        return told(rest, rest)
    highest = len(small) * (k - 1)
    least = len(small) + (sum(small) - len(small)) // k * k
    least -= k if least == highest else 0
    most = least + k - 1
    return told(rest + least, rest + (highest if most >= highest - 1 else most))


def coverage_page(met, late, declined):
    """The row of an area on the page of coverage: its households as a band over three cells."""
    return {
        "户数": total((met, late, declined)), "75天内走到": cell(met), "久未走访": cell(late), "不希望走访": cell(declined),
    }  # fmt: skip


def map_page(buildings):
    """The row of the same area on the people's map: its households as a band over the buildings."""
    return {"户数": total(buildings)}
