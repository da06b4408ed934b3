"""Near means near: the building, then the spot, then metres, then words."""

import pytest

from yige.cases.nearness import OTHER, SAME, UNKNOWN, Description, compare_places, may_be_same, nearness

LAMP = "lamp"
HERE = Description("路灯不亮三天了", LAMP, "白杨小区3号楼东口", 113.2800, 34.8000)


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        ("白杨小区3号楼", "白杨小区三栋", (SAME, UNKNOWN)),
        ("白杨小区3号楼2单元", "3号楼二单元门口", (SAME, SAME)),
        ("3号楼2单元", "3号楼3单元", (SAME, OTHER)),
        ("3号楼", "3号楼", (SAME, SAME)),
        ("3号楼", "13号楼", (OTHER, OTHER)),
        ("白杨小区3号楼", "翠竹苑3号楼", (OTHER, OTHER)),
        ("白杨小区南门", "白杨小区南门口", (UNKNOWN, SAME)),
        ("白杨小区南门", "白杨小区北门", (UNKNOWN, UNKNOWN)),
        ("健康路与东风路口", "健康路和东风路交叉口", (UNKNOWN, SAME)),
        ("白杨小区南门", "白杨小区3号楼", (UNKNOWN, UNKNOWN)),
        ("", "3号楼", (UNKNOWN, UNKNOWN)),
    ],
)
def test_places(one, other, compared):
    assert compare_places(one, other) == compared


def test_order_is_building_spot_metres_words():
    others = {
        "same spot": Description("灯坏了", LAMP, "白杨小区3号楼东口", 113.2801, 34.8),
        "same building": Description("路灯不亮三天了", LAMP, "白杨小区3号楼", 113.2801, 34.8),
        "no building, near": Description("路灯不亮", LAMP, "东边路口", 113.2803, 34.8),
        "no building, same words, farther": Description("路灯不亮三天了", LAMP, "西边路口", 113.2825, 34.8),
        "no building, other words, as far": Description("路灯坏了", LAMP, "西边路口", 113.2825, 34.8),
    }

    assert sorted(others, key=lambda name: nearness(HERE, others[name])) == list(others)


def test_same_words_at_another_building_are_elsewhere():
    far = nearness(HERE, Description("路灯不亮三天了", LAMP, "白杨小区15号楼"))
    beside = nearness(HERE, Description("路灯不亮三天了", LAMP, "白杨小区4号楼", 113.2802, 34.8))
    down_the_road = nearness(HERE, Description("路灯不亮三天了", LAMP, "文化路口", 113.2900, 34.8))

    assert [near.is_elsewhere for near in (far, beside, down_the_road)] == [True, False, True]


def test_other_words_of_the_same_kind_at_the_same_spot_are_asked_about():
    other = Description("晚上黑得看不见台阶", LAMP, "3号楼东口")
    of_another_kind = other._replace(kind="pipe")
    of_no_kind = other._replace(kind=None)

    asked = [may_be_same(HERE, each, nearness(HERE, each)) for each in (other, of_another_kind, of_no_kind)]

    assert asked == [True, False, False]


@pytest.mark.parametrize(
    ("place", "lon", "words"),
    [
        ("3号楼", None, "和您说的是同一栋楼"),
        ("东边路口", 113.2804, "离您说的地方约 40 米"),
        ("东边路口", None, ""),
    ],
)
def test_card_says_how_near(place, lon, words):
    other = Description("路灯不亮", LAMP, place, lon, 34.8 if lon else None)

    assert nearness(HERE, other).in_words == words
