"""干部包片 and 党员联户: who looks after which area, and which households agreed to whom; either side may end it."""

from yige.accounts.models import Post
from yige.accounts.scope import posts_with
from yige.archive.models import Household, Link
from yige.archive.people.standing import ways
from yige.archive.words import LinkKind
from yige.audit.log import action
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

FEWEST_HOUSEHOLDS, MOST_HOUSEHOLDS = 5, 10  # households of one party member; a wish, not a wall
NOT_ONESELF = "包片会打开那里的档案，不能给自己安排，请由上一级或档案管理员来办。"
NOT_A_GIVER = "包片由档案管理员、一级网格长或二级网格长在自己的辖区里安排。"


@action("contact.link_area", makes=Link)
def link_area(user, *, by, at, id, path) -> Link:
    """Give a cadre an area to look after; a second link to the same area is refused."""
    _check_gives(by, path, at)
    if user.pk == by.actor_id:
        raise NotAllowed(NOT_ONESELF, user=NOT_ONESELF)
    _check_takes(user, path, at)
    if user.links.current().filter(path=path, household=None).exists():
        raise Conflict("这个片区已经由他（她）包了。")
    link = Link(id=id, kind=LinkKind.AREA, user=user, path=path, since=local_day(at))
    link.save(force_insert=True)
    return link


@action("contact.link_household", makes=Link)
def link_household(household, *, by, at, id, user, consented=False) -> Link:
    """Join a household to a party member or a cadre, because the household said yes."""
    if not ways(by, household, at) & {"area", "keeper", "self"}:
        raise NotAllowed("联户由本片区的人或档案管理员来登记，要本户同意。")
    if not consented:
        raise NotSaid("要本户同意才能联。", consented="请先问过本户，同意了再勾选。")
    household = Household.objects.select_for_update().get(pk=household.pk)
    if household.ended_at:
        raise Conflict("这一户已经搬走，档案结束了，不能再联。")
    _check_takes(user, household.grid_path, at)
    if user.links.current().filter(household=household).exists():
        raise Conflict("这一户已经和他（她）联上了。")
    link = Link(
        id=id,
        kind=LinkKind.HOUSEHOLD,
        user=user,
        household=household,
        consented_at=at,
        since=local_day(at),
    )
    link.save(force_insert=True)
    return link


@action("contact.unlink")
def unlink(link, *, by, at) -> Link:
    """End a link: the one who is linked, the household, or whoever may give it; no reason is asked for."""
    link = Link.objects.select_for_update(of=("self",)).select_related("household").get(pk=link.pk)
    mine = by.actor_kind == "staff" and link.user_id == by.pk
    if (
        not mine
        and link.household is not None
        and not ways(by, link.household, at) & {"area", "keeper", "self"}
    ):
        raise NotAllowed("联户由本户、联系人或本片区的人来解除。")
    if not mine and link.household is None:
        _check_gives(by, link.path, at)
    link.until = link.until or local_day(at)
    link.save(update_fields=["until"])
    return link


def household_count_note(user, at) -> str:
    """Return a sentence when somebody is linked to fewer or more households than is meant, or ""."""
    count = user.links.held_on(local_day(at)).filter(kind=LinkKind.HOUSEHOLD).count()
    if count > MOST_HOUSEHOLDS:
        return f"现在联系 {count} 户，多于 {MOST_HOUSEHOLDS} 户。顾不过来的，可以请别人分担。"
    if 0 < count < FEWEST_HOUSEHOLDS:
        return f"现在联系 {count} 户，一般是 {FEWEST_HOUSEHOLDS} 到 {MOST_HOUSEHOLDS} 户。"
    return ""


def _check_gives(by, path, at):
    if by.actor_kind == "command":
        return
    if not posts_with(by, at, "give_areas", path):
        raise NotAllowed(NOT_A_GIVER)


def _check_takes(user, path, at):
    """A link gives access to files, so only somebody with a post that visits by links, near this place, can hold one."""
    held = Post.objects.held_on(local_day(at)).filter(user=user, user__is_active=True)
    street = path.split("/")[1]
    if not any(post.may("visit") and post.path.split("/")[1] == street for post in held):
        sentence = "他（她）在本街道没有走访的岗位（二级网格长、三级网格长、网格员、微网格员或联户党员）。"
        raise NotSaid(sentence, user=sentence)
