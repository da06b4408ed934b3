"""My desk: what waits for me, what is due, what came back."""

from django.db.models import Count, Min
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import danger_calls, unit_figures, work_lists
from yige.cases.models import Case
from yige.console.desk.rows import desk_heaps, desk_joint, desk_lines
from yige.lib.local_time import local
from yige.month_sheets.exclusions import waiting_for
from yige.web.guard import may, staff
from yige.web.quiet import answer_quietly, asks_quietly


@require_GET
@staff()
def desk(request):
    at = timezone.now()
    who = work_lists.viewer(request.user, at)
    found = work_lists.work_lists_of(who)
    context = {"greeting": greeting(at), "may_whistle": may(request, "whistle"), "now": at}
    context["joint"] = desk_joint.joint_lines(request.user, who.roles, at)
    context["askings"] = len(waiting_for(request.user, at))
    if found:
        heaps = [*desk_heaps.case_heaps(who, found), *desk_heaps.call_heaps(who)]
        context["heaps"], context["lists"] = heaps, desk_heaps.first_rows(heaps, at)
        context["none"] = [heap.label for heap in heaps if not heap.count]
        danger = any(heap.count for heap in heaps if heap.name == "danger")
        context["silence"] = silence(request.user, at) if danger else ""
        context |= head_of_area(request.user, at) if who.may("head_area") else {}
        context["reach"] = unit_figures.reach_words(request.user, at)
    if asks_quietly(request):
        return answer_quietly(request, render(request, "console/desk/desk.html#desk", context))
    return render(request, "console/desk/desk.html", context)


def head_of_area(user, at):
    """Return what a head has to see of the own area: what is wrong, what is good, what is late and why."""
    lines, good = desk_lines.linked_lines(user, at)
    return {"lines": lines, "good": good, "late": desk_lines.late_rows(user, at)}


def silence(user, at):
    """Return how many dangers nobody answers, and since when the first; "" when somebody does."""
    cases = Case.objects.visible_to(user, at).open()
    found = cases.filter(danger_calls.silent(at)).aggregate(count=Count("pk"), since=Min("unanswered_at"))
    if not found["count"]:
        return ""
    words = danger_calls.silence_words(found["since"], at)
    return f"有 {found['count']} 件没有人看、没有人办，最早的 {words}。请马上看，看过请写下判断。"


def greeting(at):
    hour = local(at).hour
    return next(
        words
        for until, words in ((11, "早上好"), (13, "中午好"), (18, "下午好"), (24, "晚上好"))
        if hour < until
    )
