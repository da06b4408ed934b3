"""My desk: what waits for me, what is due, what came back."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from yige.console.views.guard import staff


@require_GET
@staff()
def desk(request):
    return render(request, "console/desk.html", {})
