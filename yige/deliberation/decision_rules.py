"""When a decision of neighbours is valid and carried: three forms, never mixed, in whole owners and 0.01 m². Pure.

Whole numbers are compared crosswise (part × under ≥ whole × over), so nothing is rounded. What counts as what:

- “以上” holds the number itself, “过半数” does not (民法典第 1259 条).
- One owner of many homes is one owner; co-owners of a home are one owner together (法释〔2009〕7号, 2020 revision, 第 9 条:
  an exclusive part is one, parts of one and the same buyer are one). So a right belongs to a set of owners.
- Area is what the register says (第 8 条), kept as whole hundredths of a square metre.
- Whoever hands in a paper takes part (民法典第 278 条 asks for 参与表决), whatever stands on it: an abstention and an invalid
  paper count as taking part and approve nothing. An approval is never taken from silence.

Rule: docs/policy/deliberation.md.
"""

from typing import NamedTuple

from yige.deliberation.words import DecisionForm, Verdict


class Share(NamedTuple):
    """So many owners (or representatives) with so much area, in 0.01 m²."""

    heads: int = 0
    area: int = 0

    def __add__(self, other):
        return Share(self.heads + other.heads, self.area + other.area)


class Tally(NamedTuple):
    """What was counted: all who may vote, and those who handed in what."""

    all: Share
    yes: Share = Share()
    no: Share = Share()
    abstained: Share = Share()
    invalid: Share = Share()

    @property
    def voting(self) -> Share:
        return self.yes + self.no + self.abstained + self.invalid


