"""Every write to a bulletin: begun, written, screened, approved by another, published, withdrawn with a reason."""

from datetime import date

from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.accounts.scope import posts_with
from yige.audit.log import action
from yige.bulletins import bulletin_text
from yige.bulletins.models import Bulletin, OpenFigure, Story
from yige.bulletins.words import OPEN_STATES, BulletinState
from yige.cases import screening
from yige.cases.screening import heard_of, names_of
from yige.cases.words import Nature, Outcome, State
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

MOST_STORIES = 6
SOLVED = (Outcome.CONFIRMED, Outcome.FOLLOWED_UP)


@action("bulletins.begin", makes=Bulletin)
def begin_bulletin(street, *, by, at, id, month: date) -> Bulletin:
    """Begin the bulletin of a street for a month whose figures are published."""
    if not posts_with(by, at, "write_bulletins", street.path):
        raise NotAllowed("月报由本街道的事件处置岗和一级网格长来写。")
    if not OpenFigure.objects.of_month(month).filter(path=street.path).exists():
        raise NotSaid("还不能写。", month="这个月的数还没有公布，公布了才能写月报。")
    if Bulletin.objects.standing().filter(path=street.path, month=month).exists():
        raise Conflict("这个月的月报已经有人开了头。")
    row = Bulletin(id=id, path=street.path, area=street.name, month=month, begun_at=at, begun_by=by)
    row.save(force_insert=True)
    return row


@action("bulletins.write_opening")
def write_opening(bulletin, *, by, at, opening) -> Bulletin:
    """Write the words that it begins with; a screened one has to be screened again."""
    row = open_bulletin(bulletin, by, at)
    refuse_faults(screening.faults_of(opening), "opening")
    row.opening, row.opening_by = opening, by
    return back_to_draft(row)


@action("bulletins.add_story", makes=Story)
def add_story(bulletin, *, by, at, id, case, title, words) -> Story:
    """Tell how one public matter was solved, as its reporter said."""
    row = open_bulletin(bulletin, by, at)
    check_case(row, case)
    if row.stories.filter(dropped_at=None, case=case).exists():
        raise NotSaid("请另选。", number="这件事已经写过一个了。")
    if row.stories.filter(dropped_at=None).count() >= MOST_STORIES:
        raise NotSaid("写得太多了。", number=f"一期最多写 {MOST_STORIES} 件。")
    heard, names = heard_of(case), names_of(case)
    refuse_faults(screening.faults_of(title, heard=heard, names=names), "title")
    refuse_faults(screening.faults_of(words, heard=heard, names=names), "words")
    back_to_draft(row)
    story = Story(id=id, bulletin=row, case=case, title=title, words=words, written_at=at, written_by=by)
    story.save(force_insert=True)
    return story


@action("bulletins.drop_story")
def drop_story(story, *, by, at) -> Story:
    """Leave a story out; it stays on record."""
    row = open_bulletin(story.bulletin, by, at)
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.dropped_at is None:
        story.dropped_at = at
        story.save()
        back_to_draft(row)
    return story


@action("bulletins.screen")
def screen_bulletin(bulletin, *, by, at) -> Bulletin:
    """Say that somebody read it all for what tells who a person is; the detectors read it too."""
    row = open_bulletin(bulletin, by, at)
    refuse_all_faults(row)
    row.state, row.screened_at, row.screened_by, row.sent_back = BulletinState.SCREENED, at, by, ""
    row.save()
    notices.tell_staff(
        approvers_of(row, at) - {by.pk},
        kind="bulletin", title=f"等您批准：{row}", body="查过个人信息了。读一遍，可以就批准，要改就退回。",
        at=at, subject=Subject(SubjectKind.BULLETIN, row.pk),
    )  # fmt: skip
    return row


@action("bulletins.send_back")
def give_back(bulletin, *, by, at, words) -> Bulletin:
    """Give a screened bulletin back to those who write it, with what is to be changed."""
    row = screened_one(bulletin, by, at)
    row.sent_back = words
    return back_to_draft(row)


