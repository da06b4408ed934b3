"""What people report: ten classes, their categories, and what follows from choosing one.

A category says how urgent a case is, whose business it usually is and what the form asks for.
`code5` is the matter code of GB/T 47678.5-2026 where the standard has one; the key there is (kind, code), and
a case is always a matter (管理事项), so `kind` is "matter" or empty. Disputes, help and safety inside homes
have no national code: they are a local tree, never squeezed into 10xxx.
"""

from typing import NamedTuple


class CategoryClass(NamedTuple):
    code: str
    label: str
    icon: str  # name of a Tabler icon
    hint: str


class Category(NamedTuple):
    code: str
    label: str
    group: str
    code5: str
    urgency: str
    nature: str
    unit: str
    call_first: str
    ask: str

    @property
    def kind(self) -> str:
        return "matter" if self.code5 else ""


class Confusable(NamedTuple):
    codes: tuple[str, ...]
    words: str


EMERGENCY, URGENT, NORMAL, HARD = "emergency", "urgent", "normal", "hard"  # 2 h · 24 h · 7 days · 1 month
PERSONAL, PUBLIC, MAJOR = "personal", "public", "major"

CALL_FIRST = {
    "110": "有人正受伤害，或者车和人有危险，请先打 110。",
    "119": "起火、冒烟、有人被困，请先离开，再打 119。",
    "120": "有人受伤或突然发病，请先打 120。",
    "gas": "先开窗、人出门，不开灯、不打火；到室外再打燃气公司抢修电话（号码在燃气缴费单和燃气表旁）。",
    "power": "离远些，别碰电线和水；请先打供电抢修电话 95598。",
    "water": "先关自家总阀；水很大时请先打供水公司抢修电话（号码在水费单上）。",
}

# fmt: off
CLASSES = (
    #             code          label             icon                  what belongs here
    CategoryClass("sanitation", "环境卫生",       "trash",              "垃圾、路面、绿地、公厕"),
    CategoryClass("facilities", "公共设施",       "bulb",               "路灯、井盖、道路、电梯、健身器材"),
    CategoryClass("property",   "物业与老旧小区", "building-community", "门禁、漏水、楼道、停车、物业服务"),
    CategoryClass("safety",     "安全隐患",       "alert-triangle",     "消防通道、飞线充电、燃气、线缆、积水结冰"),
    CategoryClass("order",      "市容秩序",       "road",               "乱停车、占道摆摊、小广告、乱搭乱建"),
    CategoryClass("utilities",  "水电气暖",       "droplet-bolt",       "停水、停电、暖气不热、下水道堵"),
    CategoryClass("disputes",   "矛盾纠纷",       "messages",           "噪声、楼上漏水、养狗、消费、工资"),
    CategoryClass("help",       "帮扶服务",       "heart-handshake",    "代办、陪诊、助老、助残、救助"),
    CategoryClass("opinion",    "意见咨询",       "message-question",   "问政策、提建议、表扬和批评"),
    CategoryClass("other",      "说不清",         "help-circle",        "不知道归哪类，写下来就行"),
)

