"""What has to be said in step 4."""

from yige.accounts.models import Unit, UnitKind
from yige.duty_list.queries import listed_words, rows_holding
from yige.lib.local_time import local_day
from yige.steps.fields import Choice, RowChoice, StepForm, UnitChoice, Words
from yige.steps.s4_dispatch import actions

NOBODY = "您现在没有可以派的单位。要请上级或部门来办，请用“逐级上报”。"


class Handing(StepForm):
    """A form that names a unit, or one person in it."""

    def prepare(self) -> None:
        posts = actions.targets(self.case, self.by, self.at)
        groups, rows = takers(posts, self.by)
        self.fields["unit"].offer(groups, rows, "请选择" if rows else NOBODY)
        listed = rows_holding(self.case.category_id, local_day(self.at))
        self.fields["unit"].help_text = listed_words(listed)
        self.initial = {"unit": likely(self.case, posts, listed)} | self.initial

    def arguments(self) -> dict:
        unit, person = self.cleaned_data["unit"]
        return {**self.cleaned_data, "unit": unit, "person": person}


class Dispatch(Handing):
    unit = RowChoice("派给")
    words = Words("交代几句", required=False, longest=500, rows=2, hint="只有承办人看得到。")


class Sign(StepForm):
    pass


class HandBack(StepForm):
    reason = Choice("退回的原因")
    suggested = UnitChoice("您认为该由谁办", required=False, hint="说“不属于本单位职责”时要选。")
    words = Words("依据", longest=500)

    def prepare(self) -> None:
        units = Unit.objects.filter(active=True).exclude(pk=self.case.unit_id)
        self.fields["suggested"].offer_units(units, "不清楚")


class Transfer(Handing):
    unit = RowChoice("转给")
    words = Words("为什么转", longest=500)

    def prepare(self) -> None:
        """Leave out where it is already."""
        super().prepare()
        field = self.fields["unit"]
        here = [value for value, pair in field.rows.items() if actions.has_it_already(self.case, *pair)]
        groups = [
            (label, [pair for pair in pairs if pair[0] not in here]) for label, pairs in field.choices[1:]
        ]
        field.offer(groups, {value: pair for value, pair in field.rows.items() if value not in here})


def takers(posts, by=None) -> tuple[list[tuple], dict[str, tuple]]:
    """Return the choices of units with their people, and (unit, person or None) for each value."""
    groups, rows = {}, {}
    for post in posts:
        options = groups.setdefault(UnitKind(post.unit.kind).label, [])
        if str(post.unit_id) not in rows:
            rows[str(post.unit_id)] = (post.unit, None)
            options.append((str(post.unit_id), post.unit.name))
        value = f"{post.unit_id}:{post.user_id}"
        if value not in rows:
            who = "自己来办" if post.user == by else post.rule.label
            rows[value] = (post.unit, post.user)
            options.append((value, f"　{post.unit.name} · {post.user.name}（{who}）"))
    return list(groups.items()), rows


def likely(case, posts, listed) -> str:
    """Return the value of the unit that this case most likely goes to, or nothing; never of one that gave it up.

    `listed` are the rows of the duty list; where they name several units it depends on the place, and nobody guesses.
    """
    gone = actions.units_that_gave_up(case)
    units = [post.unit for post in posts if post.unit_id not in gone or post.unit_id == actions.leads(case)]
    leads = {row.lead_id for row in listed}
    wanted = (actions.leads(case), actions.wished_for(case), *(leads if len(leads) == 1 else ()))
    for pk in wanted:
        if pk and any(unit.pk == pk for unit in units):
            return str(pk)
    if len(leads) > 1:
        return ""
    near = [unit for unit in units if unit.kind == UnitKind.GRID_TEAM and unit.path]
    return str(max(near, key=lambda unit: len(unit.path)).pk) if near and not case.raised_at else ""
