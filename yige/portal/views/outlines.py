"""The outlines of the grids, light enough for a phone, for pointing at a place."""

from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yige.portal import places


@require_safe
@cache_control(public=True, max_age=3600)
def outlines(request):
    return JsonResponse(
        places.grid_outlines(), json_dumps_params={"separators": (",", ":"), "ensure_ascii": False}
    )
