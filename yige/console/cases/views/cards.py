"""A card on a case: its unit may object once, the street answers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.cases import actions
from yige.console.cases.rows import case as rows
from yige.console.cases.views import case as page
from yige.lib.typed_text import clean
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import INVALID, outcome_of

LONGEST = 500


@require_POST
@staff("see_cases")
def appeal(request, serial, pk):
    return answer(request, serial, pk, actions.appeal_card, "申诉已提交，等街道答复。")


@require_POST
@staff("see_cases")
def settle(request, serial, pk):
    lift = request.POST.get("lift") == "yes"
    return answer(request, serial, pk, actions.answer_appeal, "申诉已答复。", lift=lift)


def answer(request, serial, pk, act, done, **said):
    """Do one of the two with the words given, or show the page again with what was typed."""
    at = timezone.now()
    case = rows.get_case_or_404(request.user, serial, at)
    card = get_object_or_404(case.cards.select_related("case"), pk=pk)
    words = clean(request.POST.get("words", ""))
    wrong = wrong_words(words)
    said |= {"by": request.user, "at": at, "key": key_of(request), "words": words}
    outcome = INVALID if wrong else outcome_of(act, card, **said)
    if outcome.done:
        messages.success(request, done)
        return redirect("console:case", serial=case.serial)
    error = (card.pk, wrong or outcome.sentence, words)
    return page.show(request, case, at=at, status=outcome.status, card_error=error)


def wrong_words(words):
    if not words:
        return "请写明理由。"
    return f"最多写 {LONGEST} 个字，现在是 {len(words)} 个。" if len(words) > LONGEST else ""
