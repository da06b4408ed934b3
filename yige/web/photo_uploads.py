"""The photos that come with a form: one way to take them in, for reports, acts on a case, finds and additions."""

from yige.cases import photos
from yige.cases.models.photos import PhotoKind
from yige.lib.photos import MOST_BYTES


def gather_photos(request, form, key, *, at, kind=PhotoKind.REPORT):
    """Keep the photos of a form whatever else is wrong with it, known by its key; which files were none stands on it.

    A form with a field for them has checked how many there are, and shows the faults there; without one they are taken
    as they were sent, and the faults stand above the form. Those of an earlier try come as `kept`.
    """
    form.is_valid()  # the photos stay when it is not
    own = "photos" in form.fields
    uploads = form.cleaned_data.get("photos") or [] if own else request.FILES.getlist("photos")
    # One byte more than is taken shows that a file is too large, without reading all of it.
    blobs = (upload.read(MOST_BYTES + 1) for upload in uploads)
    kept = request.POST.getlist("kept")[: photos.MOST_PHOTOS]
    gathered, refused = photos.keep_form_photos(key, blobs, at=at, kept=kept, kind=kind)
    form.photo_errors = refused  # for the field of a page whose form has none
    for sentence in refused:
        form.add_error("photos" if own else None, sentence)
    return gathered
