"""What templates say: moments, masks, icons, the strip, the place in the navigation."""

import re
import secrets
from functools import cache
from uuid import UUID

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yige.cases import deadlines, queries, workflow
from yige.cases.categories import UNSURE
from yige.cases.plain_words import PLAIN_WORDS, STATE_WORDS, explained_in
from yige.grids.duty_phones import DutyPhone, duty_phone, street_phones
from yige.lib import homes, local_time, masks, numbers
from yige.lib.crypto import derived_secret
from yige.web import icons, strip
from yige.web.fixed_tags import compile_icon, compile_static
from yige.web.refusals import NOT_DONE, refused_forms, summary_of
from yige.web.subject_pages import reporter_page

register = template.Library()
register.tag("icon", compile_icon)
register.tag("static", compile_static)
# What a resident wrote, the choices of a form and what is only announced are no words of ours.
_NOT_OURS = re.compile(
    r"<(\w+)[^>]*\sdata-yg-own[^>]*>.*?</\1>|<(select|script|style|textarea)\b.*?</\2>", re.S
)
_TAG = re.compile(r"<[^>]*>")
NO_ROW = str(UUID(int=0))
ACT_BUTTON = '<a class="btn btn-sm" href="?do={0}#act" hx-get="?do={0}" hx-target="#act">{1}</a>'


@register.inclusion_tag("web/parts/summary.html", takes_context=True)
def refusals(context):
    """What is wrong with the forms of the page, whichever they are; it takes the focus."""
    refused = refused_forms(context.flatten().values()) if is_typed_into(context.get("request")) else []
    return {"summary": summary_of(*refused), "sentence": NOT_DONE, "kept": "填过的都还在。"}


def is_typed_into(request) -> bool:
    """Say whether anything was typed that could have been refused: a page that is only opened has no such form."""
    return request is None or request.method not in ("GET", "HEAD") or bool(request.GET)


@register.simple_tag
def form_key():
    """The key of a form that is no KeyedForm, as a hidden field: sent twice it is done once."""
    return format_html('<input type="hidden" name="key" value="{}">', secrets.token_urlsafe(18))


@register.simple_tag(takes_context=True)
def draft_of_person(context):
    """Say whose drafts a page of staff keeps, with the key that seals them on the device; only its person gets it."""
    user = context["request"].user
    if not user.is_authenticated:
        return ""
    key = derived_secret(settings.YIGE_LINK_KEY, "draft", user.pk)
    return format_html('data-yg-person="{}" data-yg-draft-key="{}"', user.pk, key)


@register.filter
def moment(when):
    """11月22日 周日 14:05; nothing for nothing."""
    return local_time.moment_words(when, timezone.now()) if when else ""


@register.filter
def day(when):
    """11月22日; nothing for nothing."""
    return local_time.short_date_words(when, local_time.local_day(timezone.now())) if when else ""


@register.filter
def full_day(when):
    """2026年11月22日; nothing for nothing."""
    return local_time.full_date_words(when) if when else ""


@register.filter
def month(when):
    """2026年11月; nothing for nothing."""
    return local_time.month_words(when) if when else ""


@register.simple_tag
def act_buttons(acts):
    """One button an act of one row: it opens the form of that act beside the page, or on the page without a script."""
    row = str(acts[0].row.pk) if acts else ""
    drawn = (ACT_BUTTON.format(f"{act.verb}:{row}", act.label) for act in acts)
    return SafeString("".join(drawn))  # verbs and labels are those of our own tables


@register.simple_tag
def row_url(name, pk):
    """The same as `url` for a row with a UUID, in a list of many: the pattern of an address is looked up once."""
    return address_pattern(name).replace(NO_ROW, str(pk))


@cache
def address_pattern(name):
    return reverse(name, args=[NO_ROW])


@register.simple_tag(takes_context=True, name="left")
def time_left(context, due):
    """还剩 2 天 or 已过 3 小时, counted from the page's own moment."""
    return local_time.left_words(due, _now(context)) if due else ""


@register.simple_tag(takes_context=True)
def since(context, start):
    """3 小时前, counted from the page's own moment."""
    return local_time.since_words(start, _now(context)) if start else ""


@register.filter(name="grouped")
def group_by_five(code):
    """Write a long code in fives, as people read it out."""
    return " ".join(code[place : place + 5] for place in range(0, len(code), 5))


@register.filter
def public_words(text):
    """Hide in a free text what looks like a person's number, account or plate."""
    return masks.free_text(str(text or ""))


@register.filter
def strangers_words(text):
    """What a stranger may read of a resident's words: no number, account or plate of a person, no home."""
    return homes.hide_homes(masks.free_text(str(text or "")))


