"""The reporter's contact: sealed, searched by a keyed hash, shown only by a logged reveal."""

from typing import NamedTuple

from django.db.models import QuerySet

from yige.audit.log import action
from yige.cases import danger_calls
from yige.cases.contact_hashes import SEARCHED, contact_index, contact_indexes
from yige.cases.corrections import Change
from yige.cases.models import Case, Correction, Reporter
from yige.cases.standings import standings
from yige.cases.words import Fact
from yige.cases.workflow import may_beside
from yige.lib import masks
from yige.lib.crypto import link_secret, open_sealed, same, seal
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

CONTACT_FIELDS = ("name", "phone", "email")
MASKS = {"name": masks.name, "phone": masks.phone}
REASONS = ("联系反映人", "回访", "核实情况", "其他工作需要")


class ReporterContact(NamedTuple):
    """How to reach the person who reported, in the clear, on its way to be sealed; None: was not asked for."""

    name: str = ""
    phone: str = ""
    email: str | None = None
    call_back: bool | None = None

    def as_written(self) -> dict[str, str]:
        """Return what of it may stand on the timeline: masked."""
        return {"name": f"{masks.name(self.name)} {masks.phone(self.phone)}".strip()}

    def given(self) -> dict[str, bool | str]:
        """Return what was asked for, by name."""
        return {name: value for name, value in self._asdict().items() if value is not None}


def seal_context(field, pk) -> str:
    return f"cases_reporter.{field}:{pk}"


def reporter_rows(case, *, name="", phone="", email="", call_back=False) -> list[Reporter] | None:
    """Return the unsaved row with the reporter's contact sealed; no row when nothing was given."""
    if not (name or phone or email):
        return []
    given = {"name": name, "phone": phone, "email": email}
    blobs = {
        f"{key}_sealed": seal(text, where=seal_context(key, case.pk)) for key, text in given.items() if text
    }
    return [Reporter(case=case, call_back=call_back, **blobs, **search_hashes(given))]


def search_hashes(given) -> dict[str, bytes]:
    """Return the columns by which these texts are found again."""
    return {f"{field}_index": contact_index(field, given[field]) for field in SEARCHED if given.get(field)}


def open_contact(reporter) -> dict[str, str]:
    """Return the contact in the clear as a dict; for wires and for `reveal` alone."""
    texts = {}
    for field in CONTACT_FIELDS:
        blob = getattr(reporter, f"{field}_sealed")
        texts[field] = open_sealed(blob, where=seal_context(field, reporter.pk)) if blob else ""
    return texts


def masked_contact(reporter) -> dict[str, bool | str]:
    """Return the contact as everybody who sees the case may see it."""
    texts = open_contact(reporter)
    return {
        "name": masks.name(texts["name"]),
        "phone": masks.phone(texts["phone"]),
        "email": bool(texts["email"]),
    }


@action("cases.reveal", purpose="reason")
def reveal(case, *, by, at, reason) -> dict[str, str]:
    """Return the contact in the clear; the line in the log is written before the value leaves."""
    if reason not in REASONS:
        raise NotSaid("请选择查看的原因。", reason="请选择查看的原因。")
    if not may_beside("reveal", standings(by, case, at)):
        raise NotAllowed("只有承办人、派单的人和代为登记的人可以查看联系方式。")
    danger_calls.note_look(case.pk, by=by, at=at)
    reporter = Reporter.objects.filter(case=case, removed_at=None).first()
    return open_contact(reporter) | {"earlier": earlier_contacts(case)} if reporter else {}


def earlier_contacts(case) -> list[str]:
    """Return in the clear what was put right of the contact, for `reveal` alone."""
    rows = Correction.objects.filter(case=case, before_sealed__isnull=False).order_by("-at")
    return [open_sealed(row.before_sealed, where=sealed_before(row.pk)) for row in rows]


def change_contact(case, contact, *, by, at) -> list[Change]:
    """Put a name or number right that was taken down wrongly; nobody gives an anonymous reporter one."""
    row = Reporter.objects.select_for_update().filter(case=case).first()
    if row is None and case.reported_by_id is None:
        raise Conflict("这是匿名反映的，反映人没有留联系方式，不能替他填。")
    if row is not None and row.removed_at:
        raise Conflict("联系方式已经到期删除，不能再改。")
    row = row or Reporter(case=case)
    before = open_contact(row)
    given = {field: getattr(contact, field) for field in SEARCHED if getattr(contact, field)}
    changes = [
        Change(Fact(field), MASKS[field](before[field]), MASKS[field](text), before[field])
        for field, text in given.items()
        if text != before[field]
    ]
    for change in changes:
        setattr(
            row, f"{change.fact}_sealed", seal(given[change.fact], where=seal_context(change.fact, case.pk))
        )
        setattr(row, f"{change.fact}_index", contact_index(change.fact, given[change.fact]))
    row.save()
    return changes


def sealed_before(pk) -> str:
    return f"cases_correction.before:{pk}"


def remove_contact(reporter, *, at) -> None:
    """Remove the contact for good; the row stays as the proof."""
    for field in CONTACT_FIELDS:
        setattr(reporter, f"{field}_sealed", None)
    for field in SEARCHED:
        setattr(reporter, f"{field}_index", None)
    reporter.removed_at = at
    reporter.save()
    facts = Correction.objects.filter(case_id=reporter.pk, fact__in=SEARCHED)
    facts.update(before="", after="", before_sealed=None)


def cases_reported_with(phone) -> QuerySet:
    """Return the cases whose reporter left this number, the newest first."""
    rows = Reporter.objects.filter(phone_index__in=contact_indexes("phone", phone), removed_at=None)
    return Case.objects.filter(reporter__in=rows).order_by("-serial") if phone else Case.objects.none()


def has_reported_with(phone) -> bool:
    return cases_reported_with(phone).exists()


def link_secret_of(case, key) -> str:
    """Return the secret of the case's link: twenty letters, derived, never stored."""
    return link_secret(key, case.pk, case.link_version)


def opens_link(case, typed, key) -> bool:
    """Say whether this is the case's secret, in constant time."""
    return same(link_secret_of(case, key), typed)
