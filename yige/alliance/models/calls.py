"""A volunteer call and its seats. Only `actions.py`, `seats.py` and `clockwork.py` write them."""

from django.db import models
from django.db.models import Count, F, Q

from yige.accounts.models import Unit, User
from yige.accounts.scope import NOTHING, posts_of
from yige.alliance.models.organisations import OrganisationSeat
from yige.alliance.words import COMING, HOLDING, CallState, HelpSkill, SeatState
from yige.archive.models import Organisation, Person
from yige.cases.models import Case
from yige.grids.models import Grid
from yige.lib.ids import new_id

STATES_HELD = [str(state) for state in HOLDING]


class VolunteerCallQuerySet(models.QuerySet):
    def visible_to(self, user, at) -> "VolunteerCallQuerySet":
        """Keep the calls of the own area, for those who may make some there, and those of the own organisation for its seat."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("call_volunteers"):
                reach |= Q(grid_path__startswith=post.path)
            if post.may("run_organisation"):
                own = OrganisationSeat.objects.filter(user=user, ended_at=None).values("organisation")
                reach |= Q(organisation__in=own, organisation__grid_path__startswith=post.path)
        return self.none() if reach == NOTHING else self.filter(reach)

    def public(self) -> "VolunteerCallQuerySet":
        """What everybody may read: every call; none says who comes."""
        return self.all()

    def coming(self, at) -> "VolunteerCallQuerySet":
        return self.filter(state=CallState.OPEN, ends_at__gt=at).order_by("starts_at", "id")

    def with_held(self) -> "VolunteerCallQuerySet":
        """Annotate how many places are held and how many people wait: of the call, of nobody in particular."""
        held = Count("seats", filter=Q(seats__state__in=STATES_HELD))
        return self.select_related("unit", "grid", "organisation__alliance_page").annotate(
            held=held, queued=Count("seats", filter=Q(seats__state=SeatState.WAITING))
        )

    def covering(self, path) -> "VolunteerCallQuerySet":
        """Keep the calls for a place and for what lies above it: what somebody who lives there is asked."""
        parts = path.strip("/").split("/")
        above = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
        return self.filter(grid_path__in=above)

    def below(self, path) -> "VolunteerCallQuerySet":
        return self.filter(grid_path__startswith=path)


class VolunteerCall(models.Model):
    """Hands or skills asked of neighbours (邻里召集): what, where, when, how many. Whoever comes does so freely."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="哪一片")
    grid_path = models.CharField("范围路径", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="召集单位")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="召集的社会组织"
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="volunteer_calls", verbose_name="为哪件事"
    )
    title = models.CharField("做什么", max_length=30)
    words = models.TextField("具体要做的", max_length=400)
    skill = models.CharField("要会什么", max_length=40, blank=True)
    needs = models.CharField("要的是哪一样", max_length=12, choices=HelpSkill.choices, blank=True)
    tells_members = models.BooleanField("告诉这一片支部和双报到的党员", default=False)
    place = models.CharField("在哪里集合", max_length=60)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    wanted = models.PositiveSmallIntegerField("要几位")
    late_words = models.CharField("临时来不了的，对他说什么", max_length=120)
    state = models.CharField("状态", max_length=10, choices=CallState.choices, default=CallState.OPEN)
    opened_at = models.DateTimeField("发出时间")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("办完或取消的时间", null=True)
    reason = models.CharField("为什么取消", max_length=200, blank=True)
    thanks = models.CharField("谢谢的话", max_length=200, blank=True)
    thanked_at = models.DateTimeField("什么时候谢的", null=True)
    reporter_thanks = models.CharField("反映人谢谢的话", max_length=200, blank=True)
    reporter_thanked_at = models.DateTimeField("反映人什么时候谢的", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = VolunteerCallQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="call_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(case=None), name="organisation_calls_for_no_case"
            ),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="call_wants_somebody"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="cancelled_call_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(ended_at__isnull=False), name="ended_call_says_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["grid_path", "starts_at"],
                name="calls_by_place",
                opclasses=["text_pattern_ops", "timestamptz_ops"],
                condition=Q(state="open"),
            ),
            models.Index(fields=["case"], name="calls_for_a_case"),
            models.Index(fields=["organisation"], name="calls_of_an_organisation"),
        ]

    def __str__(self):
        return self.title

    @property
    def span(self) -> tuple:
        return self.starts_at, self.ends_at

    @property
    def caller(self) -> Organisation | Unit:
        """Who calls, for everybody to read: the organisation, or the unit of a head."""
        return self.organisation or self.unit

    @property
    def missing(self) -> int:
        """How many are still wanted, of a row that `with_held` counted."""
        return max(self.wanted - self.held, 0)

    def takes_names(self, at) -> bool:
        """Say whether somebody may still sign up."""
        return self.state == CallState.OPEN and at < self.starts_at


