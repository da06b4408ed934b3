"""The bulletins of the own streets, and the beginning of a new one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.accounts.scope import posts_with
from yige.bulletins.actions import begin_bulletin
from yige.bulletins.models import Bulletin
from yige.console.bulletins.forms.bulletins import BeginForm
from yige.console.bulletins.rows.bulletin import TONES
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("write_bulletins", "approve_bulletins")
def bulletins(request):
    at = timezone.now()
    paths = sorted({post.path for post in posts_with(request.user, at, "write_bulletins")})
    form = BeginForm(request.POST or None, paths=paths)
    outcome = attempt(request, form, begin_bulletin, lambda form: form.street)
    if outcome.done:
        messages.success(request, "开了头。下面写开头的话和办成的事，写完查一遍，再请另一个人批准。")
        return redirect("console:bulletin", outcome.result.pk)
    rows = list(Bulletin.objects.visible_to(request.user, at).defer("pdf", "told")[:60])
    context = {
        "rows": [(row, TONES.get(row.state, "")) for row in rows],
        "form": form if form.months else None,
    }
    return render(request, "console/bulletins/bulletins.html", context, status=outcome.status)
