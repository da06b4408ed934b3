"""What a person may ask: thirty days, an answer that says why, a deletion that two registrars agreed on."""

from datetime import date, timedelta

import pytest

from tests.factories import MONDAY_NOON, family, household, person
from yige.accounts.actors import Resident
from yige.accounts.models import Post
from yige.archive.models import Erasure, Label, Origin, Person, RightsRequest, SignIn, Tie
from yige.archive.people import actions, sealing
from yige.archive.rights import requests
from yige.audit.models import LogEntry
from yige.contact.models import Need, Promise
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, TooOften
from yige.notices.models import Notice
from yige.steps.s1_approach import actions as s1

AT = MONDAY_NOON


def self_of(row):
    return Resident(row.pk, row.household_id)


def asked(here, of=None, kind="delete", **said):
    of = of or family(here).contact
    return requests.ask(of, by=self_of(of), at=AT, kind=kind, **{"words": "请删掉我的档案", **said})


def granted(here, **said):
    row = asked(here, **said)
    return requests.answer(row, by=here.registrar, at=AT, granted=True, words="同意删除")


def test_request_has_thirty_days_and_reaches_the_registrars_of_the_place(here):
    row = asked(here, kind="correct", words="名字里的英写错了", field="who")

    assert (row.due_on, row.taken_by) == (date(2026, 4, 1), None)
    told = Notice.objects.filter(kind="request")
    assert {notice.user_id for notice in told} == {here.registrar.pk, here.second_registrar.pk}
    assert {(notice.subject_kind, notice.subject_id) for notice in told} == {("rights_request", row.pk)}
    assert "英写错了" not in "".join(notice.title + notice.body for notice in told)


def test_somebody_of_the_area_takes_it_down_for_a_neighbour(here):
    made = family(here)
    row = requests.ask(made.contact, by=here.micro, at=AT, kind="explain", words="为什么记我的电话")

    assert row.taken_by == here.micro
    with pytest.raises(NotAllowed):
        requests.ask(made.contact, by=here.neighbour_worker, at=AT, kind="explain", words="为什么")


def test_nobody_asks_for_another_grown_up_and_the_guardian_asks_for_the_child(here):
    made = family(here)
    mother, father = Person.objects.of(made).order_by("made_at", "id")
    child = person(here, made, "王小宝", birth_year=2020, guardian=mother, phone="")

    assert requests.ask(child, by=self_of(mother), at=AT, kind="explain", words="记了什么").person == child
    for of in (child, mother):
        with pytest.raises(NotAllowed):
            requests.ask(of, by=self_of(father), at=AT, kind="explain", words="记了什么")


def test_guardian_asks_no_more_for_whoever_is_fifteen(here):
    made = family(here)
    mother = made.contact
    child = person(here, made, "王小宝", birth_year=2020, guardian=mother, phone="")
    Person.objects.filter(pk=child.pk).update(birth_year=AT.year - 15)

    with pytest.raises(NotAllowed):
        requests.ask(child, by=self_of(mother), at=AT, kind="explain", words="记了什么")
    assert not requests.wards_of(mother, AT).exists()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "praise", "words": "很好很好"}, "kind"),
        ({"kind": "correct", "words": " "}, "words"),
        ({"kind": "object", "words": "字" * 501}, "words"),
        ({"kind": "correct", "words": "改名字", "field": "score"}, "field"),
    ],
)
def test_what_is_missing_is_said_at_its_field(here, said, wrong):
    with pytest.raises(NotSaid) as refused:
        asked(here, **said)

    assert list(refused.value.fields) == [wrong]
    assert RightsRequest.objects.count() == 0


def test_resident_who_asks_without_end_waits(here):
    of = family(here).contact

    with pytest.raises(TooOften):
        for number in range(12):
            asked(here, of, kind="explain", words=f"请说明{number}")

    assert RightsRequest.objects.count() == 10


def test_answer_says_what_and_why_and_is_given_once(here):
    row = asked(here, kind="correct", words="名字写错了")

    with pytest.raises(NotSaid):
        requests.answer(row, by=here.registrar, at=AT, granted=True, words="")
    with pytest.raises(NotAllowed):
        requests.answer(row, by=here.other_registrar, at=AT, granted=True, words="改好了")
    with pytest.raises(NotAllowed):
        requests.answer(row, by=here.grid_head, at=AT, granted=True, words="改好了")
    requests.answer(row, by=here.registrar, at=AT, granted=True, words="已改为王小瑛")
    with pytest.raises(Conflict):
        requests.answer(row, by=here.second_registrar, at=AT, granted=False, words="不改")

    row.refresh_from_db()
    assert (row.granted, row.answer, row.answered_by) == (True, "已改为王小瑛", here.registrar)
    assert Notice.objects.get(audience="resident").kind == "request"


def test_deletion_waits_for_a_second_registrar(here):
    row = granted(here)

    assert Person.objects.get(pk=row.person_id).removed_at is None
    assert list(RightsRequest.objects.waiting()) == [row]
    with pytest.raises(NotAllowed, match="另一位"):
        requests.agree_deletion(row, by=here.registrar, at=AT)
    with pytest.raises(NotAllowed):
        requests.agree_deletion(row, by=here.other_registrar, at=AT)
    assert Erasure.objects.count() == 0


