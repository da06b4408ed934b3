"""What time does through the verbs and the wires; what it does to rows of cases alone is in cases/clockwork.py."""

from collections import Counter
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from yige.accounts import limits, login_marks, shifts
from yige.accounts.actors import CLOCK
from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.alliance import clockwork as volunteers
from yige.alliance import wishes
from yige.archive.rights import retention as files
from yige.cases import after_closing, case_notices, clockwork, retention
from yige.cases.models import Case
from yige.cases.words import Outcome
from yige.channels import wires
from yige.channels.file import wire as outbox
from yige.contact import retention as visits
from yige.lib.local_time import local_day
from yige.lib.refusals import Refusal
from yige.notices import actions as notices
from yige.notices.models import Audience
from yige.steps.s7_clear import actions as s7

BUCKET_DAYS = 2
OUTBOX_DAYS = 7


def send_notices(at) -> Counter:
    """Send the notices that are due."""
    sent, failed = notices.deliver_due(
        at, wires.send_by_wires, on_failed=lambda notice: tell_desk_of_failure(notice, at)
    )
    return Counter(sent=sent, failed=failed)


def tell_desk_of_failure(notice, at) -> None:
    """Tell the desk that a reporter could not be reached, so that somebody rings up."""
    if notice.audience == Audience.REPORTER:
        case = Case.objects.get(pk=notice.subject_id)
        case_notices.notify_heads(case, "消息没能送达反映人，请打电话", "desk", at=at, kind="undelivered")


def clear_what_is_over(at) -> Counter:
    """Strike off what needs nobody any more: silence is “no answer”, never “satisfied”."""
    done = Counter()
    for outcome, rows in (
        (Outcome.NO_ANSWER, after_closing.silent_cases(at)),
        (Outcome.LIGHT, after_closing.light_cases()),
        (None, after_closing.confirmed_cases()),
    ):
        for case in rows.order_by("closed_at").iterator(chunk_size=200):
            done += clear_case(case, outcome or outcome_of(case), at)
    return done


def outcome_of(case) -> Outcome:
    return Outcome.FOLLOWED_UP if case.rated_by_phone else Outcome.CONFIRMED


def clear_case(case, outcome, at) -> Counter:
    """Clear one case once for each round; what changed meanwhile is left to the next time."""
    key = f"{case.pk}:{case.reopen_no}:{outcome}:{case.closed_at}"
    try:
        s7.clear(case, by=CLOCK, at=at, outcome=outcome, key=key)
    except Refusal:
        return Counter(left=1)
    return Counter({outcome.value: 1})


def tell_follow_ups(at) -> Counter:
    """Tell the desk and the intake posts each morning how many closed cases wait for a call."""
    done = Counter()
    for post in (
        Post.objects.held_on(local_day(at)).filter(role__in=having("call_back_daily")).select_related("user")
    ):
        waiting = after_closing.to_call().filter(grid_path__startswith=post.path)
        count = after_closing.without_part_of(waiting, post.user).count()
        if count:
            done["told"] += clockwork.tell_list(post.user, "follow_up", count, at)
    return done


def forget_expired(at) -> Counter:
    """Remove what is kept only for a while."""
    done = retention.drop_drafts(at) + retention.drop_orphans(at) + retention.remove_reporters(at)
    done += retention.forget_complaints(at)
    done["outbox"] = outbox.remove_old_messages(before=at - timedelta(days=OUTBOX_DAYS))
    done["shifts"] = shifts.forget_old_shifts(at)
    done["buckets"] = limits.forget_full_buckets(before=at - timedelta(days=BUCKET_DAYS))
    done["read_notices"] = notices.forget_read(at)
    done["sessions"] = Session.objects.filter(expire_date__lt=at).delete()[0]
    live = Session.objects.values("session_key")
    done["known_sessions"] = UserSession.objects.exclude(session_key__in=live).delete()[0]
    return done


def forget_login_marks(at) -> Counter:
    """Remove attempts, lock-outs and used codes that are over."""
    return Counter(login_marks=login_marks.forget_over(before=at))


def forget_files(at) -> Counter:
    """Delete what nobody may keep any longer of files, of what was written on visits, and of who signed up for what."""
    return (
        files.forget(at) + visits.forget_visits(at) + volunteers.forget_seats(at) + wishes.forget_wishes(at)
    )
