import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib import coordinates as c

WGS, GCJ, BD = (113.29141, 34.80631), (113.297771, 34.805383), (113.304214, 34.811587)
IN_CHINA = st.tuples(st.floats(75, 134), st.floats(19, 53))


def test_vectors_of_the_reference():
    assert c.wgs84_to_gcj02(*WGS) == pytest.approx(GCJ, abs=1e-6)
    assert c.gcj02_to_bd09(*c.wgs84_to_gcj02(*WGS)) == pytest.approx(BD, abs=1e-6)
    assert c.bd09_to_wgs84(*c.wgs84_to_bd09(*WGS)) == pytest.approx(WGS, abs=1e-7)


def test_the_shift_at_shangjie_is_two_grids():
    assert round(c.distance_m(WGS, GCJ), -1) == 590
    assert round(c.distance_m(WGS, BD), -1) == 1310


@pytest.mark.parametrize("crs", list(c.Crs))
@given(point=IN_CHINA)
def test_there_and_back(crs, point):
    assert c.to_wgs84(*c.from_wgs84(*point, crs), crs) == pytest.approx(point, abs=1e-7)


@pytest.mark.parametrize("crs", list(c.Crs))
@pytest.mark.parametrize("point", [(2.35, 48.85), (-74.0, 40.7), (151.2, -33.9)])
def test_abroad_nothing_is_shifted(crs, point):
    assert c.from_wgs84(*point, crs) == point
    assert c.to_wgs84(*point, crs) == point


def test_unknown_system_is_refused():
    with pytest.raises(ValueError, match="utm"):
        c.to_wgs84(*WGS, "utm")


@pytest.mark.parametrize(
    ("lon", "lat", "answer"),
    [
        (113.3, 34.8, True),
        (181, 0, False),
        (0, 91, False),
        (float("nan"), 0, False),
        (0, float("inf"), False),
    ],
)
def test_is_point(lon, lat, answer):
    assert c.is_point(lon, lat) is answer