class SeatQuerySet(models.QuerySet):
    def holding(self) -> "SeatQuerySet":
        return self.filter(state__in=STATES_HELD)

    def served(self, person) -> "SeatQuerySet":
        """What somebody came to, as whoever made the call wrote it down."""
        return self.filter(person=person, came=True).select_related("call__unit").order_by("call__starts_at")

    def coming(self) -> "SeatQuerySet":
        return self.filter(state__in=COMING)

    def lapsed(self, at) -> "SeatQuerySet":
        return self.filter(state=SeatState.OFFERED, offer_until__lte=at)


class Seat(models.Model):
    """One person on one call, in the order of signing up; `place` is which of the wanted places is held."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(VolunteerCall, models.PROTECT, related_name="seats", verbose_name="哪次召集")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="谁报的名")
    state = models.CharField("状态", max_length=10, choices=SeatState.choices)
    turn = models.PositiveIntegerField("第几个报名")
    place = models.PositiveSmallIntegerField("第几个名额", null=True)
    signed_at = models.DateTimeField("报名时间")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="代报的人")
    offer_until = models.DateTimeField("在什么时候以前确认", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    removed_at = models.DateTimeField("请他不用来的时间", null=True)
    reason = models.CharField("为什么请他不用来", max_length=200, blank=True)
    came = models.BooleanField("来了没有", null=True)
    recorded_at = models.DateTimeField("记下的时间", null=True)
    evening_told_at = models.DateTimeField("前一天提醒过", null=True)
    morning_told_at = models.DateTimeField("当天提醒过", null=True)

    objects = SeatQuerySet.as_manager()

    class Privacy:
        open = (
            "id", "call", "state", "turn", "place", "signed_at", "taken_by", "offer_until", "confirmed_at", "removed_at",
            "recorded_at", "evening_told_at", "morning_told_at",
        )  # fmt: skip
        masked = ("person", "reason", "came")
        keep = "30 days after the call; 3 years where somebody came"
        erased = {"person": ("reason",)}
        handed_over = {"person": ("call",)}

    class Meta:
        ordering = ["turn", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="person_signs_up_once_for_a_call"),
            models.UniqueConstraint(fields=["call", "turn"], name="turn_of_a_call_is_one_persons"),
            models.UniqueConstraint(fields=["call", "place"], name="place_of_a_call_is_held_once"),
            models.CheckConstraint(
                condition=Q(state__in=STATES_HELD, place__isnull=False)
                | (~Q(state__in=STATES_HELD) & Q(place=None)),
                name="who_holds_a_place_and_nobody_else_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offer_until__isnull=False), name="offer_says_until_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="removed") | Q(removed_at__isnull=False), name="removed_seat_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="seats_of_a_person"),
            models.Index(fields=["offer_until"], name="offers_that_wait", condition=Q(state="offered")),
        ]

    def __str__(self):
        return f"{self.call_id} {self.turn}"

    @property
    def is_asked(self) -> bool:
        """Say whether it is not sure yet that this person comes: in the waiting list, or an offer to confirm."""
        return self.state in (SeatState.WAITING, SeatState.OFFERED)


class Certificate(models.Model):
    """What a unit that wrote down who came says of one person's service; anybody may check its number."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    number = models.CharField("证明号", max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="给谁")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="出具单位")
    issued_at = models.DateTimeField("出具时间")

    objects = models.Manager()

    class Privacy:
        open = ("id", "number", "unit", "issued_at")
        masked = ("person",)
        keep = "for ever, without the person once the file is gone"
        erased = {"person": ()}
        handed_over = {"person": ("number",)}

    class Meta:
        ordering = ["-issued_at", "-id"]

    def __str__(self):
        return self.number
