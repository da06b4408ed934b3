"""A photo of a case, for staff who may see the case or the one that it was merged into."""

from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yige.cases import photos
from yige.cases.models import Case, Photo
from yige.web.guard import staff


@require_safe
@staff("see_cases")
@cache_control(private=True, no_store=True)
def photo(request, pk, small=False):
    cases = Case.objects.visible_to(request.user, timezone.now())
    found = get_object_or_404(Photo, Q(case__in=cases) | Q(case__leader__in=cases), pk=pk)
    try:
        opened = photos.path_of(found.file_name, thumb=small).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, content_type="image/jpeg", filename="photo.jpg")
