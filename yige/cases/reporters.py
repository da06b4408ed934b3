"""The reporter's contact: sealed, searched by a keyed hash, shown only by a logged reveal."""

from typing import NamedTuple

from yige.audit.log import action
from yige.cases.contact_hashes import SEARCHED, contact_index
from yige.cases.models import Reporter
from yige.cases.standings import standings
from yige.cases.workflow import may_beside
from yige.lib import masks
from yige.lib.crypto import link_secret, open_sealed, same, seal
from yige.lib.refusals import NotAllowed, NotSaid

CONTACT_FIELDS = ("name", "phone", "email")
REASONS = ("联系反映人", "回访", "核实情况", "其他工作需要")


class ReporterContact(NamedTuple):
    """How to reach the person who reported, in the clear, on its way to be sealed; None: was not asked for."""

    name: str = ""
    phone: str = ""
    email: str | None = None
    call_back: bool | None = None

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
    reporter = Reporter.objects.filter(case=case, removed_at=None).first()
    return open_contact(reporter) if reporter else {}


def remove_contact(reporter, *, at):
    """Remove the contact for good; the row stays as the proof."""
    for field in CONTACT_FIELDS:
        setattr(reporter, f"{field}_sealed", None)
    for field in SEARCHED:
        setattr(reporter, f"{field}_index", None)
    reporter.removed_at = at
    reporter.save()


def link_secret_of(case, key) -> str:
    """Return the secret of the case's link: twenty letters, derived, never stored."""
    return link_secret(key, case.pk, case.link_version)


def opens_link(case, typed, key) -> bool:
    """Say whether this is the case's secret, in constant time."""
    return same(link_secret_of(case, key), typed)
