"""Shares as they are read."""


def percent_text(share: float, digits: int) -> str:
    """Return a share in percent; what is not all is never told as 100, nor what is not nothing as 0."""
    text, least = f"{share * 100:.{digits}f}", 10**-digits
    if float(text) == 100 and share < 1:
        return f"{100 - least:.{digits}f}"
    return f"{least:.{digits}f}" if float(text) == 0 and share > 0 else text
