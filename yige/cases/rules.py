"""The numbers of the rules, their limits and reasons; an administrator may set them within the limits.

`working.<mark>` switches one mark of 13710 from calendar days (the default, no source says otherwise) to
working days of the editable calendar.
"""

from typing import NamedTuple

from yige.cases.models.tables import RuleValue
from yige.lib.short_cache import ShortCache


class Rule(NamedTuple):
    name: str
    label: str
    value: int
    low: int
    high: int
    unit: str
    why: str


# fmt: off
RULES = (
    #    name                  label                       value low high  unit    why
    Rule("cut_off_hour",       "当日受理截止",                17,  12,  23, "点",   "晚于此时收到的，责任时限从次日算；反映人看到的时间照旧。"),
    Rule("yellow_hours",       "到期前提醒",                  4,   1,  24, "小时", "到期前自动催办，不计入任何人的考核。"),
    Rule("danger_minutes",     "险情没有人应",                10,   3,  60, "分钟", "没有人看、没有人办，过了这么久再叫一遍；再过一倍叫到上一级，夜里也叫。"),
    Rule("reopen_days",        "可要求重办的期限",           15,   7,  60, "天",   "办结后反映人可以说“没解决”。"),
    Rule("silence_days",       "回访不上的等待期",           15,   7,  60, "天",   "两次回访都联系不上，等满此期按“未联系上”销号，不算满意。"),
    Rule("follow_up_attempts", "回访次数",                    2,   2,   5, "次",   "不同日期各一次。"),
    Rule("extension_days",     "一次延期最长",               30,   1,  90, "天",   "到期前申请，一般只准一次；再次延期由一级网格长批。"),
    Rule("parking_days",       "挂账复核间隔",               30,   7,  30, "天",   "挂账要有计划，每次复核不超过三十天，始终在清零台账里。"),
    Rule("look_back_first",    "第一次回头看",               30,   7,  90, "天",   "重大事项办结后。"),
    Rule("look_back_second",   "第二次回头看",               90,  30, 365, "天",   "重大事项办结后。"),
    Rule("look_back_share",    "回头看抽查",                 10,   1, 100, "%",    "一般事项办结以后抽签，抽到的由上一级回头看；谁也不能挑。"),
    Rule("check_share",        "自行处置抽查",                5,   1, 100, "%",    "自己发现自己处置的，由别人抽查。"),
    Rule("reporter_days",      "反映人资料保留",            180,  30, 365, "天",   "销号后到期删除称呼、电话、邮箱。"),
    Rule("wait_days.grid",     "交回网格的多久安排",          1,   1,  10, "个工作日", "一般事项；过了的告诉三级网格长，台账上标出来。事项自己的时限照算。"),
    Rule("wait_days.community", "报到社区的多久安排",         1,   1,  10, "个工作日", "一般事项；过了的告诉二级网格长，台账上标出来。"),
    Rule("wait_days.street",   "报到街道的多久安排",          1,   1,  10, "个工作日", "一般事项；过了的告诉一级网格长，台账上标出来。"),
    Rule("wait_days.district", "报到区级的多久安排",          3,   1,  15, "个工作日", "一般事项；过了的告诉区级统筹岗，街道也看得到。"),
    Rule("wait_days.city",     "报到市级的多久答复",         10,   1,  30, "个工作日", "一般事项；过了的告诉区级统筹岗和街道，好去问。"),
    Rule("wait_hours.street",  "上报的急事多久安排",          4,   1,  24, "小时", "网格、社区、街道；夜里和周末照算。"),
    Rule("wait_hours.above",   "报到区级以上的急事",         24,   1,  72, "小时", "夜里和周末照算。"),
    Rule("wait_minutes.street", "上报的紧急事项多久安排",    30,   5, 120, "分钟", "网格、社区、街道；夜里和周末照算。"),
    Rule("wait_minutes.above", "报到区级以上的紧急事项",     60,  10, 240, "分钟", "夜里和周末照算。"),
    Rule("weight_contact",     "考评：联系及时",              20,   0, 100, "分",   "派单后 24 小时内联系反映人。"),
    Rule("weight_kept",        "考评：时限都做到",            25,   0, 100, "分",   "13710 的时限，到月底还超着的也算没有做到。"),
    Rule("weight_solved",      "考评：说解决了",              30,   0, 100, "分",   "解决最要紧，所以分最多。"),
    Rule("weight_satisfied",   "考评：说满意",                10,   0, 100, "分",   "解决和满意是两件事，满意不压过解决。"),
    Rule("weight_reopened",    "考评：没有再办",              10,   0, 100, "分",   "办结以后又重新办理的越少越好。"),
    Rule("weight_promised",    "考评：答应的做到",             5,   0, 100, "分",   "走访时答应居民的日子。"),
    Rule("open_figures_days",  "上个月的数几天后公布",       10,   1,  28, "天",   "月底办结的，等反映人说过解决没有再数；公布以后不再变。"),
    Rule("owners_vote_online", "业主在本系统投的票算数",      0,   0,   1, "",     "0 为不算：投在住房保障部门的系统里，这里接收正式结果；1 为算。"),
    Rule("working.day1",       "当天：按工作日算",            0,   0,   1, "",     "0 为自然日，1 为工作日。"),
    Rule("working.day3",       "3天：按工作日算",             0,   0,   1, "",     "0 为自然日，1 为工作日。"),
    Rule("working.day7",       "7天：按工作日算",             0,   0,   1, "",     "0 为自然日，1 为工作日。"),
    Rule("working.check",      "核查办结：按工作日算",        0,   0,   1, "",     "0 为自然日，1 为工作日。"),
)
# fmt: on

RULE_BY_NAME = {rule.name: rule for rule in RULES}
REREAD_SECONDS = 20  # other processes see a changed rule after this
_kept = ShortCache(REREAD_SECONDS)


def value(name) -> int:
    """Return the value in force of one rule."""
    return values()[name]


def values() -> dict[str, int]:
    """Return the values in force of all rules by name, read again every twenty seconds."""
    return _kept.of("values", read_values)


def read_values() -> dict[str, int]:
    set_by_hand = dict(RuleValue.objects.values_list("name", "value"))
    return {rule.name: set_by_hand.get(rule.name, rule.value) for rule in RULES}


def reread_values() -> None:
    """Read the values anew; called where one was just changed."""
    _kept.forget()
