"""A photo for the one who holds the link of its case, or the form it was just added to."""

from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from yige.cases import photos, timelines
from yige.portal import links
from yige.portal.alike import photo_behind


@require_safe
def whole(request, serial, secret, pk):
    return _of_case(request, serial, secret, pk, thumb=False)


@require_safe
def small(request, serial, secret, pk):
    return _of_case(request, serial, secret, pk, thumb=True)


@require_safe
def draft(request, key, digest):
    """The small picture of a form shown again; its key is known to nobody else."""
    photo = photos.form_photo(str(key), digest)
    if photo is None:
        raise Http404
    return _file(photo, thumb=True)


@require_safe
def alike(request, token):
    """The small picture of a case on a card of the report form; the whole one stays with its reporter and the office."""
    photo = photo_behind(token)
    if photo is None:
        raise Http404
    return _file(photo, thumb=True)


def _of_case(request, serial, secret, pk, *, thumb):
    case = links.case_behind(request, serial, secret, at=timezone.now())
    photo = timelines.photo_for(case, pk)
    if photo is None:
        raise Http404
    return _file(photo, thumb=thumb)


def _file(photo, *, thumb):
    try:
        opened = photos.path_of(photo.file_name, thumb=thumb).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(opened, content_type="image/jpeg", filename="photo.jpg")
    patch_cache_control(answer, private=True, no_store=True)
    return answer
