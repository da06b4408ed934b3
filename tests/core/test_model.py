"""Random verbs by random people against a small model of our own: what must hold after every step holds."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.factories import MONDAY_NOON, act, category, life, town
from yige.accounts.actors import CLOCK, LinkHolder
from yige.audit.models import LogEntry
from yige.cases.models import Case, Entry
from yige.lib.refusals import Refusal

ENDS = {"cleared", "rejected", "merged", "withdrawn"}
PEOPLE = (
    "street_head", "desk", "community_head", "grid_head", "worker", "micro", "department", "intake",
    "neighbour_head", "former", "auditor", "reporter", "clock",
)  # fmt: skip
# Where each verb leads, as the model knows it; None stays. A verb may be refused for other reasons at any time.
LEADS = {
    "accept": ("reported", "accepted"), "reject": ("reported", "rejected"), "object": ("rejected withdrawn", "reported"), "cancel": ("reported accepted", "withdrawn"),
    "merge": ("reported accepted dispatched signed handling", "merged"), "separate": ("merged", "any"),
    "withdraw": ("reported accepted dispatched signed handling", "withdrawn"),
    "add": ("reported accepted dispatched signed handling handled closed", None),
    "urge": ("reported accepted dispatched signed handling", None),
    "dispatch": ("accepted", "dispatched"), "sign": ("dispatched", "signed"),
    "hand_back": ("dispatched signed", "accepted"), "transfer": ("dispatched signed handling", "dispatched"),
    "contact": ("signed handling", "handling"), "verify": ("handling", None), "progress": ("handling", None),
    "escalate": ("accepted signed handling", "accepted"), "assign": ("accepted dispatched signed handling", "dispatched"),
    "send_down": ("accepted", "accepted"), "report_city": ("accepted", "accepted"),
    "answer_city": ("accepted", "accepted"), "take_back": ("accepted", "accepted"), "ask": ("handling", None), "extend": ("handling", None),
    "park": ("handling", None), "decline": ("handling", None), "finish": ("handling", "handled"),
    "supervise": ("reported accepted dispatched signed handling", None), "reply": ("handling handled closed", None),
    "report_up": ("handling handled closed", None), "close": ("handled", "closed"), "send_back": ("handled", "handling"),
    "tell_area": ("accepted dispatched signed handling handled closed cleared", None), "rate": ("closed merged", "any"),
    "follow_up": ("closed merged", "any"), "clear": ("closed", "cleared"), "reopen": ("closed cleared", "accepted"),
    "look_back": ("closed cleared", None),
}  # fmt: skip
BEGINNINGS = (
    "reported",
    "accepted",
    "dispatched",
    "signed",
    "handling",
    "progressed",
    "handled",
    "closed",
    "rejected",
)
FINAL = ("reject", "withdraw", "cancel", "merge")  # rarely, or every story would be short
# The people who can do it in life, so that most steps get somewhere; one in five is anybody.
USUAL = {
    "desk": "accept reject merge dispatch transfer close send_back look_back decline extend supervise reopen separate",
    "intake": "follow_up cancel",
    "worker": "sign hand_back contact verify progress escalate ask finish reply report_up",
    "reporter": "object withdraw add urge rate",
    "street_head": "park dispatch tell_area take_back",
    "seat": "assign send_down report_city answer_city",
    "clock": "clear",
}
WHO = {verb: person for person, verbs in USUAL.items() for verb in verbs.split()}


done = Counter()


class CaseMachine(RuleBasedStateMachine):
    """Two cases in a town; the model knows a state, a version and how many acts there were."""

    @initialize(one=st.sampled_from(BEGINNINGS), other=st.sampled_from(BEGINNINGS))
    def begin(self, one, other):
        self.point = transaction.atomic()
        self.point.__enter__()
        self.here, self.at = town(), MONDAY_NOON
        self.cases = [life(self.here, until=state, every=timedelta(minutes=1)) for state in (one, other)]
        self.at += timedelta(minutes=10)
        self.model = {case.pk: (case.state, case.version, case.version) for case in self.cases}

    def teardown(self):
        if hasattr(self, "point"):
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    @rule(
        verb=st.sampled_from(sorted(LEADS)),
        anybody=st.sampled_from((*[None] * 40, *PEOPLE)),
        which=st.integers(0, 1),
        hours=st.integers(0, 40),
        choice=st.integers(0, 2),
    )
    def anything(self, verb, anybody, which, hours, choice):
        """Let somebody try something; mostly what fits the state, so that stories get long."""
        case = Case.objects.get(pk=self.cases[which].pk)
        state, version, acts = self.model[case.pk]
        if state not in LEADS[verb][0].split() or (verb in FINAL and choice):
            fitting = [name for name, (start, _) in sorted(LEADS.items()) if state in start.split()]
            verb = next((name for name in fitting[hours % 7 :] + fitting if name not in FINAL), verb)
        self.at += timedelta(hours=hours)
        by = self.person(anybody or WHO[verb], case)
        try:
            with transaction.atomic():
                after = act(verb, case, by=by, at=self.at, **self.words(verb, choice))
        except Refusal as refusal:
            assert refusal.sentence.endswith(("。", "！"))
            return
        done[verb] += 1
        self.follow(case, verb, state, version, acts, after)

    def person(self, name, case):
        others = {"reporter": LinkHolder(case.pk), "clock": CLOCK}
        return others.get(name) or type(self.here.desk).objects.get(pk=getattr(self.here, name).pk)

    def words(self, verb, choice):
        until = self.at + timedelta(days=5 + choice)
        units = (self.here.team_unit, self.here.bureau_unit, self.here.community_unit)
        said = {
            "accept": {"category": category(), "urgency": ("normal", "urgent", "hard")[choice], "nature": ("public", "personal", "major")[choice]},
            "reject": {"reason": "outside", "words": "不在本街道"},
            "merge": {"into": self.cases[choice % 2]},
            "urge": {}, "sign": {},
            "dispatch": {"unit": units[choice], "person": self.here.worker if choice == 0 else None},
            "hand_back": {"reason": "wrong_place", "words": "地点不对"},
            "transfer": {"unit": units[choice], "words": "换人"},
            "contact": {"how": ("phone", "no_way", "visit")[choice], "words": "约好了"},
            "escalate": {"tried": "试过", "asked": "请协调"},
            "assign": {"unit": self.here.bureau_unit, "words": "去看"},
            "send_down": {"answer": "可以", "direction": "再试"},
            "report_city": {"number": "ZZ-1", "sent_on": self.at.date(), "tried": "试过", "asked": "请协调"},
            "answer_city": {"answer": "可以", "answered_on": self.at.date()},
            "ask": {"kind": ("extension", "parking")[choice % 2], "words": "要等", "until": until},
            "extend": {"until": until, "words": "同意"},
            "park": {"until": until, "words": "计划"},
            "rate": {"contacted": True, "solved": ("yes", "partly", "no")[choice], "satisfied": "fair"},
            "follow_up": {"reached": bool(choice), "contacted": True, "solved": ("yes", "partly", "no")[choice], "satisfied": "fair"},
            "cancel": {"reason": "twice", "words": "记重了"},
            "clear": {"outcome": ("confirmed", "followed_up", "no_answer")[choice]},
            "look_back": {"result": "holds", "words": "看过"},
        }  # fmt: skip
        return said.get(verb, {"words": "说明"})

    def follow(self, case, verb, state, version, acts, after):
        """The model says where it must be now."""
        start, to = LEADS[verb]
        assert state in start.split(), f"{verb} from {state} must be refused"
        steps = after.version - version
        assert steps == 1 or (verb == "rate" and steps == 2) or (verb == "follow_up" and steps <= 3)
        assert after.state == (state if to is None else after.state if to == "any" else to)
        if to == "any":
            apart = {"reported", "accepted"}
            assert after.state in (
                apart if verb == "separate" else {"closed", "cleared", "accepted", "merged"}
            )
        self.model[case.pk] = (after.state, after.version, acts + steps)

    @invariant()
    def everything_that_must_hold_holds(self):
        for case in Case.objects.filter(pk__in=self.model) if hasattr(self, "model") else ():
            state, version, acts = self.model[case.pk]
            assert (case.state, case.version) == (state, version)
            assert Entry.objects.filter(case=case).count() == acts
            assert LogEntry.objects.filter(subject_id=str(case.pk)).count() == acts
            assert (case.next_mark_at is None) is (case.state in ENDS)
            assert (case.wake_at is None) or case.state not in ENDS
            assert case.state not in ("dispatched", "signed", "handling") or case.unit_id
            assert case.state not in ("signed", "handling", "handled") or case.handler_id
            assert case.state != "cleared" or (case.outcome and case.cleared_at)
            assert (
                case.state != "merged" or case.merged_into.state != "merged" or case.merged_into_id != case.pk
            )


def live(stories):
    done.clear()
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=stories, stateful_step_count=50, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_no_story_breaks_what_must_hold():
    live(25)

    assert len(done) > len(LEADS) / 2, "too few verbs came to anything: the stories prove little"


@pytest.mark.slow
@pytest.mark.django_db
def test_no_long_evening_of_stories_breaks_what_must_hold():
    live(100)

    assert len(done) > len(LEADS) * 0.8, "too few verbs came to anything: the stories prove little"
