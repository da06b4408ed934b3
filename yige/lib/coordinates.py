"""The three coordinate systems met in China; rows hold WGS-84, the edges convert.

WGS-84 (GPS, browsers, and within a metre CGCS2000) · GCJ-02 (Amap, Tencent, WeChat) · BD-09 (Baidu).
Outside China's box nothing is shifted. Source of the polynomial: the published GCJ-02 approximation.
"""

import math
from collections.abc import Callable
from enum import StrEnum

_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323
_BAIDU_TURN = math.pi * 3000 / 180
_BAIDU_EAST, _BAIDU_NORTH = 0.0065, 0.006
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271
_METRES_A_DEGREE = 111_319.49


class Crs(StrEnum):
    """How the numbers of a point are meant."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


Point = tuple[float, float]


def to_wgs84(lon: float, lat: float, crs: str = Crs.WGS84) -> Point:
    """Turn a point of any known system into WGS-84."""
    return _TO_WGS[Crs(crs)](lon, lat)


def from_wgs84(lon: float, lat: float, crs: str) -> Point:
    """Turn a WGS-84 point into any known system."""
    return _FROM_WGS[Crs(crs)](lon, lat)


def is_point(lon: float, lat: float) -> bool:
    """Say whether the two numbers lie on the earth at all."""
    return math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90


def in_china_box(lon: float, lat: float) -> bool:
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH


def distance_m(one: Point, other: Point) -> float:
    """Metres between two points; good for the size of a city."""
    middle = math.radians((one[1] + other[1]) / 2)
    east = (one[0] - other[0]) * math.cos(middle)
    return math.hypot(east, one[1] - other[1]) * _METRES_A_DEGREE


def wgs84_to_gcj02(lon: float, lat: float) -> Point:
    if not in_china_box(lon, lat):
        return lon, lat
    return _shifted(lon, lat)


def gcj02_to_wgs84(lon: float, lat: float) -> Point:
    """The exact inverse, by iteration."""
    if not in_china_box(lon, lat):
        return lon, lat
    x, y = lon, lat
    for _ in range(20):
        there = _shifted(x, y)
        x, y = x - (there[0] - lon), y - (there[1] - lat)
    return x, y


def gcj02_to_bd09(lon: float, lat: float) -> Point:
    if not in_china_box(lon, lat):
        return lon, lat
    radius = math.hypot(lon, lat) + 2e-5 * math.sin(lat * _BAIDU_TURN)
    angle = math.atan2(lat, lon) + 3e-6 * math.cos(lon * _BAIDU_TURN)
    return radius * math.cos(angle) + _BAIDU_EAST, radius * math.sin(angle) + _BAIDU_NORTH


def bd09_to_gcj02(lon: float, lat: float) -> Point:
    """The exact inverse, by iteration; the usual closed formula is off by up to a metre."""
    x, y = lon - _BAIDU_EAST, lat - _BAIDU_NORTH
    if not in_china_box(x, y):
        return lon, lat
    for _ in range(10):
        there = gcj02_to_bd09(x, y)
        x, y = x - (there[0] - lon), y - (there[1] - lat)
    return x, y


def wgs84_to_bd09(lon: float, lat: float) -> Point:
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: float, lat: float) -> Point:
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def _shifted(lon: float, lat: float) -> Point:
    x, y = lon - 105, lat - 35
    bend = 1 - _ECCENTRICITY * math.sin(math.radians(lat)) ** 2
    root = math.sqrt(bend)
    east = _east(x, y) * 180 / (_AXIS / root * math.cos(math.radians(lat)) * math.pi)
    north = _north(x, y) * 180 / (_AXIS * (1 - _ECCENTRICITY) / (bend * root) * math.pi)
    return lon + east, lat + north


def _east(x: float, y: float) -> float:
    pi = math.pi
    plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    waves = 20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)
    waves += 20 * math.sin(x * pi) + 40 * math.sin(x / 3 * pi)
    return plain + (waves + 150 * math.sin(x / 12 * pi) + 300 * math.sin(x / 30 * pi)) * 2 / 3


def _north(x: float, y: float) -> float:
    pi = math.pi
    plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    waves = 20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)
    waves += 20 * math.sin(y * pi) + 40 * math.sin(y / 3 * pi)
    return plain + (waves + 160 * math.sin(y / 12 * pi) + 320 * math.sin(y * pi / 30)) * 2 / 3


def _unchanged(lon: float, lat: float) -> Point:
    return lon, lat


_TO_WGS: dict[Crs, Callable[[float, float], Point]] = {
    Crs.WGS84: _unchanged,
    Crs.GCJ02: gcj02_to_wgs84,
    Crs.BD09: bd09_to_wgs84,
}
_FROM_WGS: dict[Crs, Callable[[float, float], Point]] = {
    Crs.WGS84: _unchanged,
    Crs.GCJ02: wgs84_to_gcj02,
    Crs.BD09: wgs84_to_bd09,
}