class Need(NamedTuple):
    """A share that is needed: at least `over`/`under`, or more than that."""

    over: int
    under: int
    more_than: bool
    label: str

    def is_met(self, part: int, whole: int) -> bool:
        """Say whether the part is enough; nothing is enough of nothing."""
        if whole <= 0:
            return False
        left, right = part * self.under, whole * self.over
        return left > right if self.more_than else left >= right

    def fewest(self, whole: int) -> int:
        """Return the smallest whole number that is enough."""
        if self.more_than:
            return whole * self.over // self.under + 1
        return max(-(-whole * self.over // self.under), 1)


TWO_THIRDS = Need(2, 3, False, "三分之二以上")
THREE_QUARTERS = Need(3, 4, False, "四分之三以上")
HALF = Need(1, 2, True, "过半数")


class Condition(NamedTuple):
    """One line of the worked sum: which part of which whole, in what, and how much is needed."""

    label: str
    part: str
    whole: str
    measure: str  # heads or area
    need: Need
    is_quorum: bool

    @property
    def share_words(self) -> str:
        return f"{'占全部的' if self.whole == 'all' else '占参与的'}{self.need.label}"


class Rule(NamedTuple):
    name: str
    label: str
    form: DecisionForm
    article: str
    conditions: tuple


def owners_rule(name, label, approval, article) -> "Rule":
    return Rule(name, label, DecisionForm.OWNERS, article, (
        Condition("参与表决的业主", "voting", "all", "heads", TWO_THIRDS, True),
        Condition("参与表决的面积", "voting", "all", "area", TWO_THIRDS, True),
        Condition("同意的业主", "yes", "voting", "heads", approval, False),
        Condition("同意的面积", "yes", "voting", "area", approval, False),
    ))  # fmt: skip


# fmt: off
RULES = (
    Rule("opinion", "协商意见", DecisionForm.OPINION, "《关于加强城乡社区协商的意见》（中办国办，2015年）", ()),
    Rule("representatives", "居民代表会议决定", DecisionForm.REPRESENTATIVES, "《城市居民委员会组织法》关于居民会议的规定", (
        Condition("到会的代表", "voting", "all", "heads", HALF, True),
        Condition("同意的代表", "yes", "voting", "heads", HALF, False),
    )),
    owners_rule("ordinary", "业主共同决定，一般事项", HALF, "民法典第 278 条第 2 款：参与三分之二以上，同意过半数"),
    owners_rule("special", "业主共同决定，特别事项", THREE_QUARTERS, "民法典第 278 条第 2 款：参与三分之二以上，同意四分之三以上"),
)


class Matter(NamedTuple):
    """What is decided: owners decide by the item of 民法典第 278 条第 1 款, the others by their own rule."""

    name: str
    label: str
    rule: str


MATTERS = (
    Matter("opinion",         "协商意见：大家商量，不是决定，没有约束力",         "opinion"),
    Matter("representatives", "居民代表会议决定",                               "representatives"),
    Matter("owners_1",        "业主共同决定（一）业主大会议事规则",               "ordinary"),
    Matter("owners_2",        "业主共同决定（二）管理规约",                       "ordinary"),
    Matter("owners_3",        "业主共同决定（三）选举或者更换业主委员会",          "ordinary"),
    Matter("owners_4",        "业主共同决定（四）选聘、解聘物业",                 "ordinary"),
    Matter("owners_5",        "业主共同决定（五）使用维修资金",                   "ordinary"),
    Matter("owners_6",        "业主共同决定（六）筹集维修资金",                   "special"),
    Matter("owners_7",        "业主共同决定（七）改建、重建（加装电梯在内）",       "special"),
    Matter("owners_8",        "业主共同决定（八）改变共有部分的用途、用它经营",     "special"),
    Matter("owners_9",        "业主共同决定（九）其他重大事项",                   "ordinary"),
)
# fmt: on
RULE_BY_NAME = {rule.name: rule for rule in RULES}
MATTER_BY_NAME = {matter.name: matter for matter in MATTERS}


def rule_of(matter: str) -> Rule:
    return RULE_BY_NAME[MATTER_BY_NAME[matter].rule]


class SumLine(NamedTuple):
    """A condition with its numbers; `missing` is how many more are needed of the whole as it is now."""

    condition: Condition
    part: int
    whole: int
    fewest: int
    is_met: bool
    missing: int

    @property
    def words(self) -> str:
        """Write the sum out: 参与表决的业主 210 户，一共 300 户，三分之二以上是 200 户：够."""
        shown, met = self.shown, "够" if self.is_met else f"不够，差 {self.shown(self.missing)}"
        return f"{self.condition.label} {shown(self.part)}，{self.base} {shown(self.whole)}，{self.condition.need.label}是 {shown(self.fewest)}：{met}"

    @property
    def base(self) -> str:
        return "一共" if self.condition.whole == "all" else "参与的"

    def shown(self, number: int) -> str:
        if self.condition.measure == "area":
            return area_words(number)
        return f"{number:,} {'户' if '业主' in self.condition.label else '人'}"


def worked_sum(rule: Rule, tally: Tally) -> list[SumLine]:
    """Return every condition of the rule with its numbers, in the order in which they are asked."""
    return [sum_line(condition, tally) for condition in rule.conditions]


def sum_line(condition: Condition, tally: Tally) -> SumLine:
    part = getattr(getattr(tally, condition.part), condition.measure)
    whole = getattr(getattr(tally, condition.whole), condition.measure)
    fewest = condition.need.fewest(whole)
    is_met = condition.need.is_met(part, whole)
    return SumLine(condition, part, whole, fewest, is_met, 0 if is_met else fewest - part)


def verdict_of_count(rule: Rule, tally: Tally) -> Verdict:
    """Return what came of a count; an opinion is not counted."""
    if not rule.conditions:
        raise ValueError("an opinion is not counted")
    lines = worked_sum(rule, tally)
    if not all(line.is_met for line in lines if line.condition.is_quorum):
        return Verdict.NO_QUORUM
    return Verdict.CARRIED if all(line.is_met for line in lines) else Verdict.LOST


def quorum_words(rule: Rule, tally: Tally) -> str:
    """Say what is still missing for a valid vote: 再有 37 户、2,310 平方米参与才有效."""
    quorum = [line for line in worked_sum(rule, tally) if line.condition.is_quorum]
    missing = [line.shown(line.missing) for line in quorum if not line.is_met]
    return f"再有 {'、'.join(missing)}参与才有效" if missing else "参与的已经够了，表决有效"


def can_still_carry(rule: Rule, tally: Tally) -> bool:
    """Say whether it would be carried if all who have not voted approved."""
    silent = Share(tally.all.heads - tally.voting.heads, tally.all.area - tally.voting.area)
    return verdict_of_count(rule, tally._replace(yes=tally.yes + silent)) == Verdict.CARRIED


CHOICES = ("yes", "no", "abstained", "invalid")


def area_words(hundredths: int) -> str:
    """2,310 平方米, 89.5 平方米: as exact as it is kept."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}{f'.{rest:02}'.rstrip('0') if rest else ''} 平方米"


def tally_faults(tally: Tally, form: DecisionForm) -> dict[str, str]:
    """Return a sentence for each number of a counted result that cannot be; areas are asked of owners alone."""
    found = {}
    if tally.all.heads <= 0:
        found["all_heads"] = "一共有多少，要大于 0。"
    elif tally.voting.heads > tally.all.heads:
        found["all_heads"] = (
            f"同意、不同意、弃权、无效加起来是 {tally.voting.heads:,}，比一共的 {tally.all.heads:,} 还多。"
        )
    if form != DecisionForm.OWNERS:
        return found
    if tally.all.area <= 0:
        found["all_area"] = "总面积要大于 0。"
    elif tally.voting.area > tally.all.area:
        found["all_area"] = (
            f"四项面积加起来是 {area_words(tally.voting.area)}，比总面积 {area_words(tally.all.area)} 还多。"
        )
    for name in CHOICES:
        part = getattr(tally, name)
        if bool(part.heads) != bool(part.area):
            found[f"{name}_area"] = "户数和面积对不上：有一个是 0，另一个不是。"
    return found
