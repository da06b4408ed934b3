"""Every write to the tree; boundaries and names change, what was before stays on record."""

from django.db.models import F

from yige.audit.log import action
from yige.grids import codes, shapes
from yige.grids.models import Grid, GridOutline, Kind, QrToken, TreeVersion
from yige.lib import typed_text
from yige.lib.crypto import random_code
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

TOKEN_LENGTH = 16  # 80 bits
DETAILS = ("phone", "household_count", "national_code")


@action("grids.make", makes=Grid)
def make(
    parent, *, by, at, id, code, name, phone="", household_count=None, national_code="", shape=None
) -> Grid:
    """Put a new grid below its parent (None for a subdistrict); code and parent must agree."""
    _allow(by, at, parent)
    read = _code_below(parent, code)
    if Grid.objects.current().filter(code=read.text).exists():
        raise Conflict("这个编码已有在用的网格。", code="编码已被使用")
    grid = Grid(
        id=id,
        parent=parent,
        level=read.level,
        kind=Kind.EXCLUSIVE if read.exclusive else Kind.ORDINARY,
        name=_name(name),
        code=read.text,
        path=read.path,
        valid_from=local_day(at),
    )
    _tell(grid, phone=phone, household_count=household_count, national_code=national_code)
    grid.save(force_insert=True)
    if shape is not None:
        _draw(grid, shape, at)
    _changed()
    return grid


@action("grids.rename")
def rename(grid, *, by, at, name) -> Grid:
    """Give the grid another name; its code and its cases stay."""
    grid = _locked(grid, by, at)
    grid.name = _name(name)
    grid.save(update_fields=["name"])
    _changed()
    return grid


@action("grids.describe")
def describe(grid, *, by, at, **details) -> Grid:
    """Change the duty phone, the number of households or the national code."""
    grid = _locked(grid, by, at)
    _tell(grid, **details)
    grid.save(update_fields=list(DETAILS))
    return grid


@action("grids.redraw")
def redraw(grid, *, by, at, shape) -> Grid:
    """Give the grid another boundary from today on; the old one stays with its dates."""
    grid = _locked(grid, by, at)
    _draw(grid, shape, at)
    _changed()
    return grid


@action("grids.retire")
def retire(grid, *, by, at) -> Grid:
    """End a grid that nothing lies below any more; its cases and codes keep pointing to it."""
    grid = _locked(grid, by, at)
    if Grid.objects.current().filter(parent=grid).exists():
        raise NotAllowed("它下面还有在用的网格，请先停用下级。")
    grid.valid_until = max(local_day(at), grid.valid_from)
    grid.save(update_fields=["valid_until"])
    _end_outline(grid, grid.valid_until)
    grid.qr_tokens.live().update(retired_at=at)
    _changed()
    return grid


@action("grids.issue_qr", makes=QrToken)
def issue_qr(grid, *, by, at, id, place="") -> QrToken:
    """Make a code for a poster at one place of the grid."""
    return _issue(_locked(grid, by, at), id, place, at)


@action("grids.retire_qr")
def retire_qr(qr, *, by, at) -> QrToken:
    """End a code whose poster was taken down; scanning it then says so."""
    _allow(by, at, qr.grid)
    qr = QrToken.objects.select_for_update().get(pk=qr.pk)
    qr.retired_at = qr.retired_at or at
    qr.save(update_fields=["retired_at"])
    return qr


@action("grids.replace_qr", makes=QrToken)
def replace_qr(qr, *, by, at, id) -> QrToken:
    """Put a new code in the place of a damaged or misused one."""
    _allow(by, at, qr.grid)
    old = QrToken.objects.select_for_update().get(pk=qr.pk)
    if old.retired_at:
        raise Conflict("这个二维码已经停用，不能再替换。")
    new = _issue(_locked(old.grid, by, at), id, old.place, at)
    old.retired_at, old.replaced_by = at, new
    old.save(update_fields=["retired_at", "replaced_by"])
    return new


def _allow(by, at, grid):
    """The command line keeps the tree, and system administrators theirs; a new street (None) is nobody's yet."""
    if by.actor_kind == "command":
        return
    posts = [post for post in by.posts_at(at) if post.may("keep_grids")]
    if not posts:
        raise NotAllowed("只有系统管理员可以修改网格和二维码。")
    if grid and not any(post.covers(grid.path) for post in posts):
        raise NotAllowed("这个网格不在您管的辖区里，请由那里的系统管理员来办。")


def _locked(grid, by, at):
    _allow(by, at, grid)
    grid = Grid.objects.select_for_update().get(pk=grid.pk)
    if grid.valid_until:
        raise NotAllowed("这个网格已经停用，不能再修改。")
    return grid


def _code_below(parent, text):
    read = codes.read_code(text)
    if read is None:
        raise NotSaid("网格编码不对，应如 410106003004-02-03。", code="编码格式不对")
    if parent is not None and parent.valid_until:
        raise NotAllowed("上级网格已经停用。")
    if read.parent != (parent.code if parent else ""):
        raise NotSaid("网格编码和上级对不上。", code=f"上级应为 {read.parent or '无'}")
    return read


def _name(text):
    name = typed_text.clean_line(text)
    if not name:
        raise NotSaid("请填写网格名称。", name="请填写名称")
    if len(name) > 60:
        raise NotSaid("网格名称太长，最多 60 个字。", name="最多 60 个字")
    return name


def _tell(grid, **details):
    unknown = set(details) - set(DETAILS)
    if unknown:
        raise TypeError(f"a grid has no {', '.join(sorted(unknown))}")
    national = details.get("national_code", grid.national_code)
    if national and not codes.is_national(national):
        raise NotSaid("国家编码应为 9、12 或 15 位数字。", national_code="应为 9、12 或 15 位数字")
    count = details.get("household_count", grid.household_count)
    if count is not None and not 0 <= count <= 1_000_000:
        raise NotSaid("户数应为 0 到 1000000 的整数。", household_count="应为整数")
    grid.national_code, grid.household_count = national, count
    grid.phone = _phone(details.get("phone", grid.phone))


def _phone(text):
    phone = typed_text.clean_line(typed_text.half_width(text))
    if len(phone) > 20 or any(char not in "0123456789-+ ()" for char in phone):
        raise NotSaid("值班电话只能有数字、空格和横线，最多 20 位。", phone="电话格式不对")
    return phone


def _draw(grid, shape, at):
    wkb = shapes.from_wkb(shape)
    today = local_day(at)
    _end_outline(grid, today)
    GridOutline.objects.create(
        grid=grid, shape=wkb, valid_from=max(today, grid.valid_from), **shapes.bounds(wkb)
    )


def _end_outline(grid, day):
    grid.outlines.filter(valid_until__isnull=True).update(valid_until=day)


def _issue(grid, id, place, at):
    place = typed_text.clean_line(place)
    if len(place) > 60:
        raise NotSaid("张贴位置太长，最多 60 个字。", place="最多 60 个字")
    return QrToken.objects.create(
        id=id, token=random_code(TOKEN_LENGTH), grid=grid, place=place, issued_at=at
    )


def _changed():
    TreeVersion.objects.get_or_create(pk=1)
    TreeVersion.objects.filter(pk=1).update(number=F("number") + 1)
