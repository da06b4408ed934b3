"""What a household tells of its own home when somebody is at the door: its use, and what matters when there is a fire."""

from yige.archive.models import Home, Household
from yige.archive.people.actions import lock_household, origin
from yige.archive.words import HomeUse, Source, YesNo
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import action
from yige.lib.refusals import NotSaid

SAFETY = ("gas", "escape_clear", "indoor_charging")


@action("archive.tell_safety")
def tell_safety(household, *, by, at, use, source=Source.VISIT, source_id=None, **safety) -> Household:
    """Write down what the household says of its home; what it leaves out becomes “not known”."""
    household = lock_household(household, by, at)
    if household.home_id is None:
        raise NotSaid("这一户还没有登记住址，请先登记搬到了哪里。")
    wrong = {name: "请从列表里选。" for name in SAFETY if safety.get(name, "") not in YesNo.values}
    if use not in HomeUse.values:
        wrong["use"] = "请从列表里选。"
    if wrong:
        raise NotSaid("有一项不在列表里。", **wrong)
    facts = {"use": use, **{name: safety.get(name, "") for name in SAFETY}}
    Home.objects.filter(pk=household.home_id).update(**facts)
    insert_rows(origin(household, ["use", *SAFETY], by=by, at=at, source=source, source_id=source_id))
    return household
