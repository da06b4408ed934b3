"""The closed lists of a deliberation: its states, who raised it, the forms of decision, what came of one."""

from django.db.models import TextChoices


class Stage(TextChoices):
    RAISED = "raised", "等研究"
    LISTED = "listed", "列入议题"
    NOTICED = "noticed", "已通知，等开会"
    MET = "met", "开过会，等结果"
    SHOWN = "shown", "正在公示"
    SETTLED = "settled", "已定，在落实"
    ANSWERED = "answered", "办完，已反馈"
    DECLINED = "declined", "没有列入"
    DROPPED = "dropped", "不再议"


OPEN_STAGES = (Stage.RAISED, Stage.LISTED, Stage.NOTICED, Stage.MET, Stage.SHOWN, Stage.SETTLED)


class RaisedFrom(TextChoices):
    """Where a matter comes from."""

    RESIDENT = "resident", "居民"
    HEAD = "head", "网格长"
    OWNERS = "owners", "业主委员会"
    HALL = "hall", "居民议事厅"
    SECRETARY = "secretary", "书记有约"
    TOPIC = "topic", "专题"
    CASES = "cases", "反复反映的事"


class TakenAs(TextChoices):
    """What becomes of a matter that was raised with a head."""

    MATTER = "matter", "列入居民议事研究"
    CASE = "case", "登记成事项"
    ANSWER = "answer", "当场答复了"


class DecisionForm(TextChoices):
    """Three forms that are never mixed."""

    OPINION = "opinion", "协商意见"
    REPRESENTATIVES = "representatives", "居民代表会议决定"
    OWNERS = "owners", "业主共同决定"


class Verdict(TextChoices):
    """What came of it; an opinion is none of the three that count."""

    AGREED = "agreed", "形成了协商意见"
    NOT_AGREED = "not_agreed", "没有形成一致意见"
    CARRIED = "carried", "通过"
    LOST = "lost", "没有通过"
    NO_QUORUM = "no_quorum", "参与的不够，不成立"


TO_CARRY_OUT = (Verdict.AGREED, Verdict.CARRIED)
NOTICE_DAYS = 3
PUBLIC_DAYS = 7


class BallotChoice(TextChoices):
    YES = "yes", "同意"
    NO = "no", "不同意"
    ABSTAINED = "abstained", "弃权"
    INVALID = "invalid", "无效票"


class BallotOrigin(TextChoices):
    ONLINE = "online", "网上"
    PAPER = "paper", "纸票"
    PROXY = "proxy", "委托（有委托书）"


ON_PAPER = (BallotOrigin.PAPER, BallotOrigin.PROXY)
CHOICES_OF_A_VOTER = (BallotChoice.YES, BallotChoice.NO, BallotChoice.ABSTAINED)
