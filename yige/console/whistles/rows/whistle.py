"""One whistle for its page: its units with what each may do now, its plan, its links; a fixed number of statements."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.http import Http404

from yige.accounts.kept_statements import keep_statement
from yige.accounts.scope import posts_of
from yige.cases.queries import work_calendar
from yige.lib.local_time import local_day, moment_words
from yige.steps.s5_handle.calls import why_call_refused
from yige.whistles import limits, waiting
from yige.whistles.call_moves import verdict
from yige.whistles.models import Call, CallLink, Dispute, Miss, PlanStep, StepShift, Whistle
from yige.whistles.models.whistle import areas_seen
from yige.whistles.standings import units_with_account
from yige.whistles.words import ACT_LABELS, CALL_OPEN, NO_TRACE, CallState, Part, Trigger

# What the street may do with a call, in the order of its buttons; a unit without an account is written down for.
STREET_ACTS = ("decide_duty", "confirm", "turn_back", "assess", "release")
PROXY_ACTS = ("sign", "contact", "arrive", "note_progress", "deliver", "refuse_duty", "answer")
MISS_LABELS = {limit.name: limit.label for limit in limits.LIMITS}
CASE_SHOWN = (
    "case__serial", "case__place", "case__state", "case__open_parts", "case__grid__name", "case__category__label",
)  # fmt: skip
# Read for every unit of every page: Django looks a label up anew each time, in thirty times as long.
PART_WORDS, STATE_WORDS = dict(Part.choices), dict(CallState.choices)
# How a step stands: the first of these moments that it has; its word, its colour.
STEP_WORDS = (
    ("accepted_at", "办好了", "good"),
    ("dropped_at", "不做了", ""),
    ("done_at", "说做完了，等街道看", "care"),
    ("", "在做", "accent"),
)


class Act(NamedTuple):
    """A button: the verb, its label, the row that it is about, whether it comes first."""

    verb: str
    label: str
    row: object
    first: bool = False


class Unit(NamedTuple):
    """One called unit as the page shows it."""

    call: object
    wait: object
    moments: list
    misses: list
    disputes: list
    links: list
    answer: object
    is_final: bool
    acts: list
    may_link: bool

    @property
    def part(self):
        return PART_WORDS[self.call.part]

    @property
    def state(self):
        return STATE_WORDS[self.call.state]

    @property
    def street_acts(self):
        return [act for act in self.acts if act.verb not in PROXY_ACTS]

    @property
    def proxy_acts(self):
        return [act for act in self.acts if act.verb in PROXY_ACTS]

    @property
    def tone(self):
        return {CallState.CONFIRMED: "good", CallState.RELEASED: ""}.get(self.call.state, "accent")


class Step(NamedTuple):
    """One step of the plan: how it stands in a word, whether its day passed, what may be done.

    `link_to` is the call of its unit where a one-time link may ask whether it is done.
    """

    step: object
    is_late: bool
    acts: list
    link_to: object

    @property
    def words(self):
        return next(words for name, words, _ in STEP_WORDS if not name or getattr(self.step, name))

    @property
    def tone(self):
        return next(tone for name, _, tone in STEP_WORDS if not name or getattr(self.step, name))


def get_whistle_or_404(user, pk, at):
    """Return a whistle in the user's reach with all that its page shows, each table asked once."""
    whistle = next(iter(whistle_seen(pk, areas_seen(user, at))), None)
    if whistle is None:
        raise Http404
    whistle.all_calls, whistle.all_steps = calls_of(pk), plan_of(pk)
    hang(disputes_of, pk, "call_id", whistle.all_calls, "disputes")
    hang(misses_of, pk, "call_id", whistle.all_calls, "misses")
    hang(links_of, pk, "call_id", whistle.all_calls, "links")
    hang(shifts_of, pk, "step_id", whistle.all_steps, "shifts")
    return whistle


@keep_statement
def whistle_seen(pk, areas):
    """The statement of `visible_to`, composed once for the areas of a post; of the case what the page shows."""
    shown = [*(field.name for field in Whistle._meta.concrete_fields), *CASE_SHOWN]
    rows = Whistle.objects.in_areas(areas).filter(pk=pk).only(*shown)
    return rows.select_related("case__category", "case__grid")


@keep_statement
def calls_of(whistle):
    calls = Call.objects.filter(whistle=whistle).order_by("-part", "called_at", "pk")
    having = {
        f"has_{name}": Exists(model.objects.filter(call=OuterRef("pk")))
        for name, model in (("disputes", Dispute), ("misses", Miss), ("links", CallLink))
    }
    return waiting.with_waits(calls).annotate(**having).strict()


@keep_statement
def plan_of(whistle):
    shifts = StepShift.objects.filter(step=OuterRef("pk"))
    steps = PlanStep.objects.filter(whistle=whistle).annotate(has_shifts=Exists(shifts))
    return steps.select_related("unit").strict()


@keep_statement
def disputes_of(whistle):
    return Dispute.objects.filter(call__whistle=whistle).select_related("suggested")


@keep_statement
def misses_of(whistle):
    return Miss.objects.filter(call__whistle=whistle)


@keep_statement
def links_of(whistle):
    return CallLink.objects.filter(call__whistle=whistle).select_related("answered", "step")


@keep_statement
def shifts_of(whistle):
    return StepShift.objects.filter(step__whistle=whistle)


