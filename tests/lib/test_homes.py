"""A stranger reads a place as far as the building, in whatever way the door is written."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib.homes import hide_homes, public_place
from yige.lib.typed_text import half_width

ESTATE = "白杨小区"
BUILDINGS = ("3号楼", "三号楼", "３号楼", "3 号 楼", "三號樓", "叁号楼", "3栋", "三栋", "3幢", "3座", "3#", "3#楼", "A座", "A3号楼", "家属3号楼")  # fmt: skip
UNITS = ("", "2单元", "二单元", "贰单元", "东单元", "第二单元", "2门")
FLOORS = ("", "5层", "五楼")
ROOMS = ("501", "５０１", "5 0 1", "五零一", "五〇一", "伍零壹", "五百零一", "幺零二", "501室", "五零一室", "501号", "501房", "B501", "东户", "西边户", "东户501")  # fmt: skip
GAPS = ("", " ", "，", "-", "—", "/", "（", "：")


@pytest.mark.parametrize("building", BUILDINGS)
def test_every_way_of_writing_a_door_ends_at_the_building(building):
    units, floors = (UNITS, FLOORS) if building in BUILDINGS[:2] else (UNITS[:2], FLOORS[:1])
    shown = {
        place: public_place(place)
        for unit, floor, room, gap in product(units, floors, ROOMS, GAPS)
        for place in [ESTATE + building + gap + gap.join(part for part in (unit, floor, room) if part)]
    }

    assert {place: cut for place, cut in shown.items() if cut != ESTATE + building} == {}


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("白杨小区三号楼五零一", "白杨小区三号楼"),
        ("白杨小区3-1-501", "白杨小区3号楼"),
        ("白杨小区３－１－５０１", "白杨小区3号楼"),
        ("白杨小区三—一—五零一门口", "白杨小区三号楼"),
        ("白杨小区3/1/501", "白杨小区3号楼"),
        ("3.1.501", "3号楼"),
        ("白杨小区3-501", "白杨小区"),
        ("白杨小区501", "白杨小区"),
        ("白杨小区五零一", "白杨小区"),
        ("3号501", ""),
        ("三单元五层东户", ""),
        ("3号楼2单元门口", "3号楼"),
        ("3号楼二零一对门", "3号楼"),
        ("3号楼三楼楼道", "3号楼"),
        ("3号楼1号门", "3号楼"),
        ("3号楼东门", "3号楼"),
        ("3号楼第五家", "3号楼"),
        ("3号楼房号501", "3号楼"),
        ("3号楼王大妈家门口", "3号楼"),
        ("王建国家门口", ""),
        ("我家门口", ""),
        ("李家庄村二组45号", "李家庄村二组"),
        ("文化巷7号", "文化巷"),
        ("3排5号", "3排"),
        ("健康路12号附3号", "健康路12号"),
        ("健康路12号院3号楼2单元501", "健康路12号院3号楼"),
        ("7号楼2单元10603", "7号楼"),
        ("白杨小区二楼", "白杨小区"),
        ("③号楼⑤⓪①", "③号楼"),
    ],
)
def test_a_home_is_cut(place, public):
    assert public_place(place) == public


@pytest.mark.parametrize(
    "place",
    ["3号楼东口", "3号楼和4号楼之间", "3、5号楼中间", "3-5号楼中间", "3号楼前50米", "3号楼北侧第3棵树", "3号楼楼下", "3号楼一侧",
     "健康路12号", "健康路12号院南门", "小区1号门", "102路公交站", "107国道东侧", "2号线紫荆山站B口", "十字路口", "二七广场", "五一公园南门",
     "农业路与文化路交叉口", "12号杆", "全家便利店门口", "白杨小区2期3号楼", ""],
)  # fmt: skip
def test_what_is_no_home_stays(place):
    assert public_place(place) == place


@pytest.mark.parametrize(
    ("words", "public"),
    [
        ("三号楼五零一漏水，打了5次电话", "三号楼某户漏水，打了5次电话"),
        ("电梯坏了3天，三单元五层东户老人下不来", "电梯坏了3天，某户老人下不来"),
        ("3-1-501门口堆东西", "3号楼某户门口堆东西"),
        ("我家楼上501漏水", "某户楼上某户漏水"),
        ("3号楼501，502都没有水", "3号楼某户，某户都没有水"),
        ("路灯不亮三天了，晚上8点看不见", "路灯不亮三天了，晚上8点看不见"),
        ("18号晚上，3号楼东边的井盖丢了", "18号晚上，3号楼东边的井盖丢了"),
        ("2026年11月3日起停水", "2026年11月3日起停水"),
    ],
)
def test_words_say_somebodys_home_and_no_more(words, public):
    assert hide_homes(words) == public


@given(st.text(max_size=60))
def test_nothing_is_added_to_a_place_but_the_word_building(text):
    assert public_place(text).removesuffix("号楼") in text.strip() + text


@given(
    st.lists(st.sampled_from([*"0123456789３五零，- ", "号楼", "单元", "栋", "东户"]), max_size=16).map(
        "".join
    )
)
def test_no_long_number_stays_in_a_place(text):
    assert not re.search(r"\d{3}(?!\d*(?:号楼|栋))", half_width("".join(public_place(text).split())))
