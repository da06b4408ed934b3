"""Social organisations (社会组织): their public pages, the seats that run them, and who takes part of their own accord.

Which organisations there are says the archive; a social one is one of that kind that has not closed. A seat is an account
with a post for it, bound to one organisation by a head: it writes that page and runs those calls, and sees nothing else.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from yige.accounts.actors import STRANGER
from yige.accounts.models import Post, User
from yige.accounts.roles import having
from yige.accounts.scope import NOTHING, posts_of, posts_with
from yige.alliance.branches import oneself
from yige.alliance.call_checks import MISSING, refuse
from yige.alliance.models import OrganisationMember, OrganisationPage, OrganisationSeat
from yige.archive.models import Organisation, Person
from yige.archive.words import OrganisationKind
from yige.audit.log import action
from yige.cases.screening import faults_of
from yige.lib.ids import new_id
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed

NOT_ITS_PAGE = "社会组织的主页由这个范围的各级网格长，或者它自己的席位来写。"
NOT_A_HEAD = "席位由这个范围的各级网格长来给、来收回。"
RUNS = "run_organisation"


def social_organisations() -> QuerySet:
    """Return the organisations of the archive that are social ones and have not closed."""
    return Organisation.objects.filter(kind=OrganisationKind.SOCIAL, closed_at=None)


def shown_organisations(path="") -> QuerySet:
    """Return those with a page for everybody, of a place where one is named."""
    rows = social_organisations().filter(alliance_page__isnull=False).select_related("alliance_page", "grid")
    return rows.filter(grid_path__startswith=path) if path else rows


def organisations_run_by(user, at) -> QuerySet:
    """Return what somebody runs: those below the posts of a head, or the one of a seat."""
    reach = NOTHING
    for post in posts_of(user, at):
        if post.may("keep_organisations"):
            reach |= Q(grid_path__startswith=post.path)
        if post.may(RUNS):
            own = OrganisationSeat.objects.filter(user=user, ended_at=None).values("organisation")
            reach |= Q(pk__in=own, grid_path__startswith=post.path)
    return social_organisations().filter(reach)


def organisation_of_seat(by, at) -> Organisation | None:
    """Return the one organisation whose seat somebody holds now, None for everybody else."""
    if by.actor_kind != "staff" or not posts_with(by, at, RUNS):
        return None
    own = OrganisationSeat.objects.filter(user=by, ended_at=None).values("organisation")
    row = social_organisations().filter(pk__in=own).first()
    return row if row and posts_with(by, at, RUNS, row.grid_path) else None


@action("alliance.write_page")
def write_page(organisation, *, by, at, does, meets, joins, seen=None) -> Organisation:
    """Say what an organisation does, when and how one joins; everybody reads it."""
    row = lock_organisation(organisation)
    if by.actor_kind != "staff" or not organisations_run_by(by, at).filter(pk=row.pk).exists():
        raise NotAllowed(NOT_ITS_PAGE)
    texts = {"does": does, "meets": meets, "joins": joins}
    check_page(texts)
    page = OrganisationPage.objects.filter(organisation=row).first()
    if seen is not None and str(seen) != str(page.version if page else 0):
        raise Conflict("您打开页面之后，这一页有人改过。请看过再改。")
    page = page or OrganisationPage(id=new_id(), organisation=row, version=0)
    page.does, page.meets, page.joins = does, meets, joins
    page.written_at, page.written_by, page.version = at, by, page.version + 1
    page.save()
    return row


def check_page(texts) -> None:
    wrong = {}
    for name, text in texts.items():
        longest = OrganisationPage._meta.get_field(name).max_length
        if not text:
            wrong[name] = MISSING
        elif len(text) > longest:
            wrong[name] = f"最多写 {longest} 个字，现在是 {len(text)} 个。"
        elif faults := faults_of(text):
            wrong[name] = (
                "".join(faults) + "请换个写法，人人都看得到；要留电话的，登记在单位商户的“公开电话”里。"
            )
    refuse(wrong)


@action("alliance.give_seat")
def give_seat(organisation, *, by, at, user) -> Organisation:
    """Bind an account that holds a post for it to one organisation."""
    row = lock_organisation(organisation)
    check_head(row, by, at)
    if user.pk not in {each.pk for each in accounts_for(row, at)}:
        refuse({"user": "请从名单里选一个有“社会组织席位”岗位的账号。"})
    seat = OrganisationSeat(id=new_id(), organisation=row, user=user, given_at=at, given_by=by)
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            "这个账号已经是一个组织的席位了。", user="已经是一个组织的席位了，请先收回。"
        ) from None
    return row


@action("alliance.end_seat")
def end_seat(organisation, *, by, at, user) -> Organisation:
    """Take a seat back: at the next click it opens nothing."""
    row = lock_organisation(organisation)
    check_head(row, by, at)
    OrganisationSeat.objects.filter(organisation=row, user=user, ended_at=None).update(ended_at=at)
    return row


def accounts_for(organisation, at) -> list[User]:
    """Return the accounts that may get this seat: a post for it over the place, and no seat yet."""
    posts = Post.objects.held_on(local_day(at)).over(organisation.grid_path).filter(role__in=having(RUNS))
    taken = OrganisationSeat.objects.filter(ended_at=None).values("user")
    return list(User.objects.filter(is_active=True, posts__in=posts).exclude(pk__in=taken).distinct())


def seats_at(organisation) -> list[OrganisationSeat]:
    return list(
        OrganisationSeat.objects.filter(organisation=organisation, ended_at=None).select_related("user")
    )


def join_organisation(organisation, *, by, at, person, shows_name=False, key=None) -> Organisation:
    """Say that one takes part, or anew whether the organisation sees the name; the log does not say who."""
    person = oneself(person, by, at)
    return note_member(organisation, by=STRANGER, at=at, key=key, person=person, shows_name=shows_name)


@action("alliance.join_organisation")
def note_member(organisation, *, by, at, person, shows_name) -> Organisation:
    if not shown_organisations().filter(pk=organisation.pk).exists():
        raise Conflict("这个组织已经停办了。")
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    OrganisationMember.objects.update_or_create(
        organisation=organisation,
        person=person,
        defaults={"shows_name": shows_name},
        create_defaults={"id": new_id(), "joined_at": at, "shows_name": shows_name},
    )
    return organisation


def leave_organisation(organisation, *, by, at, person, key=None) -> Organisation:
    """Take it back: the row goes, and the log does not say whose it was."""
    return drop_member(organisation, by=STRANGER, at=at, key=key, person=oneself(person, by, at))


@action("alliance.leave_organisation")
def drop_member(organisation, *, by, at, person) -> Organisation:
    OrganisationMember.objects.filter(person=person, organisation=organisation).delete()
    return organisation


def organisations_joined(person) -> list[OrganisationMember]:
    """Return what somebody takes part in, for this person alone."""
    return list(OrganisationMember.objects.filter(person=person).select_related("organisation"))


def membership_in(organisation, person) -> OrganisationMember | None:
    return OrganisationMember.objects.filter(organisation=organisation, person=person).first()


def members_seen_by(user, organisation, at) -> list[OrganisationMember]:
    """Return who lets the organisation see a name, for its own seat alone."""
    own = organisation_of_seat(user, at)
    if own is None or own.pk != organisation.pk:
        return []
    rows = OrganisationMember.objects.filter(organisation=own, shows_name=True).select_related("person")
    return list(rows.order_by("joined_at", "id"))


def lock_organisation(organisation) -> Organisation:
    row = social_organisations().select_for_update(of=("self",)).filter(pk=organisation.pk).first()
    if row is None:
        raise Conflict("这不是在办的社会组织：先在“单位商户”里登记。")
    return row


def check_head(row, by, at) -> None:
    if by.actor_kind != "staff" or not posts_with(by, at, "keep_organisations", row.grid_path):
        raise NotAllowed(NOT_A_HEAD)
