"""What a deliberation tells: whoever raised it and objected, its area, and on whose desk it waits past its day."""

from collections import Counter

from django.db import transaction
from django.db.models import F, Q

from yige.accounts.actors import CLOCK
from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.archive.people import sealing
from yige.audit import log
from yige.deliberation.models import Deliberation, Objection, RightHolder, Step
from yige.deliberation.words import Stage
from yige.lib.local_time import date_words, local_day
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

NOTICE_KIND = "deliberation"
NOT_TOLD_OF_DAY = Q(told_on=None) | ~Q(told_on=F("due_on"))


def tell_of_move(row, whom, sentence, *, by, at) -> None:
    """Tell whoever raised it, and everybody in its area, one sentence."""
    subject = Subject(SubjectKind.DELIBERATION, row.pk)
    if "raiser" in whom:
        if row.person_id:
            notices.tell_resident(subject, kind=NOTICE_KIND, title="您提的议事有了进展", body=sentence, at=at)
        elif row.raised_by_id and row.raised_by_id != by.pk:
            notices.tell_staff(
                [row.raised_by_id],
                kind=NOTICE_KIND,
                title=f"议事：{row}",
                body=sentence,
                at=at,
                subject=subject,
            )
    if "area" in whom:
        notices.tell_area(
            row.path, kind=NOTICE_KIND, title=f"议事：{row}", body=sentence, at=at, subject=subject
        )


def tell_objector(objection, *, at) -> None:
    if objection.person_id:
        subject = Subject(SubjectKind.OBJECTION, objection.pk)
        notices.tell_resident(
            subject, kind=NOTICE_KIND, title="您对公示提的意见有了答复", body=objection.answer, at=at
        )


def tell_leaders(row, *, at) -> None:
    """Tell the heads just over its place of a matter that was raised."""
    notices.tell_staff(
        leaders_of(row, at), kind=NOTICE_KIND, title="有人提了一件要商量的事", at=at,
        body=f"{row.get_raised_from_display()}：{row}。请在 {date_words(row.due_on)}以前研究，列入或者写明为什么不列入。",
        subject=Subject(SubjectKind.DELIBERATION, row.pk),
    )  # fmt: skip


def tell_late(at) -> Counter:
    """Tell the heads, once for each day it was given, of a matter that waits past its day; of a step its unit too."""
    with transaction.atomic():
        return Counter(stages=tell_late_stages(at), steps=tell_late_steps(at))


def tell_late_stages(at) -> int:
    rows = (
        Deliberation.objects.waiting(at)
        .exclude(stage=Stage.SETTLED)
        .filter(NOT_TOLD_OF_DAY, due_on__lt=local_day(at))
    )
    rows = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("due_on", "id"))
    for row in rows:
        words = f"这件事现在是“{row.get_stage_display()}”，过了 {shown_day(row.due_on)}。请办下一步。"
        tell_past(row, row, leaders_of(row, at), words, at)
    return len(rows)


def tell_late_steps(at) -> int:
    rows = Step.objects.open().filter(
        NOT_TOLD_OF_DAY, due_on__lt=local_day(at), deliberation__stage=Stage.SETTLED
    )
    rows = rows.select_related("deliberation").select_for_update(of=("self",), skip_locked=True)
    steps = list(rows.order_by("due_on", "id"))
    for step in steps:
        words = f"“{step.words}”原定 {shown_day(step.due_on)} 以前。请写明办成什么样，或者写明理由改日子。"
        readers = {*leaders_of(step.deliberation, at), *workers_of(step.unit_id, at)}
        tell_past(step, step.deliberation, readers, words, at)
    return len(steps)


def tell_past(row, deliberation, readers, words, at) -> None:
    """Tell what passed its day, and keep that this day was told of."""
    log.write("deliberation.tell_late", by=CLOCK, at=at, kind=row._meta.label_lower, pk=row.pk)
    subject = Subject(SubjectKind.DELIBERATION, deliberation.pk)
    title = f"议事“{deliberation}”有一步过了日子"
    notices.tell_staff(readers, kind=NOTICE_KIND, title=title, body=words, at=at, subject=subject)
    row.told_on = row.due_on
    row.save(update_fields=["told_on"])


def leaders_of(row, at) -> list:
    """Return the ids of the heads who lead its place, the nearest ones."""
    held = Post.objects.held_on(local_day(at)).over(row.path).filter(user__is_active=True)
    posts = list(held.filter(role__in=having("lead_deliberations")))
    nearest = max((post.path for post in posts), key=len, default="")
    return sorted({post.user_id for post in posts if post.path == nearest})


def workers_of(unit_id, at) -> list:
    held = Post.objects.held_on(local_day(at)).filter(user__is_active=True, unit=unit_id)
    return sorted({post.user_id for post in held.filter(role__in=having("work_on_deliberations"))})


def phone_to_tell(notice) -> str:
    """Return the number of whoever raised a matter or objected; "" when there is none any more."""
    if notice.subject_kind == SubjectKind.VOTING_RIGHT:
        holder = RightHolder.objects.select_related("household__contact").filter(pk=notice.subject_id).first()
        return (
            sealing.open_value(holder.household.contact, "phone")
            if holder and holder.household.contact
            else ""
        )
    model = Objection if notice.subject_kind == SubjectKind.OBJECTION else Deliberation
    row = model.objects.select_related("person").filter(pk=notice.subject_id).first()
    return sealing.open_value(row.person, "phone") if row and row.person else ""


def shown_day(day) -> str:
    return date_words(day)


def tell_unit(step, *, at) -> None:
    """Tell the people of a unit of a step that is theirs."""
    words = f"“{step.words}”，{shown_day(step.due_on)}以前。办完了请写明办成什么样。"
    notices.tell_staff(
        workers_of(step.unit_id, at), kind=NOTICE_KIND, title=f"议定的事请本单位办：{step.deliberation}", body=words, at=at,
        subject=Subject(SubjectKind.DELIBERATION, step.deliberation_id),
    )  # fmt: skip