def test_second_registrar_deletes_for_good_and_leaves_the_proof(here):
    row = granted(here)
    gone = Person.objects.get(pk=row.person_id)
    actions.grant_label(gone, by=here.micro, at=AT, kind="living_alone")
    SignIn.objects.create(person=gone, token_hash=b"x" * 32, began_at=AT, seen_at=AT)

    done = requests.agree_deletion(row, by=here.second_registrar, at=AT + timedelta(days=1))

    gone.refresh_from_db()
    sealed = (gone.name_sealed, gone.phone_sealed, gone.name_index, gone.phone_index, gone.sound_index)
    assert sealed == (None,) * 5
    assert (gone.birth_year, gone.household, gone.relation, gone.sex) == (None, None, "", "0")
    assert gone.removed_at == AT + timedelta(days=1)
    assert [model.objects.filter(person=gone).count() for model in (Tie, Label, SignIn)] == [0, 0, 0]
    assert Origin.objects.filter(subject_id=gone.pk).count() == 0
    assert (done.agreed_by, done.words) == (here.second_registrar, "")
    assert not RightsRequest.objects.waiting().exists()
    proof = Erasure.objects.get()
    assert (proof.what, proof.count, proof.by_id, proof.agreed_by) == (
        "person",
        1,
        here.second_registrar.pk,
        here.registrar,
    )
    assert len(proof.digest) == 64
    assert LogEntry.objects.get(verb="archive.erase_person").subject_id == str(gone.pk)


def test_housemates_and_their_words_stay(here):
    made = family(here)
    first, second = Person.objects.of(made).order_by("made_at", "id")
    own = s1.raise_need(made, by=here.micro, at=AT, kind="need", words="我要一根拐杖", person=first)
    shared = s1.raise_need(made, by=here.micro, at=AT, kind="problem", words="楼道灯不亮")
    s1.promise(made, by=here.micro, at=AT, words="周五送拐杖", due_on=date(2026, 3, 6), need=own)
    row = requests.answer(asked(here, first), by=here.registrar, at=AT, granted=True, words="同意")

    requests.agree_deletion(row, by=here.second_registrar, at=AT)

    needs = {need.pk: (need.words, need.person_id) for need in Need.objects.all()}
    assert needs == {own.pk: ("", None), shared.pk: ("楼道灯不亮", None)}
    assert Promise.objects.get().words == ""
    assert sealing.open_value(Person.objects.get(pk=second.pk), "name") == "李建国"
    made.refresh_from_db()
    assert (made.contact, made.ended_at) == (None, None)


def test_files_merged_into_a_deleted_one_go_with_it(here):
    kept = family(here).contact
    alias = person(here, household(here, room="601"), "王小瑛")
    Person.objects.filter(pk=alias.pk).update(merged_into=kept)
    row = requests.answer(asked(here, kept), by=here.registrar, at=AT, granted=True, words="同意")

    requests.agree_deletion(row, by=here.second_registrar, at=AT)

    alias.refresh_from_db()
    assert (alias.name_sealed, alias.removed_at) == (None, AT)
    assert Erasure.objects.get().count == 2


def test_guardian_is_not_deleted_while_the_child_is_there(here):
    made = family(here)
    person(here, made, "王小宝", birth_year=2020, guardian=made.contact, phone="")
    row = granted(here, of=made.contact)

    with pytest.raises(Conflict, match="监护人"):
        requests.agree_deletion(row, by=here.second_registrar, at=AT)

    row.refresh_from_db()
    assert (row.agreed_at, Erasure.objects.count()) == (None, 0)


def test_second_registrar_may_send_it_back(here):
    row = granted(here)

    requests.send_back(row, by=here.second_registrar, at=AT, words="本人昨天来电说不删了")

    row.refresh_from_db()
    assert (row.answered_at, row.granted, row.answered_by) == (None, None, None)
    note = Notice.objects.get(user_id=here.registrar.pk, title__contains="退回")
    assert note.body == "本人昨天来电说不删了"
    with pytest.raises(Conflict):
        requests.agree_deletion(row, by=here.second_registrar, at=AT)


def test_one_deletion_is_asked_at_a_time(here):
    row = asked(here)

    with pytest.raises(Conflict):
        requests.ask(row.person, by=here.micro, at=AT, kind="delete")


def test_registrars_are_reminded_once_a_day_from_five_days_before(here):
    asked(here)
    Notice.objects.all().delete()

    told = [requests.tell_requests(AT + timedelta(days=days))["told"] for days in (24, 25, 25.2, 26, 31)]

    assert told == [0, 1, 0, 1, 1]
    titles = Notice.objects.filter(user_id=here.registrar.pk).order_by("id").values_list("title", flat=True)
    assert list(titles) == [
        "删除申请要答复：还剩 5 天",
        "删除申请要答复：还剩 4 天",
        "删除申请要答复：已过期 1 天",
    ]


def test_former_registrar_is_told_nothing(here):
    Post.objects.filter(user=here.second_registrar).update(until=AT.date())

    asked(here)

    assert set(Notice.objects.values_list("user_id", flat=True)) == {here.registrar.pk}


def test_one_registrar_alone_deletes_nothing(here):
    with pytest.raises(NotAllowed):
        requests.erase_person(family(here).contact, by=here.registrar, at=AT, agreed_by=here.registrar)
    with pytest.raises(NotAllowed):
        requests.erase_person(Person.objects.first(), by=here.registrar, at=AT, agreed_by=None)
    assert Erasure.objects.count() == 0
