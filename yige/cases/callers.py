"""Finding the cases of a caller: by a keyed hash, for those who may see the contact, each search a line in the log."""

from django.db import transaction

from yige.accounts.limits import take_turn
from yige.accounts.scope import posts_with
from yige.audit.log import write
from yige.cases.contact_hashes import contact_indexes
from yige.cases.models import Case, Reporter
from yige.cases.reporters import open_contact
from yige.cases.standings import standings
from yige.cases.workflow import may_beside
from yige.lib.refusals import NotAllowed, NotSaid

BY = {"phone": "电话", "name": "称呼"}
MOST_FOUND = 100
NOTHING_SAID = "请填写要找的电话或称呼。"
REPORTERS = Reporter._meta.label_lower


@transaction.atomic
def find_by_caller(field, text, *, by, at) -> list[Case]:
    """Return the cases in reach whose reporter left this whole number or name, the newest first."""
    take_turn("search.staff", by.pk, at=at)
    if not posts_with(by, at, "find_callers"):
        raise NotAllowed("按反映人找事项，要由能看联系方式的人来做。")
    indexes = contact_indexes(field, text)
    if not indexes:
        raise NotSaid(NOTHING_SAID, q=NOTHING_SAID)
    found = cases_of_contact(field, indexes, by=by, at=at)
    result = "hit" if found else "miss"
    write("cases.find_caller", by=by, at=at, kind=REPORTERS, pk=None, said={field: ""}, result=result)
    return found


@transaction.atomic
def other_cases_of_caller(case, *, by, at) -> list[Case]:
    """Return what else the caller of this case has reported; a line in the log is written when there is something."""
    reporter = getattr(case, "reporter", None)
    if reporter is None or not reporter.phone_sealed or reporter.removed_at:
        return []
    indexes = contact_indexes("phone", open_contact(reporter)["phone"])
    found = [row for row in cases_of_contact("phone", indexes, by=by, at=at) if row.pk != case.pk]
    if found:
        write("cases.view_caller", by=by, at=at, kind=Case._meta.label_lower, pk=case.pk, said={"phone": ""})
    return found


def cases_of_contact(field, indexes, *, by, at) -> list[Case]:
    """Return the cases of these hashes whose contact this person may see; of the others not even that they are there."""
    rows = Case.objects.visible_to(by, at).filter(
        reporter__removed_at=None, **{f"reporter__{field}_index__in": indexes}
    )
    rows = rows.select_related("category").defer("grams", "search_text").order_by("-serial")
    return [row for row in rows[:MOST_FOUND] if may_beside("reveal", standings(by, row, at))]