def hang(rows_of, whistle, key, owners, name):
    """Give each owner the list of its own rows, asked for where one of them says that it has any.

    Django's prefetching does the same in twice the time.
    """
    own = defaultdict(list)
    if any(getattr(owner, f"has_{name}") for owner in owners):
        for row in rows_of(whistle):
            own[getattr(row, key)].append(row)
    for owner in owners:
        setattr(owner, f"all_{name}", own[owner.pk])


def street_posts(user, whistle, at):
    return [post for post in posts_of(user, at) if post.may("whistle") and post.covers(whistle.grid_path)]


def units_of(whistle, user, at):
    """Return the called units with what this person may do with each now."""
    posts = street_posts(user, whistle, at)
    held = ({"street"} if posts else set()) | (
        {"head"} if any(post.may("decide_hard_cases") for post in posts) else set()
    )
    ids = {call.unit_id for call in whistle.all_calls}
    without = ids - units_with_account(ids, at) if posts else set()
    no_lead = bool(posts) and not any(
        call.part == Part.LEAD and call.state != CallState.RELEASED for call in whistle.all_calls
    )
    return [unit_of(call, whistle, held, call.unit_id in without, no_lead, at) for call in whistle.all_calls]


def unit_of(call, whistle, held, no_account, no_lead, at):
    call.whistle = whistle
    standings = held | ({"proxy"} if no_account and held else set())
    wanted = [
        verb for verb in (*STREET_ACTS, *PROXY_ACTS) if standings and may_act(verb, call, standings, at)
    ]
    acts = [Act(verb, ACT_LABELS[verb], call) for verb in wanted]
    if no_lead and call.state in CALL_OPEN:
        acts.append(Act("name_lead", ACT_LABELS["name_lead"], call))
    answer = next((link.answered for link in call.all_links if is_waiting(link)), None)
    final = call.assessed_at and at > limits.final_at(call.assessed_at, call.answered_at, work_calendar())
    return Unit(
        call, waiting.wait_of(call), moments_of(call), [missed_words(miss, at) for miss in call.all_misses], call.all_disputes, call.all_links, answer,
        bool(final), acts, bool(held) and no_account and call.state in CALL_OPEN and whistle.is_running,
    )  # fmt: skip


def missed_words(miss, at) -> str:
    return f"应在 {moment_words(miss.due_at, at)} 前{MISS_LABELS[miss.mark]}，到时没有"


def is_waiting(link):
    answered = getattr(link, "answered", None)
    return answered is not None and answered.decided_at is None


def may_act(verb, call, held, at):
    """Say whether the verb could succeed: the table first, then its guard on what was fetched already."""
    if not call.whistle.is_running and verb not in ("answer", "assess"):
        return False
    return not verdict(verb, call.state, held) and not why_call_refused(verb, call, None, at, held)


def moments_of(call):
    """Return (label, moment) of what happened, in order."""
    names = (("called_at", "叫"), ("signed_at", "签收"), ("contacted_at", "联系街道"), ("arrived_at", "到场"),
             ("delivered_at", "说办完了"), ("confirmed_at", "街道认可"), ("released_at", "不用来了"))  # fmt: skip
    found = [(label, getattr(call, name)) for name, label in names if getattr(call, name)]
    if call.turn_at != call.called_at:  # the moment of the signing itself went with it
        found.append(("签收后没有联系，签收作废，重新计时", call.turn_at))
    return sorted(found, key=lambda pair: pair[1])


def steps_of(whistle, user, units, at):
    """Return the steps of the plan with what this person may do with each now."""
    street = bool(street_posts(user, whistle, at))
    calls = {unit.call.unit_id: unit for unit in units}
    proxies = {pk for pk, unit in calls.items() if any(act.verb in PROXY_ACTS for act in unit.acts)}
    return [
        Step(
            step,
            step.is_open and not step.done_at and step.due_on < local_day(at),
            step_acts(step, whistle, street, proxies),
            calls[step.unit_id].call if may_ask_by_link(step, calls[step.unit_id], proxies) else None,
        )
        for step in whistle.all_steps
    ]


def may_ask_by_link(step, unit, proxies):
    return unit.may_link and step.unit_id in proxies and step.is_open and not step.done_at


def step_acts(step, whistle, street, proxies):
    step.whistle = whistle
    if not street or not step.is_open or not whistle.is_running:
        return []
    finish = ["finish_step"] if step.unit_id in proxies else []
    verbs = (
        ["accept_step", "redo_step", "drop_step"] if step.done_at else [*finish, "shift_step", "drop_step"]
    )
    return [Act(verb, ACT_LABELS[verb], step) for verb in verbs]


def whistle_acts(whistle, user, at):
    """Return what the street may do with the whistle itself now."""
    if not whistle.is_running or not street_posts(user, whistle, at):
        return []
    growing = whistle.case.may_be_handled
    open_calls = any(call.state in CALL_OPEN for call in whistle.all_calls)
    verbs = ["set_meeting"] if open_calls else []
    verbs += ["add_step"] if growing and open_calls else []
    verbs += ["call_unit"] if growing else []
    verbs += ["stabilise"] if whistle.trigger == Trigger.EMERGENCY and not whistle.stable_at else []
    unsaid = [
        call for call in whistle.all_calls if call.assessed_at is None and call.release_reason not in NO_TRACE
    ]
    verbs += ["end_whistle"] if not whistle.case.open_parts and not unsaid else []
    return [Act(verb, ACT_LABELS[verb], whistle) for verb in verbs]
