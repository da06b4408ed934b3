"""A QR code drawn into the page."""

import segno
from django.utils.safestring import SafeString


def draw_code(address: str) -> SafeString:
    """Draw the code of an address as SVG; the address itself becomes squares, never markup."""
    code = segno.make(address, error="m", micro=False)
    return SafeString(
        code.svg_inline(omitsize=True, border=4, svgclass="yg-code", lineclass=None, dark="#000")
    )
