"""One bulletin: its text and stories, screening, approving, publishing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.bulletins import actions
from yige.bulletins.models import Bulletin, Story
from yige.bulletins.words import BulletinState
from yige.console.bulletins.forms.bulletin import OpeningForm, SendBackForm, StoryForm, WithdrawForm
from yige.console.bulletins.rows.bulletin import page_parts
from yige.web.bulletin_sheet import pdf_of
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt

# fmt: off
ACTS = {
    # verb        form          what is called              what is said after
    "opening":   (OpeningForm,  actions.write_opening,      "写好了。改过的要重新查一遍。"),
    "story":     (StoryForm,    None,                       "加上了一件。改过的要重新查一遍。"),
    "screen":    (ButtonForm,   actions.screen_bulletin,    "查过了，等另一个人批准。"),
    "send-back": (SendBackForm, actions.give_back,          "退回去了，写明了要改什么。"),
    "approve":   (ButtonForm,   actions.approve_bulletin,   "批准了：字和数都定下来，不再改。"),
    "publish":   (ButtonForm,   actions.publish_bulletin,   "公布了，居民现在就看得到。"),
    "withdraw":  (WithdrawForm, actions.withdraw_bulletin,  "撤回了。居民看到的是什么时候、为什么撤回；这个月可以重写一期。"),
}
# fmt: on


@require_GET
@staff("write_bulletins", "approve_bulletins")
def bulletin(request, pk):
    return page(request, find(request, pk))


@require_POST
@staff("write_bulletins", "approve_bulletins")
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    row, (form_of, call, words) = find(request, pk), ACTS[verb]
    form = form_of(request.POST)
    if verb == "story":
        outcome = attempt(request, form, add_story(form), row)
    else:
        outcome = attempt(request, form, call, row, key=key_of(request), **file_of(verb, row))
    if outcome.done:
        messages.success(request, words)
        return redirect("console:bulletin", pk)
    return page(request, row, **{verb.replace("-", "_"): form}, status=outcome.status)


def add_story(form):
    """Return the verb with the case that the number names in the number's place."""

    def add(row, *, number, **said):
        return actions.add_story(row, case=form.case, **said)

    return add


def file_of(verb, row):
    """Return the file that is set for a bulletin on the point of being published."""
    return {"pdf": pdf_of(row)} if verb == "publish" and row.state == BulletinState.APPROVED else {}


@require_POST
@staff("write_bulletins")
def drop(request, pk):
    streets = Bulletin.objects.visible_to(request.user, timezone.now())
    story = get_object_or_404(Story.objects.select_related("bulletin"), pk=pk, bulletin__in=streets)
    form = ButtonForm(request.POST)
    outcome = attempt(request, form, actions.drop_story, story, key=key_of(request))
    outcome.announce(request, "这一件不用了。")
    return redirect("console:bulletin", story.bulletin_id)


def find(request, pk):
    seen = Bulletin.objects.visible_to(request.user, timezone.now()).select_related("withdrawn_by")
    return get_object_or_404(seen.defer("pdf"), pk=pk)


def page(request, row, *, opening=None, story=None, send_back=None, withdraw=None, status=200, **buttons):
    context = page_parts(
        row, request.user, writes=may(request, "write_bulletins"), approves=may(request, "approve_bulletins")
    )
    context |= {
        "opening": opening or OpeningForm(initial={"opening": row.opening}),
        "story": story or StoryForm(),
        "send_back": send_back or SendBackForm(),
        "withdraw": withdraw or WithdrawForm(),
        "refused": sentence_above([opening, story, send_back, withdraw, *buttons.values()]),
    }
    return render(request, "console/bulletins/bulletin.html", context, status=status)


def sentence_above(forms) -> str:
    """Return why what was sent is refused as a whole; beside a field stands what is wrong with that field."""
    return next((form.non_field_errors()[0] for form in forms if form and form.non_field_errors()), "")
