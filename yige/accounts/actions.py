"""Every write to accounts, posts and units; who keeps them is the security administrator, never for himself."""

import re

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from yige.accounts import account_changes, duties, roles
from yige.accounts.models import Post, Unit, UnitKind, User
from yige.audit.log import action, write
from yige.lib import typed_text
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}", re.ASCII)
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,59}", re.ASCII)
PHONE = re.compile(r"[0-9+() -]{0,20}", re.ASCII)


@action("accounts.make_user", makes=User)
def make_user(_, *, by, at, id, username, name, phone="", email="") -> User:
    """Make an account without a password: its owner sets one by the one-time link."""
    duties.check_keeper(by, at)
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise NotSaid("账号不合格式。", username="账号用 2–40 个小写字母、数字、点或横线。")
    if User.objects.filter(username=username).exists():
        raise Conflict("账号重复。", username="这个账号已经有人用了，请换一个。")
    here = duties.kept_paths(by, at)[:1]
    user = User(id=id, username=username, made_at=at, made_in="".join(here), **_contact(name, phone, email))
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


@action("accounts.describe_user")
def describe_user(user, *, by, at, name, phone="", email="") -> User:
    """Correct the name, work phone or work address of an account."""
    duties.check_keeper(by, at, *duties.areas_of(user, at))
    user = _locked(user)
    reached_by = user.phone, user.email
    for field, value in _contact(name, phone, email).items():
        setattr(user, field, value)
    user.save(update_fields=["name", "phone", "email"])
    if (user.phone, user.email) != reached_by and by.actor_id != user.pk:
        account_changes.let_keepers_rest(user, at)
        account_changes.tell_owner(user, "您账号的电话或邮箱被改了", at)
    return user


@action("accounts.deactivate_user")
def deactivate(user, *, by, at) -> User:
    """Close an account: its posts end today, its sessions end now, its history stays."""
    duties.check_keeper(by, at, *duties.areas_of(user, at))
    duties.check_other(by, user)
    user = _locked(user)
    _keep_one_keeper(user, at)
    day = local_day(at)
    user.posts.filter(since__gt=day).update(until=F("since"))
    user.posts.filter(until=None).update(until=day)
    user.posts.filter(since__lte=day, until__gt=day).update(until=day)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_all(user)
    return user


@action("accounts.activate_user")
def activate(user, *, by, at) -> User:
    """Open a closed account again, without posts and without its old password."""
    duties.check_keeper(by, at, *duties.areas_of(user, at))
    duties.check_other(by, user)
    user = _locked(user)
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    return user


@action("accounts.give_post", makes=Post)
def give_post(user, *, by, at, id, role, unit, path, since, until=None) -> Post:
    """Give somebody a role in a unit over an area from a day on; the three administrations stand alone."""
    duties.check_keeper(by, at)
    duties.check_other(by, user)
    user = _locked(user)
    if role not in roles.ROLE_BY_NAME:
        raise NotSaid("没有这个角色。", role="请选一个角色。")
    if not user.is_active:
        raise NotAllowed("账号已停用，请先启用再设岗。")
    if until is not None and until <= since:
        raise NotSaid("日期前后不对。", until="任职止应晚于任职起。")
    duties.check_place(role, unit, path)
    duties.check_keeper(by, at, path)
    duties.check_together(duties.overlapping(user, since, until), role, unit, path)
    facts = {"role": role, "unit": unit, "path": path, "since": since, "until": until}
    post = Post.objects.create(id=id, user=user, opens_at=account_changes.first_opening(role, at), **facts)
    account_changes.tell_owner(user, f"您有了新岗位：{post}", at)
    return post


@action("accounts.end_post")
def end_post(post, *, by, at) -> Post:
    """End a post today: what it allowed is gone at the next click; a post of the future is taken back."""
    duties.check_keeper(by, at, post.path)
    duties.check_other(by, post.user)
    _locked(post.user)
    post = Post.objects.select_related("user").get(pk=post.pk)
    day = local_day(at)
    if post.until is not None and post.until <= day:
        raise Conflict("这个岗位已经结束了。")
    if post.may("keep_accounts"):
        _keep_one_keeper(post.user, at)
    post.until = max(day, post.since)
    post.save(update_fields=["until"])
    return post


@action("accounts.reset_password")
def reset_password(user, *, by, at) -> User:
    """Void the password and every session; the one-time link that follows lets the owner set a new one."""
    duties.check_keeper(by, at, *duties.areas_of(user, at))
    duties.check_other(by, user)
    user = _locked(user)
    if not user.is_active:
        raise NotAllowed("账号已停用，请先启用。")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    _end_all(user)
    account_changes.let_keepers_rest(user, at)
    account_changes.tell_owner(user, "您账号的密码被重置了", at)
    return user


def set_password(user, *, by, at, password) -> User:
    """Set the password that the owner chose; every session ends. Raises NotSaid when it is too weak."""
    with transaction.atomic():
        user = _locked(user)
        _check_strength(user, password)
        # Not by @action: the log keeps a hash of what was said, and a quick hash of a password is no secret.
        write("accounts.set_password", by=by, at=at, kind=User._meta.label_lower, pk=user.pk)
        user.set_password(password)
        user.save(update_fields=["password"])
        _end_all(user)
    return user


