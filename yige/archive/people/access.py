"""Looking at a file: every view, reveal and search is a line in the log before anything leaves.

The line says which post looked, at which file, at which field, and why; the resident reads the same lines.
"""

from django.db import transaction

from yige.accounts.limits import take_turn
from yige.archive.models import Person
from yige.archive.people import sealing
from yige.archive.people.standing import NOT_YOUR_HOUSEHOLD, ways
from yige.archive.person_fields import FIELD_BY_NAME, SEALED_FIELDS
from yige.archive.words import Purpose
from yige.audit.log import write
from yige.lib.local_time import local_day
from yige.lib.refusals import NotAllowed, NotSaid

NO_REASON = "请先选查看的原因。"
# Of a child under 14 nothing is shown for a visit or an answer: those go to the guardian (PIPL §31).
FOR_CHILDREN = (Purpose.CARE, Purpose.CHECK, Purpose.REQUEST, Purpose.EMERGENCY)
CHILD_REASON = "十四岁以下的，只为本人要的服务、核对档案、办理申请或紧急救助查看，其余请找监护人。"
CHILD_FIELD = "十四岁以下的只登记姓名，电话请看监护人的。"
SHOWN_SECONDS = 300
# The verbs of the log that a resident reads as “who looked at my file”: verb → in plain words.
LOOKS = {
    "archive.view": "看了档案",
    "archive.reveal": "看了没有遮住的一项",
    "archive.export_person": "导出的名单里有您",
    "archive.print": "打印了档案",
}


class Seat:
    """An actor acting from the post that gives him or her the file, so that the log says which post looked."""

    def __init__(self, by, post):
        self.by, self.post_id = by, post.pk if post else None

    def __getattr__(self, name):
        return getattr(self.by, name)


def seat(by, household, at) -> Seat:
    """Return the actor with the post that lets him or her at this file: the nearest area, then links, then keeping."""
    posts = by.posts_at(at)
    order = {"area": 0, "links": 1, "keeper": 2}
    able = [
        post
        for post in posts
        if post.rule.files in order and (post.rule.files == "links" or post.covers(household.grid_path))
    ]
    return Seat(by, min(able, key=lambda post: (order[post.rule.files], -len(post.path)), default=None))


def reasons(subject, at) -> tuple:
    """Return the purposes for which a file may be opened: of a child fewer than of a grown-up."""
    return FOR_CHILDREN if is_child(subject, at) else tuple(Purpose)


def is_child(subject, at) -> bool:
    return isinstance(subject, Person) and subject.is_child_in(local_day(at).year)


def view(subject, *, by, at, household, reason="") -> set[str]:
    """Write down that a file (of a household or a person) is opened and return the ways of whoever opens it.

    Who only keeps files has to say why, and so has everybody who opens the file of a child.
    """
    found = _ways_with_reason(subject, by, at, household, reason)
    write(
        "archive.view", by=seat(by, household, at), at=at, kind=subject._meta.label_lower, pk=subject.pk, purpose=reason
    )  # fmt: skip
    return found


def print_file(household, *, by, at, reason) -> set[str]:
    """Write down that the file of a household is printed; a print always has its reason."""
    if reason not in Purpose.values:
        raise NotSaid("请先选打印的原因。", reason="请先选打印的原因。")
    found = _ways_with_reason(household, by, at, household, reason)
    take_turn("reveal.staff", by.pk, at=at)
    write(
        "archive.print", by=seat(by, household, at), at=at, kind=household._meta.label_lower, pk=household.pk,
        purpose=reason,
    )  # fmt: skip
    return found


def _ways_with_reason(subject, by, at, household, reason):
    found = ways(by, household, at)
    if not found:
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    child = is_child(subject, at)
    if (reason and reason not in Purpose.values) or (not reason and (child or found == {"keeper"})):
        raise NotSaid(NO_REASON, reason=NO_REASON)
    if child and reason not in FOR_CHILDREN:
        raise NotSaid(CHILD_REASON, reason=CHILD_REASON)
    return found


def reveal(person, *, by, at, field, reason) -> str:
    """Return one field in the clear; the line in the log is written first, and without it nothing leaves."""
    if field not in SEALED_FIELDS:
        raise NotSaid("没有这一项。", field="没有这一项。")
    if reason not in Purpose.values:
        raise NotSaid(NO_REASON, reason=NO_REASON)
    household = person.household
    if household is None or not ways(by, household, at):
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)
    if is_child(person, at):
        if not FIELD_BY_NAME[field].child:
            raise NotSaid(CHILD_FIELD, field=CHILD_FIELD)
        if reason not in FOR_CHILDREN:
            raise NotSaid(CHILD_REASON, reason=CHILD_REASON)
    take_turn("reveal.staff", by.pk, at=at)
    return _revealed(person, by=seat(by, household, at), at=at, field=field, reason=reason)


@transaction.atomic
def _revealed(person, *, by, at, field, reason):
    """The line names the field, which is what the resident reads."""
    write(
        "archive.reveal", by=by, at=at, kind=Person._meta.label_lower, pk=person.pk, said={field: ""}, purpose=reason
    )  # fmt: skip
    return sealing.open_value(person, field)


def find_by_phone(phone, *, by, at) -> list[Person]:
    """Return the people with this number in the user's reach; the search itself is logged and limited."""
    return _find("phone", phone, by=by, at=at)


def find_by_name(name, *, by, at) -> list[Person]:
    """Return the people of this whole name in the user's reach; logged and limited like a number."""
    return _find("name", name, by=by, at=at)


def _find(field, text, *, by, at):
    take_turn("search.staff", by.pk, at=at)
    if not sealing.normal(field, text):
        raise NotSaid("请填写要找的内容。", q="请填写要找的内容。")
    rows = Person.objects.visible_to(by, at).current().select_related("household__home__building")
    found = list(rows.filter(**{f"{field}_index__in": sealing.indexes(field, text)})[:50])
    result = "hit" if found else "miss"
    write(
        "archive.search", by=by, at=at, kind=Person._meta.label_lower, pk=None, said={"field": field}, result=result
    )  # fmt: skip
    return found