@register.filter
def public_place(text):
    """Cut a place at the first home: a building may be named to all, a home may not."""
    return homes.public_place(str(text or ""))


@register.filter
def standing(name):
    """反映人, 承办人, 事件处置岗: who a row of the workflow table names."""
    return workflow.STANDINGS.get(name, "任何人")


@register.simple_tag
def own_case(case):
    """The address of a case for whoever reported it, with its secret."""
    return reporter_page(case)


@register.filter
def handled_as(case):
    """The case as it is handled: the one at the end of its merges, or itself; the page fetches `leader` along."""
    return case.leader or case


@register.filter
def state_now(case):
    """How a case stands; a merged one stands as the one that it is handled with."""
    stands = handled_as(case).get_state_display()
    return f"和别人反映的一起办：{stands}" if case.leader_id else stands


@register.filter
def topic(category):
    """What a case is called for people: its category, and for “not sure” that nobody has said yet."""
    return "还没归类的事" if category.slug == UNSURE else category.label


@register.filter
def case_number(serial):
    return numbers.case_number(settings.YIGE_DISTRICT_CODE, serial)


@register.inclusion_tag("web/parts/strip.html", takes_context=True, name="strip")
def strip_of_outlook(context, outlook):
    """The 13710 strip of one case, at full size; it says on whose clock."""
    return {"marks": strip.words_of_marks(outlook, _now(context)), "clock": outlook.clock.label}


@register.inclusion_tag("web/parts/strip_notes.html", takes_context=True)
def strip_notes(context, outlook, reader):
    """What was missed, what follows, by when: in the words for the reporter or for staff."""
    told = strip.notes_for_staff if reader == "staff" else strip.notes_for_reporter
    return {"notes": told(outlook, _now(context))}


@register.simple_tag(takes_context=True)
def case_strip_row(context, case):
    """The strip of a case on one line, on the reporter's clock: for pages of residents."""
    now = _now(context)
    return strip.draw_row(deadlines.outlook(case, now), now)


@register.simple_tag(takes_context=True)
def duty_strip_row(context, case):
    """The strip of a case on one line, on the duty clock: for pages of staff."""
    now = _now(context)
    return strip.draw_row(deadlines.outlook(case, now, queries.duty_clock()), now)


@register.simple_tag(takes_context=True)
def nav_item(context, href, words, picture, count=None):
    """One line of the desk's navigation; the page one is on is marked for the eye and for the ear."""
    here = is_here(getattr(context.get("request"), "path", ""), href)
    number = format_html('<span class="yg-nav__count">{}</span>', count) if count else ""
    current = format_html(' aria-current="{}"', "page") if here else ""
    return format_html(
        '<a class="yg-nav" href="{}"{}>{}<span>{}</span>{}</a>',
        href,
        current,
        icons.icon(picture),
        words,
        number,
    )


def is_here(path, href) -> bool:
    """Say whether the page of this path stands below an item of the navigation."""
    return path == href or (path.startswith(href) and href.count("/") > 2)


def _now(context):
    return context.get("now") or timezone.now()


@register.simple_tag
def all_plain_words():
    """Every word of the table, for the page that explains how things are done."""
    return PLAIN_WORDS


@register.filter
def state_words(state):
    """What a state means for whoever waits; nothing for an end, which the page itself explains."""
    return STATE_WORDS.get(state, "")


@register.tag(name="explained")
def explain_words(parser, token):
    nodes = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodes)


class ExplainedNode(template.Node):
    """Renders what it holds, then the words of the office that were in it; nothing when there were none."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        shown = self.nodelist.render(context)
        words = explained_in(_TAG.sub("", _NOT_OURS.sub("", shown)))
        if not words or "data-yg-plain-words" in shown:
            return shown
        return shown + get_template("web/parts/plain_words.html").render({"plain_words": words})


@register.simple_tag(takes_context=True)
def human_number(context) -> DutyPhone:
    """Whom to ring up about what this page shows."""
    return duty_phone(_path(context))


@register.simple_tag(takes_context=True)
def human_number_link(context):
    """The same as a link that a phone dials: 第一网格 0371-6888 1234."""
    number = duty_phone(_path(context))
    return format_html(
        '<a class="yg-call" href="tel:{}">{} <span class="yg-digits">{}</span></a>',
        number.dialled,
        number.name,
        number.phone,
    )


@register.simple_tag
def numbers_of_streets():
    """Every subdistrict with its number."""
    return street_phones()


def _path(context):
    """Return where the page is about: the case, the code at the door, the household of who is signed in; or ""."""
    if case := context.get("case"):
        return case.grid_path
    if code := context.get("code"):
        return getattr(getattr(code, "grid", None), "path", "")
    person = getattr(context.get("request"), "person", None)
    return person.household.grid_path if person and person.household else ""