CATEGORIES = (
    # code, label, class, national code, urgency, nature, unit that usually handles it, call first, what to tell us

    # 环境卫生
    Category("sanitation.loose-litter", "地上有散落垃圾", "sanitation", "06010", NORMAL, PUBLIC, "chengguan", "",
             "在哪个门口、哪条路边，大概多大一片"),
    Category("sanitation.overflowing-bin", "垃圾桶满了没人收", "sanitation", "06042", URGENT, PUBLIC, "chengguan", "",
             "是哪个垃圾点，满了多久"),
    Category("sanitation.old-heap", "垃圾、渣土堆了很久", "sanitation", "06011", NORMAL, PUBLIC, "chengguan", "",
             "堆在哪里，堆了多久，有没有装修渣土"),
    Category("sanitation.bulky-waste", "旧家具、旧电器丢在外面", "sanitation", "06035", NORMAL, PUBLIC, "grid", "",
             "丢的是什么，在哪个楼下"),
    Category("sanitation.dirty-road", "路面脏、有污渍", "sanitation", "06012", NORMAL, PUBLIC, "chengguan", "",
             "哪一段路，是泥、油还是落叶"),
    Category("sanitation.dirty-green", "绿地里脏乱", "sanitation", "06017", NORMAL, PUBLIC, "chengguan", "",
             "哪块绿地，里面有什么"),
    Category("sanitation.public-toilet", "公厕脏、坏、没水", "sanitation", "03001", NORMAL, PUBLIC, "chengguan", "",
             "哪座公厕，是脏、坏还是没水"),
    Category("sanitation.pests", "老鼠、蟑螂、蚊蝇多", "sanitation", "", NORMAL, PUBLIC, "health", "",
             "在哪里见到的，什么时候多"),

    # 公共设施
    Category("facilities.street-lamp", "路灯不亮", "facilities", "01037", NORMAL, PUBLIC, "chengguan", "",
             "哪条路、哪几盏，灯杆上有编号就写编号"),
    Category("facilities.manhole", "井盖坏了、丢了", "facilities", "01023", EMERGENCY, PUBLIC, "chengguan", "110",
             "在路中间还是路边，有没有人围挡；井盖上的字（水、电、热……）"),
    Category("facilities.broken-road", "路面坑洼、破损", "facilities", "06013", NORMAL, PUBLIC, "chengguan", "",
             "哪条路、哪一段，坑有多大，有没有人摔过"),
    Category("facilities.fitness", "健身器材、座椅坏了", "facilities", "01046", NORMAL, PUBLIC, "community", "",
             "哪个小广场，哪一件，怎么坏的"),
    Category("facilities.lift", "电梯坏了、停运", "facilities", "01076", URGENT, PUBLIC, "property", "",
             "几号楼几单元，停了多久；有人被困请选“电梯里困了人”"),
    Category("facilities.barrier-free", "台阶、坡道、盲道坏了", "facilities", "06052", NORMAL, PUBLIC, "chengguan", "",
             "在哪里，轮椅、盲杖过不过得去"),
    Category("facilities.sign", "信号灯、标线、路牌有问题", "facilities", "02010", URGENT, PUBLIC, "traffic", "",
             "哪个路口，灯不亮、乱闪还是看不清"),

    # 物业与老旧小区
    Category("property.entry-door", "门禁、单元门坏了", "property", "", NORMAL, PUBLIC, "property", "",
             "几号楼几单元，打不开还是关不上"),
    Category("property.roof-leak", "屋顶、外墙漏水", "property", "", NORMAL, PUBLIC, "housing", "",
             "几楼，漏了多久，下雨漏还是一直漏"),
    Category("property.stairwell", "楼道灯不亮、楼道脏", "property", "", NORMAL, PUBLIC, "property", "",
             "几号楼几单元几层"),
    Category("property.parking-shortage", "小区停车难", "property", "", HARD, PUBLIC, "community", "",
             "什么时候最挤，您觉得哪里能划车位"),
    Category("property.lift-installation", "想加装电梯", "property", "", HARD, PUBLIC, "housing", "",
             "几号楼几单元，几户同意、几户有顾虑"),
    Category("property.service", "物业服务、收费、业委会", "property", "", NORMAL, PUBLIC, "housing", "",
             "哪家物业，哪件事没做好或哪笔钱说不清"),

    # 安全隐患
    Category("safety.fire-smoke", "起火、冒烟", "safety", "", EMERGENCY, PUBLIC, "fire", "119",
             "在哪里，什么在烧，有没有人在里面"),
    Category("safety.gas-smell", "闻到燃气味、漏气", "safety", "", EMERGENCY, PUBLIC, "gas", "gas",
             "几号楼，屋里闻到还是楼道闻到"),
    Category("safety.trapped-in-lift", "电梯里困了人", "safety", "01076", EMERGENCY, PUBLIC, "fire", "119",
             "几号楼几单元，停在几层，里面有几个人"),
    Category("safety.person-in-danger", "有人打架、受伤害、突发急病", "safety", "", EMERGENCY, PERSONAL, "police", "110",
             "在哪里，要不要救护车（120)"),
    Category("safety.collapse", "路面塌陷、房屋要塌", "safety", "", EMERGENCY, MAJOR, "housing", "110",
             "在哪里，多大，人和车躲开了没有"),
    Category("safety.fallen-cable", "电线、网线垂落", "safety", "10002", EMERGENCY, PUBLIC, "telecom", "power",
             "在哪里，离地多高，有没有火花；请不要用手碰"),
    Category("safety.blocked-fire-lane", "消防通道被占、被锁", "safety", "09012", URGENT, PUBLIC, "fire", "",
             "哪个通道，是车、杂物还是锁着的门"),
    Category("safety.wire-charging", "飞线充电、电动车上楼", "safety", "", URGENT, PUBLIC, "grid", "",
             "几号楼几单元，拉线还是推进楼里充"),
    Category("safety.gas-hose", "燃气软管、阀门老化", "safety", "", URGENT, PERSONAL, "gas", "",
             "几号楼，软管裂了还是接头松了；闻到味请选“闻到燃气味”"),
    Category("safety.falling-object", "外墙、广告牌、树枝要掉下来", "safety", "", URGENT, PUBLIC, "housing", "",
             "在哪里，几层楼高，下面走不走人"),
    Category("safety.flooding", "下雨积水", "safety", "", URGENT, PUBLIC, "chengguan", "",
             "哪里，水到脚面还是膝盖，有没有进屋"),
    Category("safety.ice", "路面结冰、积雪", "safety", "10001", URGENT, PUBLIC, "chengguan", "",
             "哪条路、哪个坡，有没有人滑倒"),

    # 市容秩序
    Category("order.car-parking", "汽车乱停", "order", "09009", NORMAL, PUBLIC, "traffic", "",
             "停在哪里，挡了什么；不用写车牌"),
    Category("order.bike-parking", "电动车、共享单车乱放", "order", "09010", NORMAL, PUBLIC, "chengguan", "",
             "在哪里，挡了门、路还是盲道"),
    Category("order.shop-spill", "店家把东西摆到店外", "order", "09005", NORMAL, PUBLIC, "chengguan", "",
             "哪条街、做什么的店，占了多宽"),
    Category("order.street-stall", "占道摆摊", "order", "09006", NORMAL, PUBLIC, "chengguan", "",
             "在哪里，一般几点到几点，卖什么"),
    Category("order.small-ads", "小广告", "order", "07001", NORMAL, PUBLIC, "grid", "",
             "贴在哪里，大概多少"),
    Category("order.illegal-building", "私搭乱建", "order", "06001", HARD, PUBLIC, "chengguan", "",
             "在哪里，搭了什么，还在建还是早就有"),
    Category("order.private-lock", "私装地锁、占车位", "order", "06040", NORMAL, PUBLIC, "chengguan", "",
             "在哪里，是地锁、石墩还是旧物"),
    Category("order.clutter", "公共地方、楼道堆杂物", "order", "06036", NORMAL, PUBLIC, "grid", "",
             "几号楼几层或哪块空地，堆了什么"),
    Category("order.green-damage", "毁绿种菜、养鸡鸭", "order", "06045", NORMAL, PUBLIC, "chengguan", "",
             "哪块绿地，种了什么或养了什么"),
    Category("order.fumes", "油烟、烧烤、烧树叶", "order", "06027", NORMAL, PUBLIC, "environment", "",
             "哪家店或哪个位置，什么时间味最大"),
    Category("order.site-dust", "工地扬尘、渣土车", "order", "08004", NORMAL, PUBLIC, "housing", "",
             "哪个工地，什么时候，路上有没有泥"),

    # 水电气暖
    Category("utilities.water", "停水、水压小、水质差", "utilities", "", URGENT, PUBLIC, "water", "",
             "几号楼几层，什么时候开始，一家还是整栋"),
    Category("utilities.burst-pipe", "水管爆了", "utilities", "", EMERGENCY, PUBLIC, "water", "water",
             "在哪里，水有多大，淹到什么地方"),
    Category("utilities.power", "停电、电压不稳", "utilities", "", URGENT, PUBLIC, "power", "",
             "几号楼，什么时候开始，一家还是整栋"),
    Category("utilities.heating", "暖气不热、漏水", "utilities", "", URGENT, PUBLIC, "heating", "",
             "几号楼几层，屋里多少度，邻居热不热"),
    Category("utilities.gas-supply", "停气、火小", "utilities", "", URGENT, PUBLIC, "gas", "",
             "几号楼，什么时候开始，一家还是整栋"),
    Category("utilities.blocked-drain", "下水道堵、污水往外冒", "utilities", "", URGENT, PUBLIC, "chengguan", "",
             "在家里、楼下还是路上，冒了多久"),
    Category("utilities.broadband", "宽带、手机信号差", "utilities", "", NORMAL, PUBLIC, "telecom", "",
             "几号楼，哪家运营商，什么时候差"),

    # 矛盾纠纷
    Category("disputes.upstairs-leak", "楼上漏水到楼下", "disputes", "", NORMAL, PERSONAL, "community", "",
             "漏到哪里，漏了多久，和楼上说过没有"),
    Category("disputes.noise", "邻居、广场舞、店铺噪声", "disputes", "06028", NORMAL, PERSONAL, "police", "",
             "什么声音，一般几点到几点"),
    Category("disputes.site-noise", "夜里施工吵", "disputes", "08001", URGENT, PUBLIC, "environment", "",
             "哪个工地，几点还在响"),
    Category("disputes.dogs", "养狗：不拴绳、狗叫、狗屎", "disputes", "", NORMAL, PERSONAL, "police", "",
             "在哪里，什么时候；有人被咬请先去医院"),
    Category("disputes.neighbours", "邻里、家庭矛盾", "disputes", "", NORMAL, PERSONAL, "community", "",
             "想请谁来说和，什么时间方便；不想写的可以不写"),
    Category("disputes.consumer", "买东西、吃饭、充卡有纠纷", "disputes", "", NORMAL, PERSONAL, "market", "",
             "哪家店，什么时候，花了多少，想怎么解决"),
    Category("disputes.wages", "拖欠工资", "disputes", "", HARD, PERSONAL, "labour", "",
             "哪家单位、几个月、几个人，有没有合同或工资条"),

    # 帮扶服务
    Category("help.errand", "代办、跑腿、不会用手机", "help", "", NORMAL, PERSONAL, "grid", "",
             "要办什么，什么时间上门方便"),
    Category("help.doctor-visit", "陪看病、取药、家庭医生", "help", "", NORMAL, PERSONAL, "health", "",
             "哪天、去哪家医院，走路方便不方便；病情不用写"),
    Category("help.elder-care", "老人吃饭、洗澡、上门看望", "help", "", NORMAL, PERSONAL, "civil-affairs", "",
             "要什么帮助，一天里什么时间合适"),
    Category("help.disability", "残疾人服务、年审、辅具", "help", "", NORMAL, PERSONAL, "disabled", "",
             "要办哪一项；类别和等级不用写"),
    Category("help.hardship", "低保、临时救助", "help", "", NORMAL, PERSONAL, "civil-affairs", "",
             "遇到什么难处，方便怎么联系您"),
    Category("help.veteran", "退役军人服务", "help", "", NORMAL, PERSONAL, "veterans", "",
             "要办哪一项"),
    Category("help.jobs", "找工作、社保、医保", "help", "", NORMAL, PERSONAL, "labour", "",
             "想找什么活，或者哪一项社保医保没办成"),

    # 意见咨询
    Category("opinion.ask", "问政策、问怎么办", "opinion", "", NORMAL, PERSONAL, "community", "",
             "想问哪件事"),
    Category("opinion.suggest", "提建议", "opinion", "", NORMAL, PUBLIC, "community", "",
             "您建议怎么做，对谁有好处"),
    Category("opinion.thanks", "表扬、感谢", "opinion", "", NORMAL, PERSONAL, "community", "",
             "想谢谁、谢哪件事"),
    Category("opinion.service", "对办事人员、答复不满意", "opinion", "", NORMAL, PERSONAL, "community", "",
             "哪件事、哪个环节；有编号就写编号"),

    # 说不清
    Category("other.unsure", "说不清归哪类", "other", "", NORMAL, PUBLIC, "community", "",
             "照您的话写，我们来分"),
)

