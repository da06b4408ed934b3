"""Branches of grids, who registers with one of their own accord, and what neighbours offer; who is asked by a call.

Nobody is registered by somebody else, and nothing in the house asks whether somebody is: only the person, whom it is
shown to, and the message of a call that was made for members.
"""

from django.db import IntegrityError, transaction

from yige.accounts.actors import STRANGER
from yige.accounts.roles import GRID_HEADS
from yige.accounts.scope import posts_of, posts_with
from yige.alliance import seat_rules
from yige.alliance.models import Branch, HelpOffer, Membership, OrganisationMember, ReportIn
from yige.alliance.seats import lock_free, lock_person
from yige.alliance.words import HelpHours, HelpSkill
from yige.archive.models import Person
from yige.audit.log import action
from yige.grids.models import Level
from yige.lib.ids import new_id
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

ONLY_ONESELF = "只能自己登记、自己退出，别人不能代办。"


@action("alliance.open_branch", makes=Branch)
def open_branch(grid, *, by, at, id, name) -> Branch:
    """Write down the branch of a level-3 grid."""
    if by.actor_kind != "staff" or not posts_with(by, at, "keep_branches", grid.path):
        raise NotAllowed("支部由这个范围的各级网格长登记。")
    if grid.level != Level.GRID:
        raise NotSaid("请另选。", grid="支部建在三级网格上，请选一个三级网格。")
    if not 2 <= len(name) <= 40:
        raise NotSaid("请写名称。", name="请写 2 到 40 个字。")
    row = Branch(id=id, grid=grid, grid_path=grid.path, name=name, opened_at=at, opened_by=by)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这个网格的支部已经登记过了。", grid="这个网格的支部已经登记过了。") from None
    return row


def join_branch(branch, *, by, at, person, shows_name=False, key=None) -> Branch:
    """Register oneself with a branch, or say anew whether its head sees the name; the log does not say who."""
    person = oneself(person, by, at)
    return take_in(branch, by=STRANGER, at=at, key=key, person=person, shows_name=shows_name)


@action("alliance.join_branch")
def take_in(branch, *, by, at, person, shows_name) -> Branch:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    Membership.objects.filter(person=person).exclude(branch=branch).delete()
    if not Membership.objects.filter(person=person).update(shows_name=shows_name):
        row = Membership(id=new_id(), branch=branch, person=person, joined_at=at, shows_name=shows_name)
        row.save(force_insert=True)
    return branch


def leave_branch(branch, *, by, at, person, key=None) -> Branch:
    """Take the registration back: the row goes, and the log does not say whose it was."""
    return take_out(branch, by=STRANGER, at=at, key=key, person=oneself(person, by, at))


@action("alliance.leave_branch")
def take_out(branch, *, by, at, person) -> Branch:
    Membership.objects.filter(person=person, branch=branch).delete()
    return branch


@action("alliance.offer_help")
def offer_help(person, *, by, at, skill, hours) -> Person:
    """Say what one can do for others and when; said again, it changes the hours."""
    if skill not in HelpSkill.values or hours not in HelpHours.values:
        raise NotSaid("请从列表里选。", skill="请从列表里选。")
    row = lock_person(person, by, at)
    HelpOffer.objects.update_or_create(
        person=row,
        skill=skill,
        defaults={"hours": hours},
        create_defaults={"id": new_id(), "hours": hours, "offered_at": at},
    )
    return row


@action("alliance.withdraw_offer")
def withdraw_offer(person, *, by, at, skill) -> Person:
    """Take an offer back; the row goes."""
    row = lock_person(person, by, at)
    HelpOffer.objects.filter(person=row, skill=skill).delete()
    return row


def oneself(person, by, at) -> Person:
    if by.actor_kind != "resident" or by.actor_id != person.pk:
        raise NotAllowed(ONLY_ONESELF)
    return lock_free(person, by, at)


def people_asked(call) -> list:
    """Return the ids of whom a call is told: who offered just this for these hours, and the members it asks."""
    found = set()
    if call.needs:
        hours = (HelpHours.ANY, seat_rules.hours_of(call.starts_at))
        offers = HelpOffer.objects.filter(skill=call.needs, hours__in=hours)
        found |= set(
            offers.filter(person__grid_path__startswith=call.grid_path).values_list("person", flat=True)
        )
    if call.tells_members and call.organisation_id:
        own = OrganisationMember.objects.filter(organisation=call.organisation_id)
        found |= set(own.values_list("person", flat=True))
    elif call.tells_members:
        members = Membership.objects.filter(branch__grid_path__startswith=call.grid_path)
        found |= set(members.values_list("person", flat=True))
        reported = ReportIn.objects.filter(person__grid_path__startswith=call.grid_path)
        found |= set(reported.values_list("person", flat=True))
    return sorted(found)


def branch_of_home(person) -> Branch | None:
    """Return the branch of the grid in which somebody lives, None where there is none."""
    parts = person.household.grid_path.strip("/").split("/") if person.household else []
    path = "/" + "/".join(parts[: Level.GRID]) + "/"
    return (
        Branch.objects.select_related("grid").filter(grid_path=path).first()
        if len(parts) >= Level.GRID
        else None
    )


def membership_of(person) -> Membership | None:
    return Membership.objects.filter(person=person).select_related("branch").first()


def seen_by_head(branch, user, at) -> list[Membership]:
    """Return the members who let the head of their branch see a name, for this head alone."""
    heads = [
        post
        for post in posts_of(user, at)
        if post.role == GRID_HEADS[Level.GRID] and post.path == branch.grid_path
    ]
    if not heads:
        return []
    rows = branch.memberships.filter(shows_name=True).select_related("person")
    return list(rows.order_by("joined_at", "id"))
