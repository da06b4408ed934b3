"""The timeline as one reporter reads it: the own case, and the case that it is handled with; nobody else's words.

Whoever was merged in reads what is done for the leading case, and speaks there; each reads of the other that
something was said, not what.
"""

from typing import NamedTuple

from yige.cases.models import Case, Entry, Photo
from yige.cases.public_lines import FELLOW, FOR_OTHERS, line_for_others


class ReporterLine(NamedTuple):
    """One line for one reporter: who, in words, what, and the photos that are for him or her."""

    entry: Entry
    who: str
    words: str
    photos: list[Photo]


def reporter_lines(case) -> list[ReporterLine]:
    """Return what the reporter of this case reads, newest first."""
    entries = Entry.objects.filter(case__in=[case.pk, *leading_ids(case)]).exclude(public_words="")
    entries = entries.prefetch_related("photos").order_by("-at", "-id")
    read = (entry for entry in entries if not is_passed_on(entry, case))
    return [line for entry in read if (line := line_of(entry, case)).words]


def line_of(entry, case) -> ReporterLine:
    if entry.verb in FOR_OTHERS and not is_for(entry, case):
        spoke = FELLOW if is_by_reporter(entry) else entry.unit_label
        return ReporterLine(entry, spoke, line_for_others(entry.verb, entry.public_words), [])
    spoke = "您" if is_by_reporter(entry) else entry.unit_label
    return ReporterLine(entry, spoke, entry.public_words, list(entry.photos.all()))


def is_passed_on(line, case) -> bool:
    """Say whether a line on a leading case is what stands on this merged one itself."""
    return line.case_id != case.pk and line.said.get("number") == case.number


def is_for(entry, case) -> bool:
    """Say whether a line is one's own: said by the holder of this link, or said to the one case it stands on."""
    if entry.by_kind == "reporter":
        return entry.by_id == case.pk
    return entry.case_id == case.pk


def is_by_reporter(entry) -> bool:
    return entry.by_kind in ("reporter", "stranger")


def leading_ids(case) -> list:
    """Return the ids of the cases that this one is handled with, the nearest first."""
    found = []
    while case.merged_into_id:
        case = Case.objects.only("merged_into").get(pk=case.merged_into_id)
        found.append(case.pk)
    return found


def photo_for(case, pk) -> Photo | None:
    """Return the photo with this id when the reporter of this case sees it, of the own case or on a line."""
    photo = (
        Photo.objects.select_related("entry").filter(pk=pk, case__in=[case.pk, *leading_ids(case)]).first()
    )
    if photo is None or (photo.entry is None and photo.case_id != case.pk):
        return None
    seen = photo.entry is None or photo.entry.verb not in FOR_OTHERS or is_for(photo.entry, case)
    return photo if seen else None
