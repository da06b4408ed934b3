"""A photo, for staff who may see its case or the one that it was merged into, or read the asking that it goes with."""

from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yige.cases import photos
from yige.cases.models import Case, Photo
from yige.month_sheets.exclusions import exclusions_to_read
from yige.web.guard import may, staff


@require_safe
@staff("see_cases")
@cache_control(private=True, no_store=True)
def photo(request, pk, small=False):
    found = get_object_or_404(photos_to_see(request, timezone.now()), pk=pk)
    try:
        opened = photos.path_of(found.file_name, thumb=small).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, content_type="image/jpeg", filename="photo.jpg")


def photos_to_see(request, at):
    """Return the photos of the cases that this person sees, and of the askings that he reads."""
    cases = Case.objects.visible_to(request.user, at)
    seen = Q(case__in=cases) | Q(case__leader__in=cases)
    if may(request, "see_assessment"):
        seen |= Q(exclusion__in=exclusions_to_read(request.user, at).values("pk"))
    return Photo.objects.filter(seen)
