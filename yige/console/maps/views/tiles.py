"""One tile of the base map, for staff, where a key is set; otherwise there is nothing at this address."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from yige.console.maps.rows import tiles as rows
from yige.web.guard import staff

A_DAY = "private, max-age=86400"


@require_GET
@staff()
def tile(request, layer, z, x, y):
    if not settings.YIGE_TIANDITU_KEY or not rows.is_tile(layer, z, x, y):
        raise Http404
    blob = rows.tile(layer, z, x, y)
    if blob is None:
        raise Http404
    response = HttpResponse(blob, content_type=rows.kind_of(blob), headers={"Cache-Control": A_DAY})
    response.is_public_picture = True
    return response
