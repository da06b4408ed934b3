"""Which category a text is probably about, by its words; for filling the demo, never for deciding."""

import re
from functools import cache

from yige.cases import categories

# The first row that fits wins: the special before the general.
CATEGORY_WORDS = (
    ("safety.fire-smoke", "着火|起火|冒烟"),
    ("safety.gas-smell", "煤气味|燃气味|燃气泄漏|漏气"),
    ("safety.trapped-in-lift", "困在电梯|电梯困人|被困"),
    ("safety.collapse", "塌陷|坍塌|房屋开裂|危房"),
    ("disputes.wages", "拖欠.{0,4}工资|欠薪|讨薪|工资.{0,6}(没|不)发|克扣"),
    ("property.lift-installation", "加装电梯|安装电梯"),
    ("facilities.lift", "电梯"),
    ("safety.blocked-fire-lane", "消防通道|消防车道|安全出口"),
    ("safety.wire-charging", "飞线|电动车.{0,8}充电|上楼充电"),
    ("facilities.manhole", "井盖|窨井"),
    ("facilities.street-lamp", "路灯|亮化"),
    ("safety.flooding", "内涝|积水"),
    ("utilities.heating", "暖气|供暖|供热|集中供暖"),
    ("utilities.burst-pipe", "爆管|水管爆"),
    ("utilities.blocked-drain", "下水道|化粪池|污水|排水|管网"),
    ("utilities.water", "停水|自来水|供水|水质|水压|用水"),
    ("utilities.power", "停电|供电|电压|电费|变压器|用电"),
    ("utilities.gas-supply", "天然气|燃气|煤气"),
    ("utilities.broadband", "宽带|信号|网络|移动公司|联通|电信"),
    ("disputes.site-noise", "(施工|工地|打桩|混凝土).{0,20}(噪|吵|夜|凌晨)|(夜间|凌晨|半夜).{0,8}施工"),
    ("order.site-dust", "扬尘|渣土|工地|施工|灰尘"),
    ("disputes.noise", "噪音|噪声|扰民|广场舞|音响|太吵"),
    ("order.fumes", "油烟|烧烤|异味|臭味|废气|焚烧|刺鼻|恶臭|污染|冒黑烟"),
    ("disputes.dogs", "遛狗|养狗|犬|狗"),
    ("disputes.upstairs-leak", "楼上.{0,8}漏|漏到楼下"),
    ("property.roof-leak", "漏水|渗水|漏雨|外墙"),
    ("property.parking-shortage", "停车难|停车位|车位"),
    ("order.car-parking", "乱停|违停|违章停车|停车"),
    ("order.bike-parking", "共享单车|电动车|自行车|非机动车"),
    ("facilities.sign", "红绿灯|信号灯|斑马线|标线|限速|左转|掉头|交通|堵车|拥堵|公交|地铁"),
    ("facilities.broken-road", "道路|路面|坑洼|修路|马路|公路|断头路|桥"),
    ("facilities.barrier-free", "无障碍|盲道|轮椅"),
    ("facilities.fitness", "健身器材|健身设施|座椅|公园|广场|游乐"),
    ("order.illegal-building", "违建|违章建筑|违法建筑|违规搭建|搭建|私搭|拆迁|征收|拆除|规划"),
    ("order.street-stall", "摆摊|占道经营|流动摊|夜市|早市|菜市场|农贸"),
    ("order.shop-spill", "店外|占道"),
    ("order.small-ads", "小广告|广告"),
    ("order.clutter", "堆放|杂物|楼道"),
    ("order.green-damage", "毁绿|种菜|绿地|砍树|养鸡"),
    ("sanitation.overflowing-bin", "垃圾桶|垃圾站|清运|垃圾分类"),
    ("sanitation.loose-litter", "垃圾|脏乱|卫生差"),
    ("sanitation.public-toilet", "公厕|厕所"),
    ("sanitation.dirty-green", "绿化"),
    ("sanitation.pests", "蚊|蟑螂|老鼠|虫"),
    ("property.entry-door", "门禁|单元门|道闸"),
    ("property.service", "物业|业委会|业主|维修基金|小区|开发商|交房|房产证|楼盘|公摊|精装"),
    (
        "disputes.consumer",
        "退款|退费|商家|消费|假货|过期|虚假宣传|会员|预付|超市|饭店|价格|收费|旅游|快递|食品|培训",
    ),
    ("help.jobs", "社保|医保|养老保险|公积金|失业|就业|招聘|退休|工伤|劳动|待遇|补贴|职称|编制"),
    ("help.doctor-visit", "医院|医生|看病|疫苗|卫生院|药"),
    ("help.disability", "残疾"),
    ("help.veteran", "退役|退伍|军人"),
    ("help.hardship", "低保|救助|贫困|困难"),
    ("help.elder-care", "老人|养老"),
    ("opinion.thanks", "感谢|表扬|点赞"),
    ("opinion.service", "态度|推诿|不作为|答复|窗口"),
    ("opinion.suggest", "建议"),
    ("opinion.ask", "请问|咨询|学校|老师|学生|入学|教育|户口|落户|证|政策|怎么办|什么时候"),
)


@cache
def _compiled():
    return [(code, re.compile(words)) for code, words in CATEGORY_WORDS]


def category_of(text):
    """Return the code of the first row that fits, “说不清” when none does."""
    return next((code for code, words in _compiled() if words.search(text)), categories.UNSURE)
