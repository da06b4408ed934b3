"""What a call tells: those who signed up by message, whoever made the call in the inbox. No message names anybody."""

from yige.archive.models import Person
from yige.archive.people import sealing
from yige.lib.local_time import moment_words
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind


def tell_person(person_id, title, at) -> None:
    """Tell one volunteer; the words lead to the own calls."""
    if person_id:
        notices.tell_resident(
            Subject(SubjectKind.MY_CALLS, person_id), kind="my_calls", title=title, body="", at=at
        )


def tell_all(call, title, at) -> int:
    """Tell everybody who signed up or waits."""
    people = list(call.seats.exclude(state="removed").values_list("person", flat=True))
    for person_id in people:
        tell_person(person_id, title, at)
    return len(people)


def tell_asked(call, people, at) -> None:
    """Tell those who offered just this, or whose branch is asked: a question, and nothing follows from no answer."""
    for person_id in people:
        tell_person(
            person_id,
            f"{call.grid.name}在召集“{call}”，{moment_words(call.starts_at, at)}，有空就来，来不了不用回",
            at,
        )


def tell_offer(seat, call, at) -> None:
    until = moment_words(seat.offer_until, at)
    tell_person(seat.person_id, f"您排队的召集“{call}”有名额了，请在 {until} 前确认来不来", at)


def tell_lapsed(seat, at) -> None:
    tell_person(seat.person_id, "给您留的名额过了确认的时间，给了下一位。想来可以重新报名", at)


def tell_maker(call, title, body, at) -> None:
    notices.tell_staff(
        [call.opened_by_id], kind="volunteers", title=title, body=body, at=at,
        subject=Subject(SubjectKind.VOLUNTEER_CALL, call.pk),
    )  # fmt: skip


def phone_to_tell(person_id) -> str:
    """Return the number that a volunteer is told on; "" when the file or the number is gone."""
    person = Person.objects.current().filter(pk=person_id).first()
    return sealing.open_value(person, "phone") if person else ""