@action("bulletins.approve")
def approve_bulletin(bulletin, *, by, at) -> Bulletin:
    """Approve it as somebody who wrote nothing of it; from now on its text and its figures stand."""
    row = screened_one(bulletin, by, at)
    if by.pk in writers_of(row):
        raise NotAllowed("自己写过的月报，要由另一个人批准。")
    refuse_all_faults(row)
    row.told = bulletin_text.told_of(row)
    row.state, row.approved_at, row.approved_by = BulletinState.APPROVED, at, by
    row.save()
    return row


@action("bulletins.publish")
def publish_bulletin(bulletin, *, by, at, pdf=None) -> Bulletin:
    """Show an approved bulletin to everybody, with the file that was set from what it tells."""
    row = lock_bulletin(bulletin, by, at, "write_bulletins")
    if row.state != BulletinState.APPROVED:
        raise Conflict("还没有批准，或者已经公布过了。")
    row.state, row.published_at, row.published_by, row.pdf = BulletinState.PUBLISHED, at, by, pdf
    row.save()
    return row


@action("bulletins.withdraw")
def withdraw_bulletin(bulletin, *, by, at, words) -> Bulletin:
    """Take a published bulletin back: everybody reads when and why, its words stay on record, its month is free again."""
    row = lock_bulletin(bulletin, by, at, "approve_bulletins")
    if row.state != BulletinState.PUBLISHED:
        raise Conflict("这一期没有公布，或者已经撤回了。")
    refuse_faults(screening.faults_of(words), "words")
    row.state, row.withdrawn_at, row.withdrawn_by = BulletinState.WITHDRAWN, at, by
    row.withdrawn_because = words
    row.save()
    return row


# ── what is asked before ──


def lock_bulletin(bulletin, by, at, capability) -> Bulletin:
    if not posts_with(by, at, capability, bulletin.path):
        raise NotAllowed("您不能改这个街道的月报。")
    return Bulletin.objects.select_for_update().get(pk=bulletin.pk)


def open_bulletin(bulletin, by, at) -> Bulletin:
    row = lock_bulletin(bulletin, by, at, "write_bulletins")
    if row.state not in OPEN_STATES:
        raise Conflict("这一期已经批准，不能再改。")
    return row


def screened_one(bulletin, by, at) -> Bulletin:
    row = lock_bulletin(bulletin, by, at, "approve_bulletins")
    if row.state != BulletinState.SCREENED:
        raise Conflict("这一期还没有查过个人信息，或者已经批准了。")
    return row


def back_to_draft(row) -> Bulletin:
    row.state, row.screened_at, row.screened_by = BulletinState.DRAFT, None, None
    row.save()
    return row


def writers_of(row) -> set:
    """Return the ids of all who wrote anything of it, also what was left out since."""
    return {row.begun_by_id, row.opening_by_id, *row.stories.values_list("written_by", flat=True)}


def approvers_of(row, at) -> set:
    """Return the ids of those who may approve it: heads of the street who wrote nothing of it."""
    held = Post.objects.held_on(local_day(at)).filter(
        role__in=having("approve_bulletins"), path=row.path, user__is_active=True
    )
    return set(held.values_list("user_id", flat=True)) - writers_of(row)


def check_case(row, case) -> None:
    """Refuse what is not a public matter of the street that its reporter called solved."""
    if case is None or not case.grid_path.startswith(row.path):
        raise NotSaid("没有这件事。", number="本街道没有这个编号的事项。")
    if case.nature == Nature.PERSONAL:
        raise NotSaid("请另选。", number="个人事项不写进月报。")
    if case.state != State.CLEARED or case.outcome not in SOLVED:
        raise NotSaid("请另选。", number="只写反映人说解决了、已经销号的事。")


def faults_by_text(row) -> list[str]:
    """Return what the detectors find in the whole bulletin, each with where it stands."""
    found = [f"开头的话：{fault}" for fault in screening.faults_of(row.opening)]
    stories = row.stories.filter(dropped_at=None)
    for story in stories.select_related("case__handler", "case__handed_by", "case__reported_by"):
        for text in (story.title, story.words):
            faults = screening.faults_of(text, heard=heard_of(story.case), names=names_of(story.case))
            found += [f"“{story.title}”：{fault}" for fault in faults]
    return found


def refuse_all_faults(row) -> None:
    if faults := faults_by_text(row):
        raise NotSaid("".join(faults))


def refuse_faults(faults, field) -> None:
    if faults:
        raise NotSaid("不能这样写。", **{field: "".join(faults)})
