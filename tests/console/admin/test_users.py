import pytest
from django.utils import timezone

from tests import factories
from yige.accounts.models import Post, Unit, User
from yige.audit.models import LogEntry


@pytest.fixture
def keeper(client, here):
    client.force_login(here.security)
    return client


def test_new_account_shows_its_link_once(keeper, here):
    response = keeper.post("/console/users/new/", {"username": "new01", "name": "新人"})

    user = User.objects.get(username="new01")
    assert response.text.count("/accounts/begin/") == 1
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not user.has_usable_password()
    assert "/accounts/begin/" not in keeper.get(f"/console/users/{user.pk}/").text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"username": "desk", "name": "新人"}, "这个账号已经有人用了"),
        ({"username": "王", "name": "新人"}, "2–40 个小写字母"),
        ({"username": "new01", "name": ""}, "请填写这一项"),
        ({"username": "new01", "name": "<script>alert(1)</script>", "phone": "abc"}, "电话只能有"),
        ({"username": "new01", "name": "新" * 90}, "最多 40 个字"),
        ({"username": "new01", "name": "新人", "email": "not-a-mail"}, "邮箱格式不对"),
    ],
)
def test_refused_account_keeps_what_was_typed(keeper, here, said, sentence):
    response = keeper.post("/console/users/new/", said)

    assert response.status_code in (409, 422)
    assert sentence in response.text
    assert f'value="{said["username"]}"' in response.text
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("n", [1, 3])
def test_list_asks_the_same_for_one_and_three(keeper, here, n, django_assert_num_queries):
    for number in range(n):
        factories.staff(f"extra{number}", "grid_worker", "/zz/js/9/", here.team_unit)
    keeper.get("/console/users/")

    with django_assert_num_queries(6):
        response = keeper.get("/console/users/?words=extra")

    assert response.text.count(">extra") == n


def test_filters_find_role_unit_and_state(keeper, here):
    def shown(**asked):
        return {user.username for user in keeper.get("/console/users/", asked).context["page"]}

    assert shown(role="desk") == {"desk"}
    assert shown(unit="bureau") == {"department"}
    assert shown(state="idle") == {"former", "idle"}
    assert shown(words="某work") == {"worker"}
    assert shown(state="closed") == set()


def test_post_is_given_and_ended(keeper, here):
    said = {"role": "intake", "unit": here.station_unit.pk, "path": "/zz/", "since": timezone.localdate()}

    keeper.post(f"/console/users/{here.idle.pk}/give/", said)
    post = here.idle.posts.get()
    page = keeper.get(f"/console/users/{here.idle.pk}/").text
    keeper.post(f"/console/posts/{post.pk}/end/")

    assert (post.role, post.unit.slug, post.path) == ("intake", "station", "/zz/")
    assert "在任" in page and "网格zz" in page
    assert Post.objects.get(pk=post.pk).until == timezone.localdate()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"role": ""}, "请选一个角色"),
        ({"role": "grid_head"}, "的辖区应是网格"),
        ({"path": "/nowhere/"}, "在用的网格"),
        ({"unit": "x"}, "没有这个单位"),
        ({"since": "not-a-day"}, "应如 2026-11-22"),
        ({"role": "auditor", "who": "worker"}, "互相分开"),
        ({"until": "2020-01-01"}, "任职止应晚于任职起"),
    ],
)
def test_refused_post_says_why_beside_the_field(keeper, here, said, sentence):
    who = getattr(here, said.pop("who", "idle"))
    whole = {
        "role": "intake",
        "unit": str(here.station_unit.pk),
        "path": "/zz/",
        "since": "2026-01-01",
    } | said

    response = keeper.post(f"/console/users/{who.pk}/give/", whole)

    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="intake" selected' in response.text or "role" in said


def test_own_account_offers_nothing_and_refuses_everything(keeper, here):
    page = keeper.get(f"/console/users/{here.security.pk}/").text

    response = keeper.post(f"/console/users/{here.security.pk}/deactivate/")

    assert "设岗" not in page.replace("岗位、密码", "")
    assert response.status_code == 422
    assert "另一位安全管理员" in response.text
    assert User.objects.get(pk=here.security.pk).is_active


def test_reset_voids_the_password_and_the_logins(keeper, here, client):
    other = type(client)()
    other.post("/accounts/login/", {"login": "worker", "password": factories.PASSWORD})
    other.get("/console/")

    response = keeper.post(f"/console/users/{here.worker.pk}/reset/")

    assert response.text.count("/accounts/begin/") == 1
    assert other.get("/console/").headers["Location"].startswith("/accounts/login/")
    assert not User.objects.get(pk=here.worker.pk).has_usable_password()


def test_device_list_shows_and_ends_logins(keeper, here, client):
    other = type(client)(
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 MicroMessenger/8"}
    )
    other.post("/accounts/login/", {"login": "worker", "password": factories.PASSWORD})
    page = keeper.get(f"/console/users/{here.worker.pk}/").text

    keeper.post(f"/console/users/{here.worker.pk}/sessions/")

    assert "安卓手机 · 微信" in page
    assert other.get("/console/").status_code == 302


def test_open_cases_are_counted_before_a_post_ends(keeper, here):
    before = keeper.get(f"/console/users/{here.worker.pk}/").text
    factories.life(here, until="handling")

    after = keeper.get(f"/console/users/{here.worker.pk}/").text

    assert "没办结的事项" not in before
    assert "他手里还有 1 件没办结的事项" in after


@pytest.mark.parametrize("tail", ["nothing/", "give/x/", "../"])
def test_unknown_verb_is_not_there(keeper, here, tail):
    assert keeper.post(f"/console/users/{here.worker.pk}/{tail}").status_code in (404, 405)
    assert keeper.get("/console/users/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_office_is_made_changed_closed(keeper, here):
    said = {
        "name": "新站点",
        "slug": "new-station",
        "kind": "station",
        "path": "/zz/",
        "phone": "0371-1234567",
    }
    keeper.post("/console/offices/new/", said)
    keeper.post("/console/offices/new-station/", said | {"name": "新站点二"})
    keeper.post("/console/offices/new-station/close/")
    refused = keeper.post("/console/offices/team/close/")

    made = Unit.objects.get(slug="new-station")
    assert (made.name, made.active) == ("新站点二", False)
    assert refused.status_code == 422
    assert "还有人在任" in refused.text
    assert Unit.objects.get(slug="team").active


@pytest.mark.parametrize(
    "said", [{"slug": "team"}, {"slug": "大"}, {"name": ""}, {"kind": "king"}, {"name": "单位team"}]
)
def test_refused_office_keeps_what_was_typed(keeper, here, said):
    whole = {"name": "新站点", "slug": "new-station", "kind": "station", "path": "", "phone": ""} | said

    response = keeper.post("/console/offices/new/", whole)

    assert response.status_code in (409, 422)
    assert "yg-field__error" in response.text
    assert f'value="{whole["slug"]}"' in response.text


def test_every_act_is_in_the_log(keeper, here):
    keeper.post(f"/console/users/{here.idle.pk}/describe/", {"name": "改名", "phone": "", "email": ""})

    line = LogEntry.objects.get(verb="accounts.describe_user")
    assert (line.actor_id, line.subject_id, line.fields) == (
        here.security.pk, str(here.idle.pk), ["email", "name", "phone"],
    )  # fmt: skip
