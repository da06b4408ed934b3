"""Which words of a report may mean danger, whom to call first, and what is proposed to the person who decides. Pure.

Only the words are read, never who wrote them: nothing is kept of a person and nothing follows but that somebody
looks at once. A word too many costs a look, a word too few a life: what is unclear is heard. Rule, sources, what is
left out on purpose: docs/policy/danger.md.

In `signs` and `unless` a bar parts the ways of saying it and “…” stands for up to eight characters of one sentence.
Where an `unless` lies over a sign, that sign is not heard; another one in the same report is.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from yige.cases.categories import CALL_FIRST, UNSURE
from yige.cases.words import Nature, Urgency


class Danger(NamedTuple):
    kind: str
    label: str
    numbers: tuple
    category: str
    nature: str
    advice: str
    signs: str
    unless: str

    @property
    def of_life(self) -> bool:
        """Say whether somebody may be about to end his or her life: then the page speaks as a neighbour would."""
        return self.kind == "life"


class Hearing(NamedTuple):
    """A danger that was heard, and the words that say so, as they stand in the report."""

    danger: Danger
    quotes: tuple


# What people say of what may happen, and not of what does.
MAYBE = "(万一|一旦|如果|假如|倘若|要是|容易|极易|担心|生怕|害怕|以免|避免|防止|预防|杜绝|引起|引发|导致|造成|迟早|随时)"
LIFE_ADVICE = (
    "您愿意说出来，这很要紧。请现在就打 12356，电话那头有人听您说，可以不说名字。打不通，或者此刻就有危险，"
    "请打 120 或 110。身边有信得过的人，请他来陪着您；您说的是别人，请先陪着他。"
)
OLD = "(老人|老太|老头|大爷|大妈|大娘|奶奶|爷爷|老伯|独居|邻居|对门|隔壁)"
CHILD = "(孩子|小孩|娃|儿子|女儿|孙子|孙女|宝宝|婴儿|老人|老太|老头|大爷|奶奶|爷爷|妈妈|爸爸)"

# fmt: off
DANGERS = (
    #      kind         what it may be        call these          usual category              whom it concerns
    Danger("life",      "有人可能想不开",     ("12356", "120", "110"), "safety.person-in-danger", Nature.PERSONAL, LIFE_ADVICE,
           "不想活|不想再活|活不下去|活着没意思|活着没意义|活着没劲|没法活|没有活路|活够了|不如死|死了算|一死了之|想死|寻死|"
           "轻生|自杀|自尽|自残|跳楼|跳河|跳桥|跳江|跳湖|割腕|上吊|喝农药|喝敌敌畏|喝百草枯|喝药自|喝药寻|服毒|遗书|"
           "结束生命|结束自己|了结自己|想不开|寻短见|走绝路|走上绝路|(吃|吞)…(安眠药|整瓶药)",
           "跳楼价|跳楼机|跳楼…(甩卖|处理|促销)|想死你|自杀式|想不开门"),
    Danger("gas",       "可能漏燃气",         ("119", "120"),     "safety.gas-smell",         Nature.PUBLIC, CALL_FIRST["gas"],
           "(煤气|煤汽|媒气|燃气|天然气|液化气|瓦斯|沼气)…(味|漏|泄|嘶嘶|中毒)|漏(煤气|燃气|天然气|液化气|气)|"
           "(臭鸡蛋|臭鸡旦)…味|中煤气|一氧化碳|(燃气|煤气|天然气)报警器…响",
           "(暖气|轮胎|车胎|空调|气球|冰箱|水管)…漏气|燃气…(漏水|遗漏)|(没有|没|无)…煤气味|一氧化碳(报警器|检测|探测)"),
    Danger("fire",      "可能起火",           ("119",),           "safety.fire-smoke",        Nature.PUBLIC, CALL_FIRST["119"],
           "着火|着了火|起火|失火|走水了|冒(黑|白|浓|青|大|好多)?烟|冒火|浓烟|烧起来|(突发|发生|起了|好大的)大火|火光|爆燃|(要|发生|在|已经|突然)爆炸|爆炸声|爆炸了|"
           "(焦糊|烧焦|烧糊|糊)味|(电动车|电瓶车|电池|配电箱|电表箱)…(冒火|烧着)",
           f"{MAYBE}…(着火|起火|失火|爆炸|大火|冒烟)|(烟囱|烧烤|油烟|饭店|餐馆|烟筒|车间|工厂|电厂|排气|汽车)…(冒…烟|浓烟)|冒…烟…(烟囱|烧烤)|(随|朝|向|沿)着火|着火车|重大火|"
           "着火点|起火点|灭…大火|防…(着火|起火|失火)|(去年|前年|以前|曾经|曾)…(着火|起火|失火)"),
    Danger("power",     "可能有人触电",       ("120", "95598"),   "safety.fallen-cable",      Nature.PUBLIC, CALL_FIRST["power"],
           "漏电|触电|(被|给)电(了|到|着|倒|死|伤)|电(死|伤|到|着|倒)了?(人|我|孩子|老人|狗)|摸…(麻手|发麻)|麻手|"
           "(电线|高压线|电缆|线缆)…(断|掉|垂|落|拖)…(地|路|头|人|下来)|(冒|打|有)火花",
           f"漏电(保护|开关|断路|检测)|防漏电|{MAYBE}…(漏电|触电)|(去年|前年|曾经)…(漏电|触电)"),
    Danger("trapped",   "可能有人被困",       ("119", "110"),     "safety.trapped-in-lift",   Nature.PUBLIC, CALL_FIRST["119"],
           "(困|关|卡)在…(电梯|轿厢|井|屋|房|车|门|楼|水)|电梯…(困|关)…人|被困|困住|(锁|关)在(车|屋|家|房)里|反锁在|"
           "(孩子|小孩|娃|老人)…(卡住|夹住|卡在|夹在)",
           f"被困难|困扰|{MAYBE}…(困在|被困|困住|困人)|(去年|前年|曾经|经常|多次)…(困在|被困|困住|困人)"),
    Danger("ill",       "可能有人急病或受伤", ("120",),           "safety.person-in-danger",  Nature.PERSONAL, CALL_FIRST["120"],
           "晕倒|昏倒|昏迷|昏过去|不省人事|叫不醒|喊不醒|没气了|没有?呼吸|喘不(上|过)气|上不来气|抽搐|口吐白沫|吐血|大出血|"
           "血流不止|流…好多血|胸口(疼|痛|闷)|心脏病(犯|发)|心梗|中风了|(味|闻|熏|呛)…(头晕|头昏|恶心|想吐|呕吐)|"
           "头晕…(厉害|站不|恶心|味)|(摔|跌)…(起不来|动不了|不能动|不动了|流血)|(人|老人|大爷|大妈|奶奶|爷爷|孩子)…倒在(地|路|楼)|摔倒在地|中毒了|噎住|羊水破|快要生了|"
           "救命|烫伤|烧伤|被(狗|犬)咬",
           f"救命…(钱|药|恩|稻草|之)|压…喘不过气|{MAYBE}…(中毒|晕倒|烫伤|烧伤)|(经常|有时)…(头晕|恶心)"),
    Danger("violence",  "可能有人正受伤害",   ("110", "120"),     "safety.person-in-danger",  Nature.PERSONAL, CALL_FIRST["110"],
           "(在|正在|又)打架|打起来|打人|动手打|(被|挨)…打(了|伤|得|死|骂)|挨打|家暴|打(老婆|媳妇|孩子|老人|我)|拿(着|了)?刀|持刀|"
           "拿…(砍|捅)|(砍|捅|要杀|打死|弄死|杀)(人|我|他|她|了)|行凶|抢劫|强奸|猥亵|(被|遭)绑架|绑架(了|我|人)|跟踪我|尾随|关起来不让|虐待|要放火|拿汽油",
           "(拨|接)打人|打人(工|社|力|民|家…电话)|拿刀…(切|割|刻)|(去年|前年)…(打架|打人|家暴)|被打(扫|造|开|断|乱|击|压|包|入)"),
    Danger("missing",   "可能有人走失被拐",   ("110",),           "safety.person-in-danger",  Nature.PERSONAL, CALL_FIRST["110"],
           f"拐卖|拐走|被拐|人贩子|抱走…孩子|孩子…被…抱走|{CHILD}…(不见了|走失|走丢|丢了|失踪|失联|找不到了|找不着了)|"
           "(走失|走丢|失踪)…(老人|孩子|小孩|人)",
           "被拐(弯|角)|(档案|证|书包|钱|手机|资料|材料|户口|电话)…(丢了|找不到了|不见了)"),
    Danger("silent",    "老人可能出了事",     ("110", "120"),     "safety.person-in-danger",  Nature.PERSONAL,
           "请先敲门、喊一喊，再打值班电话。屋里没人应，请打 110；看得见人倒下，请同时打 120。",
           f"{OLD}…(天|日|周|星期|好久)…(没|不)(开门|出门|出来|下楼|露面|见|看见|动静|接电话)|{OLD}…(敲门|喊|叫)…(没人应|不应|没反应|没动静|不开)|"
           "(几|两|三|四|五|六|七|好多)天没(开门|出门|下楼|露面)了?…(老人|老太|老头|大爷|奶奶|爷爷)|(屋|家)里…(尸臭|死人)|死在(屋|家)",
           "(店|铺|超市|药房|诊所|公厕|窗口|大厅|市场|社区|单位|物业|卫生室|服务站)…(没|不)开门"),
    Danger("water",     "可能有人落水坠井",   ("119", "120"),     "safety.person-in-danger",  Nature.PUBLIC,
           "请先打 119 和 120。别跳下去救，找绳子、竹竿、会浮的东西递给他。",
           "落水|溺水|(掉|跌|摔|滑|踩)(进|到|入|下|在)了?…(河|湖|沟|水里|水中|入水|池塘|水池|井|坑里)|掉(河|湖|水|井|沟)里|淹(着|到|死|没)…人|被(水|洪水)(冲走|冲跑)|"
           "(车|人)…(淹|泡)在水里",
           f"落水(管|斗|口|沟|井|泥|滴|系统)|水落水|防溺水|{MAYBE}…(溺水|落水|(掉|跌|摔|踩)…(河|湖|沟|井|坑))|"
           "(垃圾|污水|树叶|杂物|手机|钥匙)…(掉|落)…(河|湖|沟|井)"),
    Danger("collapse",  "可能坍塌坠落",       ("110", "119"),     "safety.collapse",          Nature.PUBLIC,
           "请先离远些，也叫别人离远些；有人受伤打 120，有人被压被困打 119，路上有车和人过打 110。",
           "(塌|垮)了|塌(陷|方|下)|坍塌|垮塌|倒塌|(要|快|就)(塌|倒下来|砸下来)|(墙|树|广告牌|架子|围挡)…(倒了|倒下)|"
           "(砸|掉|坠)…(到|中|伤|死)了?(人|我|孩子|老人|行人)|脚手架…(倒|垮|塌)",
           f"{MAYBE}…(塌|垮|砸)|豆腐渣|(去年|前年|曾经|早就|多年)…(塌|垮)"),
    Danger("crash",     "可能有人被车撞",     ("120", "122"),     "safety.person-in-danger",  Nature.PUBLIC,
           "有人受伤先打 120，再打 122 或 110；别随便搬动伤者，请后面的车停一停。",
           "(车祸|撞(人|倒|伤|死|到人|了人|到了人|着人))", f"{MAYBE}…(车祸|撞)|(去年|前年|曾经|多次|经常|已经发生|发生过|频发)…(车祸|撞)|车祸(频|隐患|多发)"),
    Danger("manhole",   "路上可能有坑洞",     ("110",),           "facilities.manhole",       Nature.PUBLIC,
           "请先拿显眼的东西挡一挡，提醒过路的人和车；有人掉下去，打 119 和 120。",
           "井盖…(没了|丢了|不见了|被偷|掉下去|塌|碎了|断了|翻了)|(没有|没|缺)井盖|井口…(敞|露)|敞着…井", ""),
    Danger("burst",     "可能爆了水管",       (),                 "utilities.burst-pipe",     Nature.PUBLIC, CALL_FIRST["water"],
           "(水管|自来水管|主管道|暖气管|供水管|管道|消防管)…(爆了|爆裂|爆开|喷水|喷出)|爆管|水…(喷|涌)…出来", f"{MAYBE}…爆|(经常|多次|老是|总是)…爆管"),
)
# fmt: on

BY_KIND = {danger.kind: danger for danger in DANGERS}
DANGER_KINDS = tuple(BY_KIND)
GAP = r"[^。！？!?；;\n]{0,8}?"
# The signs of this table in their traditional form, as some write them.
TRADITIONAL, SIMPLE = (
    "氣電煙殺樓進聞頭暈墜個這們來沒開門見動靜孩兒點燒裡裏壓鎖斷線掛傷強劫綁貓賣詐騙跡傾觸媽爺塌陷車禍與藥農遺書輕絕",
    "气电烟杀楼进闻头晕坠个这们来没开门见动静孩儿点烧里里压锁断线挂伤强劫绑猫卖诈骗迹倾触妈爷塌陷车祸与药农遗书轻绝",
)
_IN_SIMPLE = str.maketrans(TRADITIONAL, SIMPLE)


def hear(*texts) -> list[Hearing]:
    """Return every danger that these texts may speak of, in the order of the table, with the words that say so."""
    text = "\n".join(text for text in texts if text)
    signs = [(sign, place) for place, char in enumerate(text) for sign in plain_words(char)]
    plain = "".join(sign for sign, _ in signs)
    heard = []
    for danger in DANGERS:
        spans = ((signs[start][1], signs[end - 1][1] + 1) for start, end in _spans(danger.kind, plain))
        if quotes := tuple(dict.fromkeys(text[start:end] for start, end in spans)):
            heard.append(Hearing(danger, quotes))
    return heard


def plain_words(text) -> str:
    """Return words as the table writes them: half width, simple characters, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split(" ")).translate(_IN_SIMPLE)