CONFUSABLES = (
    Confusable(("sanitation.loose-litter", "sanitation.overflowing-bin", "sanitation.old-heap"),
               "没有桶、散在地上的是“散落垃圾”；桶里冒出来的是“垃圾桶满了”；堆成堆、有些日子的是“堆了很久”。"),
    Confusable(("order.shop-spill", "order.street-stall"),
               "有店面、摆到门外的是“店外”；没有店面、在路上卖的是“占道摆摊”。"),
    Confusable(("sanitation.dirty-green", "order.green-damage"),
               "绿地里有垃圾是“脏乱”；把草踩了、拔了、种上菜是“毁绿”。"),
    Confusable(("order.clutter", "sanitation.bulky-waste", "order.site-dust"),
               "居民堆的东西是“堆杂物”；整件丢掉的家具是“旧家具”；工地的沙石料选“工地”。"),
    Confusable(("sanitation.dirty-road", "order.site-dust"),
               "路本来就没扫净是“路面脏”；车上一路撒下来的泥沙选“渣土车”。"),
    Confusable(("property.roof-leak", "disputes.upstairs-leak", "utilities.heating"),
               "房顶、外墙进水是“屋顶漏水”；楼上人家漏下来是“楼上漏水”；暖气片、暖气管漏选“暖气”。"),
    Confusable(("utilities.blocked-drain", "safety.flooding"),
               "晴天也冒水是“下水道堵”；下雨才积水是“积水”。"),
    Confusable(("facilities.lift", "safety.trapped-in-lift"),
               "电梯停了、里面没人是“电梯坏了”；有人在里面，先打 119。"),
    Confusable(("safety.gas-smell", "safety.gas-hose", "utilities.gas-supply"),
               "闻到味就是“燃气味”，先出门再打电话；只是管子旧了选“软管老化”；没有气选“停气”。"),
    Confusable(("disputes.noise", "disputes.site-noise"),
               "邻居、店铺、跳舞的声音是“噪声”；工地的声音选“夜里施工吵”。"),
    Confusable(("facilities.street-lamp", "property.stairwell"),
               "马路和小区路上的是“路灯”；楼梯间里的是“楼道灯”。"),
    Confusable(("order.car-parking", "safety.blocked-fire-lane", "property.parking-shortage"),
               "停在画着“消防”的黄线里选“消防通道被占”；停得乱选“汽车乱停”；车位不够选“停车难”。"),
)
# fmt: on

UNSURE = "other.unsure"
CATEGORY_BY_CODE = {category.code: category for category in CATEGORIES}


def category_of_code(code) -> Category:
    """Return the category with this code; an unknown or empty code is “说不清”, never an error."""
    return CATEGORY_BY_CODE.get(code) or CATEGORY_BY_CODE[UNSURE]
