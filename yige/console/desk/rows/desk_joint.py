"""What of joint work waits for whoever looks at the desk: how many, in words, and the page where it is done."""

from yige.accounts.roles import permits
from yige.deliberation.queries import steps_of_unit
from yige.topics.queries import late_topics
from yige.whistles import waiting


def joint_lines(user, roles, at):
    """Return (count, words, route) of what waits; a head below the street only reads, so nothing waits for him."""
    lines = []
    if permits(roles, "whistle"):
        waits = waiting.street_waits(user, at)
        head = "请您定" if permits(roles, "decide_hard_cases") else "等一级网格长定"
        lines += [
            (waits.answers, "份用链接来的答复，等街道看过记下", "console:link_answers"),
            (waits.disputes, f"家单位说不是它的事，{head}", "console:whistles"),
            (waits.delivered, "家单位说办完了，等街道看", "console:whistles"),
            (waits.steps, "步计划说做完了，等街道看", "console:whistles"),
            (waits.requests, "件申请吹哨，等街道答复", "console:whistles"),
        ]
    if permits(roles, "answer_calls"):
        lines.append((waiting.unit_waits(user, at), "项联办等本单位", "console:calls"))
    if permits(roles, "work_on_topics") and not permits(roles, "head_area"):
        lines.append((late_topics(user, at).count(), "个专题有一步过了日子", "console:topics_late"))
    if permits(roles, "work_on_deliberations") and not permits(roles, "head_area"):
        lines.append((steps_of_unit(user, at).count(), "件议定的事等本单位办", "console:deliberations_unit"))
    return [line for line in lines if line[0]]
