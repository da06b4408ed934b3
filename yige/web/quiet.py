"""Answers to a page that looks again by itself: cheap when nothing changed, and no sign that anybody is there."""

from django.utils.cache import get_conditional_response, set_response_etag

HEADER = "X-Yg-Refresh"


def asks_quietly(request):
    """Say whether a page asks by itself; nobody has to sit in front of it."""
    return HEADER in request.headers


def answer_quietly(request, response):
    """Answer with the part, or with 304 when it is what the page has already."""
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)
