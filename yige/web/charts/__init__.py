"""Charts as SVG, drawn by the server: a run of months, bars, a funnel, many small runs on one scale.

Plain tuples go in, a `Chart` comes out: the picture, in words what is to be seen on it, and its table. A page shows all
three with `web/parts/chart.html` and loads `web/charts.css`. No script, no inline style; docs/adr/0026 says why.
"""

from yige.web.charts.areas import Area, area_map
from yige.web.charts.bars import Bar, bars
from yige.web.charts.chart import Chart
from yige.web.charts.funnel import funnel_chart
from yige.web.charts.run import Limits, Panel, run_chart, small_multiples

__all__ = [
    "Area",
    "Bar",
    "Chart",
    "Limits",
    "Panel",
    "area_map",
    "bars",
    "funnel_chart",
    "run_chart",
    "small_multiples",
]