def _spans(kind, plain):
    signs, unless = patterns(kind)
    excused = [found.span() for found in unless.finditer(plain)] if unless else []
    return [found.span() for found in signs.finditer(plain) if not _lies_in(found.span(), excused)]


def _lies_in(span, excused):
    return any(start < span[1] and span[0] < end for start, end in excused)


@cache
def patterns(kind) -> tuple[re.Pattern, re.Pattern | None]:
    """Return what is heard and what excuses it, as patterns that a browser reads alike."""
    danger = BY_KIND[kind]
    return tuple(re.compile(in_full(each)) if each else None for each in (danger.signs, danger.unless))


def in_full(ways) -> str:
    """Return a cell of the table as a regular expression, of Python and of a browser alike."""
    return ways.replace("(", "(?:").replace("…", GAP)


def browser_table() -> dict:
    """Return the table as a browser reads it, to say whom to call while somebody types."""
    rows = [{"kind": row.kind, "signs": in_full(row.signs), "unless": in_full(row.unless)} for row in DANGERS]
    return {"traditional": TRADITIONAL, "simple": SIMPLE, "dangers": rows}


def kinds_in(names) -> set:
    """Return the kinds that a case keeps."""
    return set(filter(None, names.split(",")))


def joined_kinds(*kinds) -> str:
    """Return kinds as a case keeps them, each once, in the order of the table."""
    return ",".join(kind for kind in DANGER_KINDS if kind in kinds)


def dangers_of(names) -> list[Danger]:
    """Return the dangers that a case keeps; a kind that is no longer in the table is left out."""
    return [BY_KIND[kind] for kind in DANGER_KINDS if kind in kinds_in(names)]


def proposed_code(names, chosen) -> str:
    """Return the code of the usual category of the first danger when the reporter chose none, else the chosen one."""
    found = dangers_of(names)
    return found[0].category if found and chosen == UNSURE else chosen


def proposed_urgency(names, chosen) -> str:
    """Return the urgency to put before the person who decides: danger is an emergency until somebody has looked."""
    return Urgency.EMERGENCY if dangers_of(names) else chosen
