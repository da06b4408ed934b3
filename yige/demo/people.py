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
