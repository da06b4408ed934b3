"""A resident's way in: a code to a phone, bound to one browser; nothing tells whether anybody has left this number.

For a number that nobody has, the same rows are written and the same is said; only its message finds no reader. Under
fourteen nobody signs in: the guardian sees the file. A right code for a number without a file opens no file: it proves
the phone, for ten minutes, to whoever shows what was reported with it.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from yige.accounts import login_guard
from yige.accounts.actors import STRANGER, Resident
from yige.accounts.limits import take_turn
from yige.archive.models import Person, SignIn, SignInCode
from yige.archive.people import sealing
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import action, write
from yige.lib.crypto import keyed_hashes, open_sealed, seal
from yige.lib.local_time import local_day
from yige.lib.refusals import NotAllowed, NotSaid, TooOften
from yige.notices.actions import tell_resident
from yige.notices.subjects import Subject, SubjectKind

CODE_LASTS, TRIES = timedelta(minutes=10), 5
IDLE, MOST = timedelta(minutes=30), timedelta(hours=2)
CHILD_YEARS = 14
UNREADABLE = "请填手机号码，只要数字。"
WRONG = "验证码不对，请再看一遍短信。连错五次要重新要一个。"
CEILING = (
    "全系统一小时要的验证码到了上限，从没登录过的手机先等；登录过的手机、社区和街道窗口照常。"
    "像是有人在刷短信的，请告诉短信服务商，并让机房在入口挡住。"
)
OVER = "这个验证码不能再用了：过了十分钟，或者已经错了五次。请重新要一个。"


def ask_code(phone, *, at, is_known=False) -> SignInCode:
    """Send a code to a number, if somebody has left it; the same happens, and is returned, if nobody has.

    What all may ask for together is counted apart for phones that signed in before (`is_known`).
    """
    phone = sealing.normal("phone", phone)
    if not 7 <= len(phone) <= 13:
        raise NotSaid(UNREADABLE, phone=UNREADABLE)
    # Not the number itself: a plain hash of it could be guessed from the table of limits.
    who = sealing.index("phone", phone).hex()
    take_turn("sign_in.phone", who, at=at)
    take_turn("sign_in.phone_day", who, at=at)
    _keep_under_the_ceiling("sign_in.all_known" if is_known else "sign_in.all", at)
    return _make(None, by=STRANGER, at=at, phone=phone)


def _keep_under_the_ceiling(name, at):
    try:
        take_turn(name, "", at=at)
    except TooOften:
        login_guard.tell_keepers(None, name, "要登录验证码的人多得不平常", CEILING)
        raise


@action("archive.ask_code", makes=SignInCode)
def _make(_, *, by, at, id, phone):
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = SignInCode(
        id=id,
        phone_index=sealing.index("phone", phone),
        phone_sealed=seal(phone, where=sealing.where(SignInCode, "phone", id)),
        person=adults_with(phone, at).first(),
        code_hash=hashes(id, code)[0],
        code_sealed=seal(code, where=sealing.where(SignInCode, "code", id)),
        made_at=at,
    )
    insert_rows(row)
    tell_resident(
        Subject(SubjectKind.SIGN_IN_CODE, id), kind="sign_in", title="登录验证码", body="", at=at, urgent=True
    )
    return row


def adults_with(phone, at) -> QuerySet:
    """Return those who have this number on file and may sign in, in the order in which their files were opened."""
    year = local_day(at).year
    grown = Q(birth_year__lt=year - CHILD_YEARS) | Q(birth_year=None, guardian=None)
    rows = Person.objects.current().filter(grown, phone_index__in=sealing.indexes("phone", phone))
    return rows.order_by("made_at", "id")


def hashes(pk, code) -> list[bytes]:
    """Return the keyed hashes of a code for its row, the current key's first."""
    return [bytes.fromhex(text) for text in keyed_hashes(f"sign-in code:{pk}:{code}")]


def answer_code(pk, typed, *, at) -> tuple[SignIn | None, str]:
    """Return (sign-in, token) for the right code, (None, "") when the number has no file; a wrong one is counted first."""
    with transaction.atomic():
        row = (
            SignInCode.objects.select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
        )
        refusal = _over(row, at) or _try(row, typed, at)
        made = None if refusal else _open(row, at)
    if refusal:
        raise NotSaid(refusal, code=refusal)
    return made


def _over(row, at):
    """Say so when a code cannot be used any more; whether its number is on file plays no part."""
    if row is None or row.used_at or row.tries >= TRIES or at >= row.made_at + CODE_LASTS:
        return OVER
    return ""


