"""Which posts one person may hold, and where: separation of the three administrations, level and place."""

from django.db.models import F

from yige.accounts import roles
from yige.accounts.models import Post
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

ADMINISTRATIONS = tuple(role.name for role in roles.ROLES if role.admin)
ALONE = "三个管理员岗位（审计、安全、系统）互相分开，也不能和其他岗位兼任。"
NOT_ONESELF = "不能给自己设岗或撤岗，请由另一位安全管理员来办。"
NOT_YOURS = "只有安全管理员可以管账号、岗位和单位。"
ELSEWHERE = "这不在您管的辖区里，请由那里的安全管理员来办。"
NOT_YOUR_TABLES = "只有系统管理员可以改分类、日历和参数，答复平台意见。"


def check_keeper(by, at, *paths) -> None:
    """Refuse whoever does not keep the accounts of all these places; "" is no place. The command line keeps them all."""
    kept = kept_paths(by, at)
    if by.actor_kind != "command" and not kept:
        raise NotAllowed(NOT_YOURS)
    if by.actor_kind != "command" and any(path and not path.startswith(kept) for path in paths):
        raise NotAllowed(ELSEWHERE)


def kept_paths(by, at) -> tuple[str]:
    """Return the places whose accounts somebody keeps now."""
    posts = by.posts_at(at) if by.actor_kind == "staff" else ()
    return tuple(post.path for post in posts if post.may("keep_accounts"))


def areas_of(user, at) -> list[str]:
    """Return where an account belongs: its posts of now and to come, else its last one, else where it was made."""
    posts = user.posts.order_by(F("until").desc(nulls_first=True))
    standing = [post.path for post in posts if post.until is None or post.until > local_day(at)]
    return standing or [post.path for post in posts[:1]] or [user.made_in]


def areas_of_unit(unit, at) -> list[str]:
    """Return where a unit belongs; one without an area to those whose people hold posts in it."""
    return (
        [unit.path] if unit.path else list(unit.posts.held_on(local_day(at)).values_list("path", flat=True))
    )


def check_tables(by, at) -> None:
    """Refuse whoever does not keep the tables: the system administrator or the command line."""
    if not _keeps(by, at, "keep_tables"):
        raise NotAllowed(NOT_YOUR_TABLES)


def _keeps(by, at, capability):
    """Say whether an administrator may do this now; the command line may."""
    return by.actor_kind == "command" or any(post.may(capability) for post in by.posts_at(at))


def check_other(by, user) -> None:
    """Refuse somebody who acts on his or her own account."""
    if by.actor_id == user.pk:
        raise NotAllowed(NOT_ONESELF)


def check_together(held, role, unit, path) -> None:
    """Refuse a post that cannot stand beside those already held at the same time."""
    for post in held:
        if (post.role, post.unit_id, post.path) == (role, unit.pk, path):
            raise Conflict("这个岗位他已经在任。", role="同一单位、同一辖区的这个岗位已经在任")
        if role in ADMINISTRATIONS or post.role in ADMINISTRATIONS:
            raise NotAllowed(ALONE, role=f"已在任“{post.rule.label}”。{ALONE}")


def check_place(role, unit, path) -> None:
    """Refuse a place that is no grid in use, or not of the level that the role works on."""
    grid = Grid.objects.current().filter(path=path).first()
    if grid is None:
        raise NotSaid("没有这个辖区。", path="请选一个在用的网格作为辖区。")
    level = roles.ROLE_BY_NAME[role].level
    if level and grid.level != level:
        raise NotSaid(
            "辖区和角色对不上。", path=f"“{roles.ROLE_BY_NAME[role].label}”的辖区应是{_level(level)}。"
        )
    if not unit.active:
        raise NotSaid("这个单位已经停用。", unit="单位已停用，请选别的单位。")


def overlapping(user, since, until) -> list[Post]:
    """Return the posts of a user that stand at some day of this stretch."""
    posts = user.posts.exclude(until__lte=since)
    return list(posts if until is None else posts.filter(since__lt=until))


def _level(number):
    return {1: "街道", 2: "社区", 3: "网格", 4: "微网格"}[number]
