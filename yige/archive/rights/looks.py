"""Who looked at a file: the lines of the log about a person, and about the household while he or she belonged to it.

The resident reads the log itself (docs/adr/0010); what is shown is the post, never the name of the one who looked.
Whoever sees a number in the clear gets the page that shows it in the same moment: two lines of the log, one look.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from yige.accounts.models import Post
from yige.archive.models import Household, Person, Tie
from yige.archive.people.access import LOOKS
from yige.archive.person_fields import FIELD_BY_NAME, SEALED_FIELDS
from yige.archive.words import ExportPurpose, Purpose, TieKind
from yige.audit.models import LogEntry
from yige.audit.verbs import all_names, current_name
from yige.lib.local_time import SHANGHAI, add_months, local_day, start_of_day

WHY = dict(Purpose.choices) | dict(ExportPurpose.choices)
ORDINARY = "本片日常联系"  # who works where one lives opens the file without choosing a reason
ACTORS = {"command": "系统管理（命令行）", "clock": "系统定时任务", "resident": "本人"}
DIGEST_MONTHS = 12


class Look(NamedTuple):
    """One line as a resident reads it."""

    id: object
    at: object
    what: str
    who: str
    why: str


def looks(person) -> QuerySet:
    """Return the lines of the log about this person's file, newest first."""
    people = files_of(person)
    lines = Q(subject_type=Person._meta.label_lower, subject_id__in=[str(pk) for pk in people])
    ties = Tie.objects.filter(person__in=people, kind=TieKind.BELONGS)
    for household, since, until in ties.values_list("household", "since", "until").distinct():
        then = Q(at__gte=start_of_day(since))
        if until:
            then &= Q(at__lt=start_of_day(until))
        lines |= Q(subject_type=Household._meta.label_lower, subject_id=str(household)) & then
    rows = LogEntry.objects.filter(lines, verb__in=all_names(*LOOKS)).exclude(_is_page_of_a_reveal(people))
    return rows.order_by("-at", "-id")


def _is_page_of_a_reveal(people):
    """Return the condition on views that are one act with a reveal to the same person: by whom, and in which moment."""
    same = {name: OuterRef(name) for name in ("at", "actor_kind", "actor_id")}
    ids = [str(pk) for pk in people]
    reveals = LogEntry.objects.filter(
        verb__in=all_names("archive.reveal"),
        subject_type=Person._meta.label_lower,
        subject_id__in=ids,
        **same,
    )
    return Q(Exists(reveals), verb__in=all_names("archive.view"))


def files_of(person) -> set[UUID]:
    """Return the ids of a person's file and of the files that were merged into it."""
    found, fresh = {person.pk}, {person.pk}
    while fresh:
        fresh = set(Person.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found


def look_rows(lines) -> list[Look]:
    """Put lines into a resident's words, with the posts read at once."""
    lines = list(lines)
    posts = Post.objects.select_related("unit").in_bulk({line.post_id for line in lines if line.post_id})
    return [
        Look(line.pk, line.at, _what(line), _who(line, posts.get(line.post_id)), _why(line)) for line in lines
    ]


def _what(line):
    fields = [FIELD_BY_NAME[name].own_label for name in line.fields if name in SEALED_FIELDS]
    if current_name(line.verb) == "archive.reveal" and fields:
        return f"看了没有遮住的{'、'.join(fields)}"
    return LOOKS[current_name(line.verb)]


def _who(line, post):
    return f"{post.unit.name} · {post.rule.label}" if post else ACTORS.get(line.actor_kind, "工作人员")


def _why(line):
    return WHY.get(line.purpose, ORDINARY)


def by_month(person, at) -> list[tuple[datetime, int]]:
    """Return [(first day of a month, count)] of the last twelve months, newest first; months without a look are left out."""
    first = add_months(local_day(at).replace(day=1), 1 - DIGEST_MONTHS)
    lines = looks(person).filter(at__gte=start_of_day(first)).order_by()
    months = (
        lines.annotate(month=TruncMonth("at", tzinfo=SHANGHAI)).values("month").annotate(count=Count("id"))
    )
    return [(row["month"], row["count"]) for row in months.order_by("-month")]


def kept_since() -> datetime:
    """Return the moment of the oldest line that the log still has; None for an empty one."""
    return LogEntry.objects.aggregate(first=Min("at"))["first"]