def _try(row, typed, at):
    row.tries += 1
    right = any(hmac.compare_digest(bytes(row.code_hash), each) for each in hashes(row.pk, typed))
    if right:
        row.used_at, row.code_sealed = at, None
    row.save(update_fields=["tries", "used_at", "code_sealed"])
    if row.used_at:
        return ""
    write(
        "archive.refuse_sign_in", by=STRANGER, at=at, kind=row._meta.label_lower, pk=row.pk, result="refused"
    )
    return WRONG


def _open(row, at):
    """Sign in to the file of this number; without one, write down that the phone was proven."""
    person = row.person
    if person and person.removed_at is None and person.merged_into_id is None:
        return _begin(person, row, at)
    write("archive.confirm_phone", by=STRANGER, at=at, kind=row._meta.label_lower, pk=row.pk)
    return None, ""


def proven_phone(pk, *, at) -> str:
    """Return the number that this code proved in the last ten minutes; "" when it proved none."""
    row = SignInCode.objects.filter(pk=pk, used_at__gt=at - CODE_LASTS).first()
    return _open_phone(row) if row else ""


def _open_phone(row):
    blob = row.phone_sealed
    return open_sealed(blob, where=sealing.where(SignInCode, "phone", row.pk)) if blob else ""


def _begin(person, code, at, began_at=None):
    token = secrets.token_urlsafe(32)
    row = SignIn(person=person, token_hash=hash_token(token), began_at=began_at or at, seen_at=at)
    insert_rows(row)
    write("archive.sign_in", by=actor(row), at=at, kind=row._meta.label_lower, pk=row.pk)
    return row, token


def hash_token(token) -> bytes:
    """A token has 256 random bits; a plain hash of it can be guessed by nobody."""
    return hashlib.sha256(token.encode()).digest()


def current(token, *, at) -> SignIn | None:
    """Return the sign-in that this token opens now, with the person's file; None when it ended or was idle too long."""
    rows = SignIn.objects.select_related(
        "person__household__home__building", "person__household__grid", "person__guardian"
    )
    row = rows.filter(
        token_hash=hash_token(token), ended_at=None, began_at__gt=at - MOST, seen_at__gt=at - IDLE
    ).first()
    if row is None or row.person.removed_at or row.person.merged_into_id:
        return None
    return row


def touch(sign_in, *, at) -> None:
    """Keep that somebody was here, to the minute."""
    if at - sign_in.seen_at >= timedelta(minutes=1):
        SignIn.objects.filter(pk=sign_in.pk, seen_at__lt=at).update(seen_at=at)


def actor(sign_in) -> Resident:
    return Resident(sign_in.person_id, sign_in.person.household_id)


@transaction.atomic
def sign_out(sign_in, *, at) -> None:
    """End a sign-in on the server; its cookie opens nothing any more."""
    write("archive.sign_out", by=actor(sign_in), at=at, kind=sign_in._meta.label_lower, pk=sign_in.pk)
    SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=at)


def sharing(sign_in, at) -> QuerySet:
    """Return the adults who have the same phone on file, whoever is signed in first; asked only after signing in."""
    phone = sealing.open_value(sign_in.person, "phone")
    return adults_with(phone, at) if phone else Person.objects.filter(pk=sign_in.person_id)


@transaction.atomic
def switch(sign_in, *, at, person) -> tuple:
    """Go on as another adult of the same phone; the two hours go on from when the code was given."""
    if not sharing(sign_in, at).filter(pk=person.pk).exists():
        raise NotAllowed("这份档案没有留这个电话，请用它自己的电话登录。")
    sign_out(sign_in, at=at)
    return _begin(person, None, at, began_at=sign_in.began_at)


def to_send(pk, *, at, is_known=lambda phone: False) -> tuple[str, str] | None:
    """Return (phone, code) for the wire; None when the code is over or sent, or nobody has the number.

    `is_known(phone)` says whether somebody without a file has left it.
    """
    row = SignInCode.objects.select_related("person").filter(pk=pk).first()
    if row is None or row.code_sealed is None or _over(row, at):
        return None
    code = open_sealed(row.code_sealed, where=sealing.where(SignInCode, "code", row.pk))
    if row.person:
        return sealing.open_value(row.person, "phone"), code
    phone = _open_phone(row)
    return (phone, code) if phone and is_known(phone) else None


def forget_code(pk) -> None:
    """Forget the code itself once it left; its hash is enough."""
    SignInCode.objects.filter(pk=pk).update(code_sealed=None)
