"""The table of danger words: what has to be heard, what must not be, and that a browser reads the same patterns."""

import re

import pytest

from yige.cases import categories, dangers
from yige.cases.words import Urgency

# fmt: off
SPEAKS_OF = (
    # as people say it                                                   what it may be
    ("楼道里好大一股煤气味，头晕",                                        {"gas", "ill"}),
    ("家里有煤气味",                                                     {"gas"}),
    ("厨房阀门那儿一直漏气，嘶嘶响",                                      {"gas"}),
    ("天然气漏了，快来人",                                               {"gas"}),
    ("楼下一股臭鸡蛋的味儿",                                             {"gas"}),
    ("燃气报警器一直响",                                                 {"gas"}),
    ("我妈好像煤气中毒了",                                               {"gas", "ill"}),
    ("煤 气 味 很 大",                                                   {"gas"}),
    ("樓道裡有煤氣味",                                                   {"gas"}),
    ("我不想活了",                                                       {"life"}),
    ("不想活了这破电梯",                                                 {"life"}),
    ("活着没意思",                                                       {"life"}),
    ("我儿子说要跳楼，人在楼顶",                                         {"life"}),
    ("她割腕了，流了好多血",                                             {"life", "ill"}),
    ("老伴喝农药了",                                                     {"life"}),
    ("他写了遗书",                                                       {"life"}),
    ("吃了一整瓶安眠药",                                                 {"life"}),
    ("邻居要自杀",                                                       {"life"}),
    ("3号楼着火了",                                                      {"fire"}),
    ("配电箱冒烟",                                                       {"fire"}),
    ("车棚里电瓶车冒黑烟",                                               {"fire"}),
    ("闻到烧焦味，墙里有火花",                                           {"fire", "power"}),
    ("路灯杆漏电，摸着麻手",                                             {"power"}),
    ("电线断了拖在地上",                                                 {"power"}),
    ("我家小孩被电了一下",                                               {"power"}),
    ("电梯里困了人",                                                     {"trapped"}),
    ("我被关在电梯里了",                                                 {"trapped"}),
    ("孩子锁在车里了",                                                   {"trapped"}),
    ("有人晕倒在广场上",                                                 {"ill"}),
    ("老人叫不醒了",                                                     {"ill"}),
    ("老太太摔了一跤起不来",                                             {"ill"}),
    ("救命",                                                             {"ill"}),
    ("楼上男的打人，女的在哭",                                           {"violence"}),
    ("隔壁打老婆打得厉害",                                               {"violence"}),
    ("有人拿刀在小区里转",                                               {"violence"}),
    ("老人天天挨打",                                                     {"violence"}),
    ("有人拐孩子，孩子被人抱走了",                                       {"missing"}),
    ("我家老人走丢了",                                                   {"missing"}),
    ("孩子不见了",                                                       {"missing"}),
    ("对门老人几天没开门了",                                             {"silent"}),
    ("楼下独居的大爷三天没下楼，敲门没人应",                             {"silent"}),
    ("有人落水",                                                         {"water"}),
    ("孩子掉进河里了",                                                   {"water"}),
    ("有人掉井里了",                                                     {"water"}),
    ("路塌了一个大坑",                                                   {"collapse"}),
    ("墙要倒了，广告牌砸到人",                                           {"collapse"}),
    ("路口撞人了，人躺在地上",                                           {"crash"}),
    ("井盖不见了",                                                       {"manhole"}),
    ("水管爆了，楼道全是水",                                             {"burst"}),
)
SPEAKS_OF_NO_DANGER = (
    "谢谢，路灯修好了",
    "煤气灶坏了想换",
    "煤气费怎么交",
    "燃气公司什么时候上门换表",
    "没有煤气味，就是想问问怎么检修",
    "暖气管漏气，不热",
    "跳楼价甩卖，音响太吵",
    "想死你了，老街坊",
    "烧烤店烟囱冒黑烟",
    "楼道堆杂物，万一着火怎么办",
    "消防通道占了，担心起火救不了",
    "灭火器过期了",
    "漏电保护器要换一个",
    "落水管漏水",
    "路面掉落水泥块",
    "拨打人工客服没人接",
    "打人社局电话没人接",
    "被打扫得很干净",
    "低保是我的救命钱",
    "被困难拖着，想申请救助",
    "药店几天没开门",
    "社区服务站三天没开门",
    "孩子的证件丢了想补办",
    "前面路口拐弯的地方没有灯",
    "楼上装修打孔太吵",
    "电线杆上贴小广告",
    "希望加装电梯",
    "停车难",
    "楼上漏水到我家",
    "广场舞吵得睡不着",
    "噪声大得头疼",
    "拖欠工资三个月",
    "小区的树该修剪了，刮风害怕砸到人",
    "手机掉进井里了，能不能捞",
    "防溺水宣传牌坏了",
)
# fmt: on


@pytest.mark.parametrize(("words", "kinds"), SPEAKS_OF)
def test_words_of_danger_are_heard(words, kinds):
    assert {hearing.danger.kind for hearing in dangers.hear(words)} == kinds


@pytest.mark.parametrize("words", SPEAKS_OF_NO_DANGER)
def test_words_of_every_day_are_not(words):
    assert dangers.hear(words) == []


@pytest.mark.parametrize("danger", dangers.DANGERS, ids=lambda danger: danger.kind)
def test_every_danger_has_a_vector_and_a_category(danger):
    assert any(danger.kind in kinds for _, kinds in SPEAKS_OF)
    assert categories.CATEGORY_BY_CODE[danger.category].urgency == categories.EMERGENCY


@pytest.mark.parametrize("danger", dangers.DANGERS, ids=lambda danger: danger.kind)
def test_the_advice_names_a_number_that_can_be_dialled(danger):
    assert set(danger.numbers) <= {"110", "119", "120", "122", "12356", "95598"}
    assert all(number in danger.advice for number in danger.numbers if danger.of_life)


def test_a_crisis_of_life_comes_first_and_names_the_hotline_first():
    first = dangers.hear("煤气味很大，我不想活了")[0].danger

    assert (first.kind, first.numbers[0]) == ("life", "12356")


def test_the_quote_is_what_was_said():
    assert [hearing.quotes for hearing in dangers.hear("楼道里好大一股煤气味，头晕")] == [
        ("煤气味",),
        ("味，头晕",),
    ]


def test_an_excuse_covers_its_own_words_alone():
    assert [hearing.quotes for hearing in dangers.hear("上次担心着火，现在真的冒烟了")] == [("冒烟",)]


def test_added_words_are_read_apart():
    assert dangers.hear("老人", "好几天没开门") == []


@pytest.mark.parametrize("danger", dangers.DANGERS, ids=lambda danger: danger.kind)
def test_patterns_are_written_as_a_browser_reads_them(danger):
    for pattern in dangers.patterns(danger.kind):
        assert pattern is None or not re.search(r"\(\?[^:]|\\[A-Za-mo-z]|[*+]", pattern.pattern)


def test_danger_proposes_an_emergency_and_the_usual_category_where_none_was_chosen():
    assert dangers.proposed_urgency("gas", Urgency.NORMAL) == Urgency.EMERGENCY
    assert dangers.proposed_urgency("", Urgency.NORMAL) == Urgency.NORMAL
    assert dangers.proposed_code("gas", categories.UNSURE) == "safety.gas-smell"
    assert dangers.proposed_code("gas", "utilities.gas-supply") == "utilities.gas-supply"
