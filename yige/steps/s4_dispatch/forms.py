"""What has to be said in step 4."""

from yige.accounts.models import Unit, UnitKind
from yige.steps.fields import Choice, RowChoice, StepForm, Words
from yige.steps.s4_dispatch import actions

NOBODY = "您现在没有可以派的单位。要请上级或部门来办，请用“逐级上报”。"


class Handing(StepForm):
    """A form that names a unit, or one person in it."""

    def prepare(self) -> None:
        posts = actions.targets(self.case, self.by, self.at)
        groups, rows = takers(posts)
        self.fields["unit"].offer(groups, rows, "请选择" if rows else NOBODY)
        self.initial = {"unit": likely(self.case, posts)} | self.initial

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
    suggested = RowChoice("您认为该由谁办", required=False, hint="说“不属于本单位职责”时要选。")
    words = Words("依据", longest=500)

    def prepare(self) -> None:
        groups, rows = {}, {}
        for unit in Unit.objects.filter(active=True).exclude(pk=self.case.unit_id):
            groups.setdefault(unit.get_kind_display(), []).append((str(unit.pk), unit.name))
            rows[str(unit.pk)] = unit
        self.fields["suggested"].offer(list(groups.items()), rows, "不清楚")


class Transfer(Handing):
    unit = RowChoice("转给")
    words = Words("为什么转", longest=500)


def takers(posts) -> tuple[list[tuple], dict[str, tuple]]:
    """Return the choices of units with their people, and (unit, person or None) for each value."""
    groups, rows = {}, {}
    for post in posts:
        options = groups.setdefault(UnitKind(post.unit.kind).label, [])
        if str(post.unit_id) not in rows:
            rows[str(post.unit_id)] = (post.unit, None)
            options.append((str(post.unit_id), post.unit.name))
        value = f"{post.unit_id}:{post.user_id}"
        if value not in rows:
            rows[value] = (post.unit, post.user)
            options.append((value, f"　{post.unit.name} · {post.user.name}（{post.rule.label}）"))
    return list(groups.items()), rows


def likely(case, posts) -> str:
    """Return the value of the unit that this case most likely goes to, or nothing."""
    units = [post.unit for post in posts]
    for wanted in (case.first_unit_id if case.return_count >= 2 else None, case.category.default_unit_id):
        if wanted and any(unit.pk == wanted for unit in units):
            return str(wanted)
    near = [unit for unit in units if unit.kind == UnitKind.GRID_TEAM and unit.path]
    return str(max(near, key=lambda unit: len(unit.path)).pk) if near else ""
