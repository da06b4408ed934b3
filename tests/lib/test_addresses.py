"""Addresses as rosters write them: what is clear is read, what can be read in two ways is said to be in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib import addresses
from yige.lib.addresses import Address, parse

HOME = Address("铝城家园", "3号楼", "2", 5, "501")

# fmt: off
CLEAR = [
    # as written                                what it says
    ("铝城家园3号楼2单元501",                      HOME),
    ("铝城家园3号楼2单元501室",                    HOME),
    ("铝城家园3号楼2单元501号",                    HOME),
    ("铝城家园3号楼2单元501户",                    HOME),
    ("铝城家园3#2-501",                           HOME),
    ("铝城家园3#-2-501",                          HOME),
    ("铝城家园3#楼2单元501",                       HOME),
    ("铝城家园3栋2单元501",                        HOME),
    ("铝城家园3幢2单元501",                        HOME),
    ("铝城家园3座2单元501",                        HOME),
    ("铝城家园3号楼2门501",                        HOME),
    ("铝城家园3号楼2-501",                         HOME),
    ("铝城家园3号楼-2单元-501",                    HOME),
    ("铝城家园3-2-501",                           HOME),
    ("铝城家园3—2—501室",                         HOME),
    ("铝城家园 3号楼 2单元 501",                    HOME),
    ("铝城家园３号楼２单元５０１",                   HOME),
    ("铝城家园３＃２－５０１",                      HOME),
    ("铝城家园三号楼二单元501",                     HOME),
    ("铝城家园三号楼二单元五〇一室",                 HOME),
    ("铝城家园第三栋第二单元501",                   HOME),
    ("铝城家园03号楼02单元501",                    HOME),
    ("铝城家园3号楼2单元5层501",                    HOME),
    ("铝城家园3号楼2单元5楼501室",                  HOME),
    ("铝城家园3号楼2单元501室(出租)",               HOME),
    ("铝城家园3号楼2单元501，",                     HOME),
    ("河南省郑州市演示区演示街道济源路社区铝城家园3号楼2单元501", HOME),
    ("郑州市演示区铝城路社区铝城家园3号楼2单元501",   HOME),
    ("演示街道铝城家园3号楼2单元501",               HOME),
    ("演示街道办事处和平社区铝城家园3号楼2单元501",   HOME),
    ("和平社区铝城家园3号楼2单元501",               HOME),
    ("和平社区第3网格铝城家园3号楼2单元501",         HOME),
    ("铝城家园3号楼501",                           Address("铝城家园", "3号楼", "", 5, "501")),
    ("铝城家园3号楼1203室",                        Address("铝城家园", "3号楼", "", 12, "1203")),
    ("铝城家园12号楼1单元1203",                     Address("铝城家园", "12号楼", "1", 12, "1203")),
    ("铝城家园十二号楼一单元1203",                   Address("铝城家园", "12号楼", "1", 12, "1203")),
    ("铝城家园二十三号楼1单元101",                   Address("铝城家园", "23号楼", "1", 1, "101")),
    ("铝城家园A座1203",                            Address("铝城家园", "A号楼", "", 12, "1203")),
    ("铝城家园3号楼2单元501A",                      Address("铝城家园", "3号楼", "2", 5, "501A")),
    ("铝城家园3号楼2单元5楼东户",                    Address("铝城家园", "3号楼", "2", 5, "5楼东户")),
    ("铝城家园3栋2单元5层西户",                      Address("铝城家园", "3号楼", "2", 5, "5楼西户")),
    ("铝城家园3栋2单元五楼中户",                     Address("铝城家园", "3号楼", "2", 5, "5楼中户")),
    ("铝城家园3号楼2单元5楼2号",                     Address("铝城家园", "3号楼", "2", 5, "5楼2号")),
    ("铝城家园3号楼东单元501",                      Address("铝城家园", "3号楼", "东", 5, "501")),
    ("铝城家园3号楼2单元东户",                       Address("铝城家园", "3号楼", "2", None, "东户")),
    ("演示一路12号院5号楼1单元102室",                Address("演示一路12号院", "5号楼", "1", 1, "102")),
    ("演示一路12号院5#1-102",                       Address("演示一路12号院", "5号楼", "1", 1, "102")),
    ("演示一路12号5号楼1单元102",                    Address("演示一路12号", "5号楼", "1", 1, "102")),
    ("演示一路12号院3户",                           Address("演示一路", "12号院", "", None, "3")),
    ("演示一路12号院东户",                           Address("演示一路", "12号院", "", None, "东户")),
    ("演示一路12号大院102室",                        Address("演示一路", "12号院", "", 1, "102")),
    ("光荣院小区家属楼1单元201",                      Address("光荣院小区", "家属楼", "1", 2, "201")),
    ("城市花园小区3号楼2单元501",                     Address("城市花园小区", "3号楼", "2", 5, "501")),
    ("白杨小区东区3号楼2单元501",                     Address("白杨小区东区", "3号楼", "2", 5, "501")),
    ("和平社区3号楼2单元501",                        Address("和平社区", "3号楼", "2", 5, "501")),
    ("三里家园3号楼2单元501",                        Address("三里家园", "3号楼", "2", 5, "501")),
    ("铝城家园3号楼2单元0501",                      HOME),
    ("铝城家园3号楼2单元0501室",                    HOME),
    ("铝城家园3-2-0501",                          HOME),
    ("铝城家园3号楼0501",                          Address("铝城家园", "3号楼", "", 5, "501")),
    ("丰和里7号楼2单元10603",                       Address("丰和里", "7号楼", "2", None, "10603")),
    ("丰和里7-2-10603",                           Address("丰和里", "7号楼", "2", None, "10603")),
    ("郑州市上街区丰和里1号楼1单元1101",              Address("丰和里", "1号楼", "1", 11, "1101")),
    ("河南省郑州市演示区铝城家园3号楼2单元501",         HOME),
    ("李家庄村二组45号",                            Address("李家庄村2组", "45号", "", None, "整院")),
    ("李家庄村2组45号",                             Address("李家庄村2组", "45号", "", None, "整院")),
    ("李家庄45号",                                 Address("李家庄", "45号", "", None, "整院")),
    ("李家庄村二组45号东户",                         Address("李家庄村2组", "45号", "", None, "东户")),
    ("铝城家园3号楼负1层东户",                        Address("铝城家园", "3号楼", "", -1, "-1楼东户")),
]
DOUBTFUL = [
    ("",                          Address(doubt=addresses.EMPTY)),
    ("　",                        Address(doubt=addresses.EMPTY)),
    ("3-2-501",                   Address(doubt=addresses.BARE_NUMBERS.format("3-2-501"))),
    ("12-3",                      Address(doubt=addresses.BARE_NUMBERS.format("12-3"))),
    ("铝城家园12-3",               Address("铝城家园", doubt=addresses.BARE_NUMBERS.format("12-3"))),
    ("铝城家园3-501",              Address("铝城家园", doubt=addresses.BARE_NUMBERS.format("3-501"))),
    ("铝城家园501",                Address("铝城家园", doubt=addresses.BARE_NUMBERS.format("501"))),
    ("铝城家园3-2-5-1",            Address("铝城家园", doubt=addresses.BARE_NUMBERS.format("3-2-5-1"))),
    ("3号楼2单元501",              Address("", "3号楼", "2", 5, "501", addresses.NO_ESTATE)),
    ("铝城家园",                   Address("铝城家园", doubt=addresses.NO_BUILDING)),
    ("铝城家园3楼2单元501",         Address("铝城家园", doubt=addresses.FLOOR_OR_BUILDING.format(3, 3, 3))),
    ("铝城家园3号楼",               Address("铝城家园", "3号楼", doubt=addresses.NO_ROOM)),
    ("铝城家园3号楼2单元",           Address("铝城家园", "3号楼", "2", doubt=addresses.NO_ROOM)),
    ("铝城家园3号楼2单元5楼",        Address("铝城家园", "3号楼", "2", 5, doubt=addresses.NO_ROOM)),
    ("铝城家园3号楼2单元5层301",     Address("铝城家园", "3号楼", "2", 5, "301", addresses.TWO_FLOORS.format(5, "301"))),
    ("铝城家园3号楼旁边小卖部",       Address("铝城家园", "3号楼", doubt=addresses.NOT_READ.format("旁边小卖部"))),
    ("铝城家园3号楼2单元501和502",    Address("铝城家园", "3号楼", "2", doubt=addresses.NOT_READ.format("501和502"))),
    ("演示一路12号",                Address("演示一路", "12号", doubt=addresses.NO_ROOM)),
]
PARTS = [
    (("铝城家园", "3", "2", "501"),             HOME),
    (("铝城家园", "3号楼", "2单元", "501室"),     HOME),
    (("铝城家园", "三号楼", "二单元", "501"),     HOME),
    (("铝城家园", "３栋", "第2单元", "５０１"),    HOME),
    (("和平社区铝城家园", "3#", "2", "501"),      HOME),
    (("铝城家园", "3", "02", "0501"),            HOME),
    (("铝城家园", "3", "", "501"),              Address("铝城家园", "3号楼", "", 5, "501")),
    (("铝城家园", "家属楼", "1", "201"),          Address("铝城家园", "家属楼", "1", 2, "201")),
    (("铝城家园", "", "2", "501"),              Address("铝城家园", "", "2", 5, "501", addresses.NO_BUILDING)),
    (("", "3", "2", "501"),                    Address("", "3号楼", "2", 5, "501", addresses.NO_ESTATE)),
    (("铝城家园", "3", "2", ""),                Address("铝城家园", "3号楼", "2", doubt=addresses.NO_ROOM)),
]
# fmt: on


@pytest.mark.parametrize(("text", "said"), CLEAR)
def test_clear_address_is_read(text, said):
    assert parse(text) == said


@pytest.mark.parametrize(("text", "said"), DOUBTFUL)
def test_what_can_be_read_in_two_ways_is_a_doubt(text, said):
    assert parse(text) == said


@pytest.mark.parametrize(("parts", "said"), PARTS)
def test_parts_in_columns_of_their_own_are_read(parts, said):
    assert addresses.of_parts(*parts) == said


@pytest.mark.parametrize("name", ["3号楼", "3栋", "3#", "３幢", "三号楼", "03号楼", "3"])
def test_building_is_one_however_it_is_written(name):
    assert addresses.key("铝城家园", name) == ("铝城家园", "3号楼")


@given(st.text("铝城家园社区街道市省号楼院栋单元层室户门东西一二三十百0123456789-#第 ", max_size=24))
def test_any_text_is_read_or_doubted(text):
    said = parse(text)

    assert said.doubt or (said.estate and said.building and said.room)


@given(
    st.integers(1, 99), st.integers(1, 9), st.integers(1, 33), st.integers(1, 6),
    st.sampled_from(["{}号楼{}单元{}", "{}#{}-{}", "{}-{}-{}", "{}栋{}单元{}室"]),
)  # fmt: skip
def test_written_and_read_again(building, unit, floor, door, style):
    room = f"{floor}{door:02d}"

    assert parse("月季园" + style.format(building, unit, room)) == Address("月季园", f"{building}号楼", str(unit), floor, room)  # fmt: skip
