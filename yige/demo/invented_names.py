"""Invented names, drawn from common surnames and given names; any likeness is chance."""

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
OLDER = "秀兰 桂英 建国 玉珍 保民 凤莲 新民 志强 春梅 国庆 爱华 卫东 素芬 长河 铁山 金凤 德福 淑贞 满仓 麦香".split()  # noqa: SIM905 read as a line
YOUNGER = "子涵 佳怡 浩然 欣妍 宇航 梦瑶 俊杰 雨晴 明哲 晓彤 文博 静怡 泽宇 思远 若曦 鹏飞 婷婷 振华 亚楠 海波".split()  # noqa: SIM905 read as a line
MIDDLE = "伟 芳 敏 静 磊 洋 勇 艳 杰 涛 明 超 霞 平 刚 红军 丽娟 会玲 军伟 海燕 永刚 俊丽 留柱 喜梅".split()  # noqa: SIM905 read as a line


def names(random, count):
    """Draw this many different names."""
    given = OLDER + YOUNGER + MIDDLE * 2
    found = {}
    while len(found) < count:
        found[random.choice(SURNAMES) + random.choice(given)] = True
    return list(found)


# Given names as they were in fashion: before 1960, from 1960, from 1990; first sign, second sign, or one sign alone.
_FASHIONS = (
    # born before   men: first               second              alone              women: first          second              alone
    (1960, "建德长保金玉学文志永万贵福新广清树天兆庆义守连进成喜春", "福山林海田贵祥发才生旺堂河有顺安义信仁良全柱根法臣昌荣财善业功", "",
           "秀桂玉凤淑素兰春月爱金荣翠彩巧美慧瑞雪惠菊银香书喜", "英兰珍芝花莲云梅芳荣霞琴香枝贞娥芬仙菊凤敏玲环叶娟巧竹", ""),
    (1990, "建卫红志永海国俊晓新继振立会长向保庆宏世亚", "军伟明峰杰刚勇辉亮波斌超生林利广", "伟磊勇杰超刚辉斌亮波峰",
           "丽海春会俊红艳晓雪志亚淑爱秋美玉建文慧冬", "娟霞燕红玲丽芳梅敏萍英云琴静杰娜勤荣艳", "芳敏静艳霞丽娟燕红玲娜萍莉慧"),
    (9999, "浩子宇俊博梓明奕文天嘉家一思睿晨铭昊鑫佳", "然轩航杰宇涵阳博辰豪远哲瑞凯峰霖诚睿晨乐帆", "",
           "子欣雨梦佳思诗梓可若语紫嘉静晓雅心婉艺依沐", "涵怡妍瑶晴萱彤琪欣悦雯桐宁诺溪曦婷菲琳馨岚", ""),
)  # fmt: skip
ALONE_SHARE = 0.25
COMMON = 12  # surnames from the top of the list that half of all people bear

# Numbers of residents: 199 00 and six digits. The demo sends no messages, and nobody is asked to call.
PHONE = "19900{:06d}"
PHONES_FROM, PHONES_COUNT = 10_000, 90_000  # behind the ten thousand of those who report cases
DEMO_PHONE = PHONE.format(12_345)  # with this number one can sign in to 我的档案


def surname(random):
    """Draw a surname, the common ones as often as in life."""
    return random.choice(SURNAMES[:COMMON] if random.random() < 0.5 else SURNAMES)


def given_name(random, sex, born):
    """Draw a given name that was in fashion in the year of birth; `sex` is 1 or 2 as in GB/T 2261.1."""
    row = next(row for row in _FASHIONS if born < row[0])
    first, second, alone = row[1:4] if sex == "1" else row[4:7]
    if alone and random.random() < ALONE_SHARE:
        return random.choice(alone)
    return random.choice(first) + random.choice(second)


def phone(number):
    """Return the phone of the resident with this number, spread so that neighbours' numbers are not alike."""
    return PHONE.format(PHONES_FROM + number * 37 % PHONES_COUNT)
