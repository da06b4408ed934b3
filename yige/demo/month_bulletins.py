"""What the demo publishes of its months: the figures, one bulletin that everybody reads, one that is being written."""

from datetime import timedelta

from django.db import transaction

from yige.accounts.models import Post
from yige.bulletins import actions, open_figures
from yige.bulletins.models import Bulletin
from yige.cases.models import Case
from yige.cases.words import Nature, State
from yige.demo.staff import TOP
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.web.bulletin_sheet import pdf_of

OPENING = "这个月的数和平常的起伏差不多。下面写了几件办成的事，也写了哪些没有算在里面。"
STORIES = (
    (
        "facilities.",
        "坏了的换上了新的",
        "承办单位当天去看，先围起来，备件到了就换好，换好以后又请反映的人去看过。",
    ),
    (
        "sanitation.",
        "清干净了，也定了谁来管",
        "社区和物业一起清理，又把这一处写进每周的巡查，脏了不用等人再说。",
    ),
    ("order.", "路又通了", "先劝导，再划线，一周里早晚各去看一次，通行一直正常。"),
)
HOUR = timedelta(hours=1)


def publish_all(now):
    """Publish the months that are over, then the bulletins, once."""
    open_figures.publish_months(now)
    months = open_figures.months_published()
    if Bulletin.objects.exists() or len(months) < 2:
        return
    street = Grid.objects.current().get(path=TOP)
    desk, head = (holder_of(role, now) for role in ("desk", "street_head"))
    with transaction.atomic():
        published = write(street, desk, months[1], now - 3 * HOUR)
        actions.screen_bulletin(published, by=desk, at=now - 2 * HOUR)
        published = actions.approve_bulletin(published, by=head, at=now - 2 * HOUR)
        actions.publish_bulletin(published, by=desk, at=now - HOUR, pdf=pdf_of(published))
        write(street, desk, months[0], now - HOUR)


def holder_of(role, now):
    posts = Post.objects.held_on(local_day(now)).filter(role=role, path=TOP)
    return posts.select_related("user").order_by("user__username").first().user


def write(street, desk, month, at):
    """Begin a bulletin with its opening and the stories that there is a solved case for."""
    row = actions.begin_bulletin(street, by=desk, at=at, month=month)
    actions.write_opening(row, by=desk, at=at, opening=OPENING)
    for kind, title, words in STORIES:
        for case in solved_cases(kind, month)[:1]:
            actions.add_story(row, by=desk, at=at, case=case, title=title, words=words)
    return row


def solved_cases(kind, month):
    """Return the cases of a class that were solved before the month ended, the latest first."""
    rows = Case.objects.filter(
        grid_path__startswith=TOP, nature=Nature.PUBLIC, state=State.CLEARED, outcome__in=actions.SOLVED,
        category__slug__startswith=kind, closed_at__year=month.year, closed_at__month=month.month,
    )  # fmt: skip
    return rows.select_related("handler", "handed_by", "reported_by").order_by("-serial")
