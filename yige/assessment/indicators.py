"""The indicators of units: what counts, out of what, what is left out and why, as one table. Rule: docs/policy/assessment.md.

Each is two conditions on one row of the ledger (`bases.py`): which rows there are, and which of them meet it. Everything
that tells a figure (pages, sheets, screens) asks `figures.py`, which counts by these conditions and opens its rows by the
same ones. An indicator is about a unit, never about a person.
"""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import F, Q

CONTACT_WITHIN = timedelta(hours=24)


class Indicator(NamedTuple):
    """`better` is "up" or "down", "" where neither is a merit; `counter` names the figure that stands beside it."""

    name: str
    label: str
    asks: str
    base: str
    among: Q
    met: Q
    met_label: str
    not_label: str
    better: str
    counter: str
    weight: str
    left_out: str
    source: str


EVERY = Q()
ANSWERED = Q(answered=True)
DISPATCHED = Q(dispatched_at__isnull=False)
OWN = "自己发现、自己处置的不算"

# fmt: off
INDICATORS = (
    #         name         label              what it asks                                       base        among       met                                                    rows that meet it   rows that do not    better  beside it     weight of it          left out                                             source
    Indicator("reopened",  "办结后又重办",    "办结的里面，后来又重新办理的占多少？",               "closings", EVERY,      Q(reopened_at__isnull=False),                          "又重办的",         "没有再办的",       "down", "solved",     "weight_reopened",    OWN,                                                 "返工率＝返工数/应结案数"),
    Indicator("contact",   "联系及时",        "派单后 24 小时内联系反映人的，占办结的多少？",       "closings", DISPATCHED, Q(contacted_at__lte=F("dispatched_at") + CONTACT_WITHIN), "24 小时内联系的", "没有在 24 小时内联系的", "up", "solved",    "weight_contact",     f"{OWN}；没有派过单的不算",                          "北京市接诉即办工作条例（24 小时内联系）"),
    Indicator("kept",      "时限都做到",      "本单位一个时限都没有误、后来也没有重办的，占办结的和到月底还超着时限的多少？", "due", EVERY, Q(late=False, open_late=False, reopened_at__isnull=True), "时限都做到的", "误了时限或者又重办的",       "up",   "reopened",   "weight_kept",        f"{OWN}；申诉后撤销的牌不算误；批准的延期、挂账按新的日子算", "13710；按期处置率＝按期处置数/应处置数（GB/T 30428.4 一类）"),
    Indicator("solved",    "说解决了",        "问到了的反映人里，都说解决了的占多少？",             "closings", ANSWERED,   Q(answered=True, said_no=False, said_partly=False),    "都说解决了的",     "有人说没有（全部）解决的", "up", "asked",  "weight_solved",      f"{OWN}；没有问到的不算，另有一项",                   "接诉即办“解决率”；并案的反映人一个一个都算"),
    Indicator("satisfied", "说满意",          "问到了的反映人里，都说满意或基本满意的占多少？",     "closings", ANSWERED,   Q(answered=True, unhappy=False),                       "都说满意的",       "有人说不满意的",   "up",   "asked",      "weight_satisfied",   f"{OWN}；没有问到的不算，另有一项",                   "接诉即办“满意率”：满意和基本满意"),
    Indicator("asked",     "问到了反映人",    "办结的里面，反映人自己评价或者回访问到的占多少？",   "closings", EVERY,      ANSWERED,                                              "问到的",           "没有问到的",       "up",   "solved",     "",                   OWN,                                                 "回访率；谁都不能替反映人说"),
    Indicator("again",     "同样的事又来",    "办结的里面，半年里同一处又来了同样的事的占多少？",   "closings", EVERY,      Q(came_again_at__isnull=False),                        "又来了的",         "没有再来的",       "down", "reopened",   "",                   f"{OWN}；没有受理的不算，同一处一周只算一次",         "回头看、举一反三"),
    Indicator("parked",    "办结前挂过账",    "办结的里面，挂过账的占多少？",                       "closings", EVERY,      Q(parked_at__isnull=False),                            "挂过账的",         "没有挂过账的",     "",     "kept",       "",                   OWN,                                                 "挂账不停反映人的时间"),
    Indicator("promised",  "答应的做到",      "答应居民、这个月到期的，按答应的日子做到的占多少？", "promises", EVERY,      Q(kept_in_time=True),                                  "按日子做到的",     "没有按日子做到的", "up",   "",           "weight_promised",    "向居民说明过办不了的不算",                           "走访时答应的日子"),
)
# fmt: on

INDICATOR_BY_NAME = {each.name: each for each in INDICATORS}
SCORED = tuple(each for each in INDICATORS if each.weight)
