"""The way back from a door where words were taken in: the next page says whom to call, and its address no word of them."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url

from yige.cases import dangers


def redirect_heard(to, *texts, **route) -> HttpResponseRedirect:
    """Lead on to a page that includes `web/parts/danger_heard.html`, with the kinds of danger that these words may mean."""
    kinds = dangers.joined_kinds(*(hearing.danger.kind for hearing in dangers.hear(*texts)))
    query = f"?{urlencode({'heard': kinds})}" if kinds else ""
    return HttpResponseRedirect(resolve_url(to, **route) + query)
