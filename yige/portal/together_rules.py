"""The rules of calls and wishes in plain words, out of the tables and numbers that decide them."""

from datetime import timedelta

from yige.alliance import certificates, clockwork, seat_rules, wishes
from yige.alliance.words import HelpSkill

HOUR = timedelta(hours=1)


def hours_in(span) -> int:
    return span // HOUR


def call_rules() -> list[tuple[str, str]]:
    """Return (what it is about, how it is) for somebody who thinks of signing up."""
    return [
        ("谁能来", "自愿。名额先到先得，报满了排队，前面有人退了按先后问下一位。"),
        (
            "轮到您",
            f"{hours_in(seat_rules.OFFER_LASTS)} 小时里确认，当天的 {hours_in(seat_rules.OFFER_ON_THE_DAY)} 小时里确认，过了给下一位；夜里不算。",
        ),
        (
            "来不了",
            f"一点就退，不留记录。开始前不到 {hours_in(seat_rules.LATE)} 小时才退的，只告诉召集的人空出一个位，不说是谁。",
        ),
        (
            "时间撞了",
            f"两次召集重叠不超过 {hours_in(seat_rules.GRACE)} 小时、也不超过短的那次的一半，两边都能报。",
        ),
        (
            "提醒",
            f"前一天晚上 {seat_rules.EVENING.hour} 点和当天早上 {seat_rules.MORNING.hour} 点以后，各一次。",
        ),
        ("会什么", f"从 {len(HelpSkill)} 样里选，只有您自己看得到；召集正好要这一样，才问您一声。"),
        (
            "留多久",
            f"没来的 {clockwork.OTHER_DAYS} 天删掉，来过的为开证明留 {clockwork.COME_MONTHS // 12} 年；不累计，不排名。",
        ),
        (
            "证明",
            f"免费，自己开；证明号 {certificates.GROUPS * certificates.SIGNS_IN_GROUP} 位，谁核对都只看得到单位和日期。",
        ),
    ]


def wish_rules() -> list[tuple[str, str]]:
    """Return (what it is about, how it is) for somebody who wishes for something, or would make it come true."""
    return [
        ("说心愿", f"自己说，或者请上门的人替着记；同时最多 {wishes.MOST_OPEN} 个。不写姓名、电话、门牌。"),
        ("谁看得到", "平时只有您和上门的人；您愿意的，社区里的邻居看得到这句话，看不到是谁。"),
        ("认领", f"先到的那位来办；一位邻居同时最多认领 {wishes.MOST_CLAIMED} 个，来不了可以放回去。"),
        ("电话", "两边都同意了才看得到；本人确认办到以后，又看不到了。"),
        ("办到没有", "由本人说；办的人不能自己确认。"),
        ("留多久", f"随时收回，收回就删；确认办到以后 {wishes.KEPT_DAYS} 天删掉。"),
    ]
