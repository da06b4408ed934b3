"""The case itself."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import In
from psycopg.sql import Literal

from yige.accounts.models import Unit, User
from yige.archive.models import Household
from yige.cases.models.case_search import CaseSearch
from yige.cases.words import (
    BEFORE_HANDLED,
    ENDS,
    OPEN,
    WITH_UNIT,
    Channel,
    LocatedBy,
    Nature,
    Outcome,
    State,
    Tier,
    Urgency,
)
from yige.grids.models import Grid
from yige.lib.ids import new_id
from yige.lib.numbers import case_number

IS_OPEN = Q(state__in=OPEN)
DANGER_FIRST = F("alarm_at").asc(
    nulls_last=True
)  # the first key of every order in which cases wait for somebody


class Among(In):
    """`IN` with the words of a closed list written out: a plan that is kept knows them (ADR 0032)."""

    lookup_name = "among"

    def process_rhs(self, compiler, connection) -> tuple:
        sql, words = super().process_rhs(compiler, connection)
        return sql % tuple(Literal(word).as_string(None) for word in words), ()


models.CharField.register_lookup(Among)


class CaseQuerySet(CaseSearch):
    def open(self) -> "CaseQuerySet":
        return self.filter(state__among=OPEN)  # as the partial indexes say it

    def public(self) -> "CaseQuerySet":
        """What everybody may see: matters of the public, without the reporter; see `portal`."""
        return self.exclude(nature=Nature.PERSONAL).exclude(state=State.WITHDRAWN).strict()

    def overdue(self, at) -> "CaseQuerySet":
        return self.open().filter(next_mark_at__lt=at)

    def below(self, path) -> "CaseQuerySet":
        return self.filter(grid_path__startswith=path)


class Case(models.Model):
    """One problem, from the report to the clearing. Only `cases.move` writes its state."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    serial = models.BigIntegerField(
        "流水号",
        unique=True,
        editable=False,
        db_default=Func(Value("cases_serial"), function="nextval", output_field=models.BigIntegerField()),
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.REPORTED)
    nature = models.CharField("性质", max_length=10, choices=Nature.choices)
    urgency = models.CharField("紧急程度", max_length=10, choices=Urgency.choices)
    tier = models.CharField("处置层级", max_length=10, choices=Tier.choices, default=Tier.GRID)
    channel = models.CharField("来源", max_length=10, choices=Channel.choices)
    category = models.ForeignKey("Category", models.PROTECT, verbose_name="分类")
    words = models.TextField("问题描述", max_length=2000)
    place = models.CharField("地点", max_length=200, blank=True)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="网格")
    grid_path = models.CharField("网格路径", max_length=120)
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)
    accuracy_m = models.PositiveIntegerField("定位精度（米）", null=True)
    located_by = models.CharField("定位方式", max_length=10, choices=LocatedBy.choices)
    # What is searched, made by `search_fields`: the form of words and place, and its pairs of characters.
    search_text = models.TextField(editable=False, default="")
    grams = ArrayField(models.CharField(max_length=2), editable=False)

    # Raised on a visit or by somebody for the household; who handles the case does not learn from it which one.
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        related_name="cases",
        db_index=False,
        verbose_name="哪一户提出的",
    )
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    first_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="首接单位")
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="承办人")
    handed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="派单人")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name="并入事项"
    )
    # The case at the end of the chain of merges, so that every list can ask how that one stands: `merging.py`.
    leader = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="led", verbose_name="合并办理的事项"
    )
    recurs_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="recurrences", verbose_name="原事项"
    )

    reported_at = models.DateTimeField("上报时间")
    accepted_at = models.DateTimeField("受理时间", null=True)
    dispatched_at = models.DateTimeField("派单时间", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    contacted_at = models.DateTimeField("联系反映人时间", null=True)
    verified_at = models.DateTimeField("核实时间", null=True)
    progress_at = models.DateTimeField("反馈进展时间", null=True)
    planned_at = models.DateTimeField("计划批准时间", null=True)
    handled_at = models.DateTimeField("处置完成时间", null=True)
    replied_at = models.DateTimeField("答复时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    cleared_at = models.DateTimeField("销号时间", null=True)
    ended_at = models.DateTimeField("终止时间", null=True)
    reopened_at = models.DateTimeField("本轮开始时间", null=True)
    raised_at = models.DateTimeField("上报上级时间", null=True)  # until somebody on its level hands it out

    extended_until = models.DateTimeField("延期至", null=True)
    parked_at = models.DateTimeField("挂账时间", null=True)
    parked_until = models.DateTimeField("挂账复核时间", null=True)
    plan = models.TextField("办理计划", max_length=1000, blank=True)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    return_count = models.PositiveSmallIntegerField("退回次数", default=0)
    reopen_no = models.PositiveSmallIntegerField("重办次数", default=0)
    outcome = models.CharField("销号方式", max_length=12, choices=Outcome.choices, blank=True)
    supervised_at = models.DateTimeField("督办时间", null=True)
    # What its words may mean (`dangers.py`), since when nobody has judged that, since when it stands on top of desks.
    danger = models.CharField("可能的险情", max_length=120, blank=True)
    danger_at = models.DateTimeField("险情待看", null=True)
    alarm_at = models.DateTimeField("险情未到场", null=True)
    # Since when nobody who could help has looked or acted, and how often was called again since (`danger_calls.py`).
    unanswered_at = models.DateTimeField("险情没有人应", null=True)
    danger_calls = models.PositiveSmallIntegerField("险情再叫次数", default=0)

    open_parts = models.PositiveSmallIntegerField("联办未完", default=0)

    next_mark = models.CharField("下一时限", max_length=12, blank=True)
    next_mark_at = models.DateTimeField("下一时限到期", null=True)
    wake_at = models.DateTimeField("系统下次查看", null=True)
    version = models.PositiveIntegerField("版本", default=1)
    link_version = models.PositiveSmallIntegerField("链接版本", default=1)

    objects = CaseQuerySet.as_manager()

    class Privacy:
        open = "__all__ but the masked"
        masked = ("words", "place", "search_text", "grams", "lon", "lat", "household")
        keep = "3 years after the end, then the reporter is removed and words are masked"

    class Meta:
        ordering = ["-serial"]
        constraints = [
            models.CheckConstraint(
                condition=~IS_OPEN | Q(next_mark_at__isnull=False), name="open_case_has_a_clock"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_HANDLED) | Q(open_parts=0),
                name="nothing_ends_while_a_part_is_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
                name="merged_case_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, leader__isnull=True)
                | Q(merged_into__isnull=False, leader__isnull=False),
                name="merged_case_has_a_leader",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dispatched", "signed", "handling"]) | Q(unit__isnull=False),
                name="dispatched_case_has_a_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state="handled") | Q(handled_at__isnull=False), name="handled_case_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="closed_case_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="cleared") | (Q(cleared_at__isnull=False) & ~Q(outcome="")),
                name="cleared_case_says_when_and_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_mark_at"],
                name="open_cases_by_clock",
                condition=IS_OPEN,
                # What counts and maps of open cases read, so that they need not visit the rows.
                include=["grid_path", "handler", "reported_by", "lon", "lat", "parked_until", "serial"],
            ),
            models.Index(
                fields=["alarm_at", "next_mark_at", "serial"],
                name="open_cases_danger_first",
                condition=IS_OPEN,
            ),
            models.Index(fields=["alarm_at", "-serial"], name="cases_danger_then_new"),
            models.Index(
                fields=["unanswered_at"],
                name="cases_unanswered",
                condition=Q(unanswered_at__isnull=False),
            ),
            models.Index(fields=["state", "-serial"], name="cases_by_state"),
            models.Index(fields=["wake_at"], name="cases_to_wake", condition=Q(wake_at__isnull=False)),
            models.Index(
                fields=["grid_path", "serial"],
                name="cases_by_place",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["unit", "state", "next_mark_at"], name="cases_of_a_unit"),
            models.Index(fields=["handler", "state", "next_mark_at"], name="cases_of_a_handler"),
            models.Index(
                fields=["reported_by", "-serial"],
                name="cases_taken_in",
                condition=Q(reported_by__isnull=False),
            ),
            models.Index(
                fields=["household"],
                name="cases_of_a_household",
                condition=Q(household__isnull=False),
            ),
            models.Index(fields=["category", "-serial"], name="cases_by_category"),
            models.Index(fields=["reported_at"], name="cases_by_report"),
            models.Index(fields=["closed_at"], name="cases_by_closing", condition=Q(closed_at__isnull=False)),
            models.Index(
                fields=["-cleared_at", "-serial"], name="cases_cleared_last", condition=Q(state="cleared")
            ),
            GinIndex(fields=["grams"], name="cases_by_words"),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        return case_number(settings.YIGE_DISTRICT_CODE, self.serial)

    @property
    def is_open(self) -> bool:
        return self.state not in ENDS

    @property
    def is_parked(self) -> bool:
        return self.parked_until is not None and self.handled_at is None

    @property
    def clock_from(self) -> datetime:
        """The moment this round began: the report, or the last reopening."""
        return self.reopened_at or self.reported_at

    @property
    def may_be_handled(self) -> bool:
        return self.state in BEFORE_HANDLED

    @property
    def waits_at_level(self) -> bool:
        """Say whether it was raised, sent down or given back to the level it is on, and waits there for whoever arranges."""
        return self.raised_at is not None and self.state == State.ACCEPTED

    @property
    def lies_with_unit(self) -> bool:
        """Say whether a unit has it in its hands: what was returned or taken up anew waits for a dispatch first."""
        return self.unit_id is not None and self.state in WITH_UNIT

    def is_overdue(self, at) -> bool:
        return self.is_open and self.next_mark_at < at

    def reopenable_until(self, days) -> datetime | None:
        return self.closed_at + timedelta(days=days) if self.closed_at else None