@action("accounts.remove_factors")
def remove_factors(user, *, by, at) -> User:
    """Take away the second factors of somebody who lost the phone; the next log-in asks to set one anew."""
    duties.check_keeper(by, at, *duties.areas_of(user, at))
    duties.check_other(by, user)
    Authenticator.objects.filter(user=_locked(user)).delete()
    _end_all(user)
    account_changes.let_keepers_rest(user, at)
    account_changes.tell_owner(user, "您账号的两步登录被取消了", at)
    return user


@action("accounts.end_sessions")
def end_sessions(user, *, by, at, sessions=None) -> User:
    """End log-ins: one's own, or as security administrator another's; all of them when none is named."""
    if by.actor_id != user.pk:
        duties.check_keeper(by, at, *duties.areas_of(user, at))
    _end_all(user, sessions)
    return user


@action("accounts.set_digest")
def set_digest(user, *, by, at, wanted) -> User:
    """Take or leave the weekly digest; everybody chooses for himself."""
    if by.pk != user.pk:
        raise NotAllowed("每周小结要不要收，由本人来定。")
    user = _locked(user)
    user.weekly_digest = wanted
    user.save(update_fields=["weekly_digest"])
    return user


@action("accounts.make_unit", makes=Unit)
def make_unit(_, *, by, at, id, slug, name, kind, path="", phone="") -> Unit:
    """Add an office that can own cases."""
    duties.check_keeper(by, at, path)
    slug = slug.strip().lower()
    if not SLUG.fullmatch(slug):
        raise NotSaid("代号不合格式。", slug="代号用 2–60 个小写字母、数字或横线。")
    if Unit.objects.filter(slug=slug).exists():
        raise Conflict("代号重复。", slug="这个代号已经用过了，请换一个。")
    unit = Unit(id=id, slug=slug, **_office(None, name, kind, path, phone))
    unit.save(force_insert=True)
    return unit


@action("accounts.change_unit")
def change_unit(unit, *, by, at, name, kind, path="", phone="") -> Unit:
    """Change an office's name, kind, area or public phone; its cases stay with it."""
    duties.check_keeper(by, at, path, *duties.areas_of_unit(unit, at))
    for field, value in _office(unit, name, kind, path, phone).items():
        setattr(unit, field, value)
    unit.save(update_fields=["name", "kind", "path", "phone"])
    return unit


@action("accounts.close_unit")
def close_unit(unit, *, by, at) -> Unit:
    """Take an office out of use once nobody holds a post there; what it did stays on record."""
    duties.check_keeper(by, at, *duties.areas_of_unit(unit, at))
    if unit.posts.held_on(local_day(at)).exists():
        raise NotAllowed("这个单位还有人在任，请先结束他们的岗位。")
    unit.active = False
    unit.save(update_fields=["active"])
    return unit


@action("accounts.open_unit")
def open_unit(unit, *, by, at) -> Unit:
    """Put an office back into use."""
    duties.check_keeper(by, at, *duties.areas_of_unit(unit, at))
    unit.active = True
    unit.save(update_fields=["active"])
    return unit


def _locked(user):
    return User.objects.select_for_update().get(pk=user.pk)


def _keep_one_keeper(user, at):
    """Refuse to take away the last security administrator of a place: nobody could appoint the next.

    The posts are locked, so that two who end each other at the same moment do not both succeed.
    """
    held = Post.objects.held_on(local_day(at)).filter(
        role__in=roles.having("keep_accounts"), user__is_active=True
    )
    posts = list(held.select_for_update(of=("self",)).order_by("pk"))
    others = [post for post in posts if post.user_id != user.pk]
    for mine in (post for post in posts if post.user_id == user.pk):
        if not any(post.covers(mine.path) for post in others):
            raise NotAllowed("这是这里最后一位安全管理员，请先设好另一位。")


def _end_all(user, sessions=None):
    for session in UserSession.objects.filter(user=user) if sessions is None else sessions:
        if session.user_id == user.pk:
            session.end()


def _check_strength(user, password):
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise NotSaid("密码不合要求。", password=" ".join(error.messages)) from None


def _contact(name, phone, email):
    name, phone, email = typed_text.clean_line(name), typed_text.half_width(phone).strip(), email.strip()
    if not name:
        raise NotSaid("请填写姓名。", name="请填写姓名。")
    if len(name) > 40:
        raise NotSaid("姓名太长。", name="姓名最多 40 个字。")
    _check_phone(phone)
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise NotSaid("邮箱不对。", email="邮箱格式不对，请检查。") from None
    return {"name": name, "phone": phone, "email": email}


def _office(unit, name, kind, path, phone):
    name, phone = typed_text.clean_line(name), typed_text.half_width(phone).strip()
    if not name or len(name) > 60:
        raise NotSaid("请填写单位名称。", name="请填写单位名称，最多 60 个字。")
    if Unit.objects.filter(name=name).exclude(pk=unit and unit.pk).exists():
        raise Conflict("单位名称重复。", name="已有同名的单位。")
    if kind not in UnitKind.values:
        raise NotSaid("请选单位类别。", kind="请选单位类别。")
    _check_phone(phone)
    return {"name": name, "kind": kind, "path": path, "phone": phone}


def _check_phone(phone):
    if not PHONE.fullmatch(phone):
        raise NotSaid("电话不对。", phone="电话只能有数字、空格、括号和横线，最多 20 位。")
