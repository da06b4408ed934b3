"""Signing in to the own file: nothing tells whether a number is on file, and nothing but the right code opens it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.factories import family
from tests.portal.residents import code_of, sign_in
from tests.scenes import scene
from yige.accounts.limits import LIMITS, bucket_values
from yige.accounts.models import Bucket
from yige.archive.models import SignIn, SignInCode
from yige.archive.rights import signing_in
from yige.audit.models import LogEntry
from yige.channels import messages
from yige.clock import acts
from yige.notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "19900000001", "19900009999"


@scene
def here():
    town = factories.town()
    town.family = family(town)
    return town


def bare(response):
    """An answer without what differs from one to the next for everybody: tokens, keys, the number of the request."""
    cookies = sorted(
        (
            name,
            len(cookie.value),
            *(str(cookie[part]) for part in ("path", "httponly", "samesite", "max-age")),
        )
        for name, cookie in response.cookies.items()
    )
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-Id"}
    text = re.sub(r'value="[A-Za-z0-9_-]{20,}"', "", response.text)
    return response.status_code, headers, cookies, text


def asked(phone, **more):
    browser = Client()
    with CaptureQueriesContext(connection) as said:
        response = browser.post("/my/sign-in/", {"phone": phone, **more})
    statements = [re.sub(r"'[^']*'|\d+|NULL|%s", "?", query["sql"]) for query in said.captured_queries]
    return browser, response, statements


@pytest.mark.parametrize(
    "typed", ["+86 199 0000 0001", "0086-19900000001", "１９９ ００００ ０００１", "019900000001"]
)
def test_a_number_is_the_same_however_a_phone_fills_it_in(here, typed):
    browser = Client()

    sign_in(browser, typed)

    assert SignIn.objects.get().person.household == here.family


def test_number_on_file_and_any_other_get_the_same_answer_for_the_same_work(here):
    _, known, work = asked(KNOWN)
    _, unknown, same_work = asked(UNKNOWN)

    assert bare(known) == bare(unknown)
    assert known["Location"] == "/my/code/"
    assert [sql[:60] for sql in work] == [sql[:60] for sql in same_work]
    assert SignInCode.objects.count() == Notice.objects.filter(audience="resident").count() == 2


def test_page_of_the_code_and_its_refusals_are_the_same_too(here):
    answers = []
    for phone in (KNOWN, UNKNOWN):
        browser, _, _ = asked(phone)
        shown = [bare(browser.get("/my/code/"))]
        shown += [bare(browser.post("/my/code/", {"code": "0 0 0"}))]
        for _ in range(6):
            shown.append(bare(browser.post("/my/code/", {"code": wrong_code()})))
        answers.append(shown)

    assert answers[0] == answers[1]
    assert [status for status, *_ in answers[0]] == [200, *[422] * 7]


def wrong_code():
    row = SignInCode.objects.order_by("-made_at").first()
    return next(
        code for code in ("123456", "654321") if bytes(row.code_hash) not in signing_in.hashes(row.pk, code)
    )


def test_right_code_opens_the_own_household(here, client):
    assert sign_in(client) == "/my/"
    page = client.get("/my/")

    assert "王小英，您好" in page.text and "向阳小院3号楼2单元501" in page.text
    assert "李*国" in page.text and "李建国" not in page.text
    row = SignIn.objects.get()
    assert LogEntry.objects.get(verb="archive.sign_in").actor_id == row.person_id


def test_fifth_wrong_try_is_the_last(here, client):
    client.post("/my/sign-in/", {"phone": KNOWN})
    code = code_of()
    for _ in range(5):
        client.post("/my/code/", {"code": wrong_code()})

    response = client.post("/my/code/", {"code": code})

    assert (response.status_code, SignIn.objects.count()) == (422, 0)
    assert "已经错了五次" in response.text
    assert SignInCode.objects.get().tries == 5
    assert LogEntry.objects.filter(verb="archive.refuse_sign_in").count() == 5


def test_fourth_wrong_try_leaves_one(here, client):
    client.post("/my/sign-in/", {"phone": KNOWN})
    for _ in range(4):
        client.post("/my/code/", {"code": wrong_code()})

    assert client.post("/my/code/", {"code": code_of()})["Location"] == "/my/"


def test_code_opens_once_and_for_ten_minutes(here):
    row = signing_in.ask_code(KNOWN, at=factories.MONDAY_NOON)
    code = signing_in.to_send(row.pk, at=factories.MONDAY_NOON)[1]
    late = factories.MONDAY_NOON + timedelta(minutes=10)

    with pytest.raises(signing_in.NotSaid, match="十分钟"):
        signing_in.answer_code(row.pk, code, at=late)
    assert signing_in.answer_code(row.pk, code, at=late - timedelta(seconds=1))[0].person_id
    with pytest.raises(signing_in.NotSaid):
        signing_in.answer_code(row.pk, code, at=late - timedelta(seconds=1))


def test_code_is_good_in_the_browser_that_asked_for_it(here, client):
    client.post("/my/sign-in/", {"phone": KNOWN})
    code, other = code_of(), Client()

    assert other.post("/my/code/", {"code": code})["Location"] == "/my/sign-in/"
    other.post("/my/sign-in/", {"phone": UNKNOWN})
    assert other.post("/my/code/", {"code": code}).status_code == 422
    other.cookies["yg-code"] = client.cookies["yg-code"].value[:-2] + "xx"
    assert other.post("/my/code/", {"code": code})["Location"] == "/my/sign-in/"


def test_fourth_code_within_ten_minutes_is_refused_for_both_alike(here):
    answers = {phone: [bare(asked(phone)[1])[0] for _ in range(4)] for phone in (KNOWN, UNKNOWN)}

    assert answers == {KNOWN: [302, 302, 302, 429], UNKNOWN: [302, 302, 302, 429]}


def test_number_stands_nowhere_in_the_clear_and_the_code_in_no_notice(here, client):
    client.post("/my/sign-in/", {"phone": UNKNOWN})
    client.post("/my/sign-in/", {"phone": KNOWN})
    code = code_of()
    with connection.cursor() as cursor:
        for table in ("accounts_bucket", "archive_signincode", "notices_notice", "audit_logentry"):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            text = cursor.fetchone()[0]
            assert UNKNOWN not in text and KNOWN not in text
            assert not re.search(rf"(?<![0-9a-f-]){code}(?![0-9a-f-])", text)


def test_message_carries_the_code_and_is_forgotten_once_it_left(here, client, settings, tmp_path):
    settings.DEMO, settings.YIGE_OUTBOX_FOLDER = True, tmp_path
    client.post("/my/sign-in/", {"phone": KNOWN})
    client.post("/my/sign-in/", {"phone": UNKNOWN})
    code = code_of(SignInCode.objects.exclude(person=None).get())

    acts.send_notices(timezone.now() + timedelta(seconds=10))

    (page,) = tmp_path.iterdir()
    assert page.read_text() == (
        f"收件：{KNOWN}\n【一格】验证码 {code}，10 分钟内有效。不是您本人操作，请不用理会。\n"
    )
    known = SignInCode.objects.exclude(person=None).get()
    assert known.code_sealed is None
    assert sorted(Notice.objects.filter(audience="resident").values_list("delivery", flat=True)) == [
        Delivery.KEPT,
        Delivery.SENT,
    ]


def test_code_goes_out_at_night_too():
    assert len("【一格】" + messages.CODE_TEXT.format(code="123456")) <= 70
    town = factories.town()
    family(town)
    night = factories.MONDAY_NOON + timedelta(hours=11)  # 23:00 in Shanghai

    signing_in.ask_code(KNOWN, at=night)

    assert Notice.objects.get(audience="resident").send_after == night


@pytest.mark.parametrize("typed", ["", "abc", "123", "1" * 40])
def test_what_is_no_number_is_said(here, client, typed):
    response = client.post("/my/sign-in/", {"phone": typed})

    assert (response.status_code, SignInCode.objects.count()) == (422, 0)
    assert "请填手机号码" in response.text


def use_up(name):
    limit = LIMITS[name]
    key = bucket_values(limit, "", timezone.now())[0]
    empty = {"level": 0, "at": timezone.now() + timedelta(hours=1)}
    Bucket.objects.update_or_create(key=key, defaults=empty)


def test_a_flood_of_asking_leaves_phones_that_signed_in_and_the_desk(here):
    known = Client()
    sign_in(known, KNOWN)
    known.post("/my/sign-out/")
    use_up("sign_in.all")

    stranger = Client().post("/my/sign-in/", {"phone": UNKNOWN})
    again = Client().post("/my/sign-in/", {"phone": UNKNOWN})

    assert (stranger.status_code, again.status_code) == (429, 429)
    assert "窗口，当面就能查看和办理" in stranger.text
    assert UNKNOWN in stranger.text
    assert known.post("/my/sign-in/", {"phone": KNOWN}).headers["Location"] == "/my/code/"
    told = Notice.objects.filter(kind="attacked")
    assert [(row.user_id, row.title) for row in told] == [(here.security.pk, "要登录验证码的人多得不平常")]


def test_phones_that_signed_in_have_a_ceiling_too(here):
    known = Client()
    sign_in(known, KNOWN)
    use_up("sign_in.all_known")

    known.post("/my/sign-out/")
    assert known.post("/my/sign-in/", {"phone": UNKNOWN}).status_code == 429
    assert Client().post("/my/sign-in/", {"phone": UNKNOWN}).status_code == 302


def test_a_code_asked_for_from_many_networks_of_one_site_is_slowed(here):
    limit = LIMITS["sign_in.site"]
    key = bucket_values(limit, "2001:db8:1::", timezone.now())[0]
    Bucket.objects.create(key=key, level=0, at=timezone.now() + timedelta(hours=1))

    def ask(address):
        return Client().post("/my/sign-in/", {"phone": UNKNOWN}, REMOTE_ADDR=address).status_code

    assert (ask("2001:db8:1:7::1"), ask("2001:db8:2:7::1"), ask("10.0.0.1")) == (429, 302, 302)
