"""What a chart consists of, read back from its picture."""

from xml.etree import ElementTree

from yige.web.charts.frame import LARGE, width_of

SVG = "{http://www.w3.org/2000/svg}"
CURVES = [(1, 0, 1, 0, 1), (20, 0.6, 0.95, 0.5, 1), (100, 0.7, 0.9, 0.65, 0.95)]


def pictures(chart):
    """Return the pictures of a chart, read as XML."""
    return as_xml(chart).iter(f"{SVG}svg")


def as_xml(chart):
    return ElementTree.fromstring(f"<all>{chart.picture}</all>")  # noqa: S314 - drawn by ourselves


def pieces(chart, kind):
    return [
        piece for picture in pictures(chart) for piece in picture.iter() if piece.get("data-kind") == kind
    ]


def words(chart):
    return [piece.text for picture in pictures(chart) for piece in picture.iter(f"{SVG}text")]


def span_of(piece, size=LARGE):
    """Return where words begin and end, in the large letters of a phone."""
    x, width = float(piece.get("x")), width_of(piece.text, size)
    return {"start": (x, x + width), "middle": (x - width / 2, x + width / 2), "end": (x - width, x)}[
        piece.get("text-anchor")
    ]
