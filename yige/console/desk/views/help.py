"""The help: the seven steps, the verbs, the marks, the numbers and the roles, out of the tables that are in force."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from yige.accounts.roles import CAPABILITIES, ROLE_BY_NAME, ROLES, capabilities_of
from yige.cases import rules
from yige.cases.deadlines import HOUR, MARKS, STRIP_MARKS
from yige.cases.words import Trigger, Urgency
from yige.cases.workflow import MOVES, RETURNS, STANDINGS, STEPS
from yige.console.whistles.rows import sounding
from yige.web.guard import held_roles, staff
from yige.whistles import call_moves, limits

AREAS = {"area": "辖区内的事项", "unit": "本单位的事项", "own": "自己报的和派给自己的", "raised": "下级报到区级的", "intake": "自己登记的和待回访的", "none": "不看事项"}  # fmt: skip


@require_GET
@staff()
def help(request):
    context = {
        "steps": [(number, label, verbs_of(number)) for number, label in STEPS.items()],
        "marks": [(mark, which(mark), length(mark)) for mark in MARKS],
        "strip": STRIP_MARKS,
        "rules": [(rule, rules.value(rule.name)) for rule in rules.RULES],
        "cut_off": cut_off(),
        "roles": [(role, AREAS[role.sees], capabilities_of(role)) for role in ROLES],
        "capabilities": [(row, [ROLE_BY_NAME[name].label for name in row.who]) for row in CAPABILITIES],
        "mine": held_roles(request),
        "returns": RETURNS,
        "triggers": sounding.triggers(),
        "limits": [(row, triggers_of(row), span(row)) for row in limits.LIMITS],
        "call_moves": [
            (row, "、".join(call_moves.CALL_STANDINGS[name] for name in row.who))
            for row in call_moves.CALL_MOVES
        ],
    }
    return render(request, "console/desk/help.html", context)


def cut_off():
    """Return the hour from which a report counts as the next day's, with its unit."""
    units = {rule.name: rule.unit for rule in rules.RULES}
    return f"{rules.value('cut_off_hour')}{units['cut_off_hour']}"


def verbs_of(step):
    """Return (label, from, to, who, what has to be said) of each verb of a step, in words."""
    return [
        {
            "label": move.label,
            "start": "、".join(state.label for state in move.start),
            "to": move.to.label if move.to else "",
            "who": "、".join(STANDINGS.get(name, "任何人") for name in move.who),
            "public": bool(move.public),
        }
        for move in MOVES
        if move.step == step
    ]


def triggers_of(limit):
    return (
        "三种情形"
        if len(limit.which) == len(Trigger)
        else "；".join(one.label for one in Trigger if one in limit.which)
    )


def span(limit):
    return f"{limits.span_words(limit.amount, limit.unit)}内" if limit.amount else "到自己说的时间"


def which(mark):
    return (
        "全部"
        if len(mark.which) == len(Urgency)
        else "、".join(kind.label for kind in Urgency if kind in mark.which)
    )


def length(mark):
    """Return how long a mark gives, from when, in words."""
    since = {
        "clock_from": "收到反映",
        "planned_at": "批准计划",
        "handled_at": "处置完成",
        "closed_at": "办结",
    }
    hours, minutes = divmod(mark.minutes, HOUR)
    spans = (
        (mark.minutes if minutes else 0, "分钟"),
        (hours, "小时"),
        (mark.months, "个月"),
        (mark.days, "天"),
    )
    for count, unit in spans:
        if count:
            return f"{since[mark.since]}起 {count} {unit}"
    return "到计划的日子" if mark.name == "plan" else f"{since[mark.since]}的当天"
