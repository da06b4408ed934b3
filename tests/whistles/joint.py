"""A whistle in any state, made by the verbs, for the tests of joint work."""

from datetime import timedelta
from types import SimpleNamespace

from tests.factories import MONDAY_NOON, act, life, staff
from yige.accounts.models import Unit
from yige.steps.s5_handle import calls as verbs
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, Whistle

HOUR = timedelta(hours=1)
SOUNDED = MONDAY_NOON + 4 * HOUR
FOUR = {
    "person": "老周 工作电话",
    "discussed": "街道值班室",
    "measure": "换阀门",
    "until": SOUNDED + timedelta(days=2),
}
SAID = {
    "sign": {"person": "老周 工作电话"},
    "contact": FOUR,
    "arrive": {"words": "到了，正在关阀门"},
    "note_progress": {"words": "挖到一半"},
    "deliver": {"words": "修好了，路面也补了"},
    "confirm": {},
    "turn_back": {"words": "路面没有补"},
    "assess": {"passed": True, "words": "来得及时"},
    "answer": {"words": "谢谢"},
    "refuse_duty": {"words": "这段管道是小区的", "basis": "职责清单"},
    "release": {"reason": "not_needed", "words": "已经修好了"},
}
WAY = ("sign", "contact", "arrive", "deliver", "confirm")


def joint_town(here):
    """Add to the town a second bureau with somebody in it, and a property firm where nobody has an account."""
    here.water_unit = Unit.objects.create(slug="water", name="单位water", kind="utility")
    here.water = staff("water", "department_handler", "/zz/", here.water_unit)
    return here


def asked(here, *more, lead=None):
    return [
        CallAsked(lead or here.bureau_unit, "lead", "关阀门，抢修"),
        *(more or [CallAsked(here.water_unit, "assist", "送水")]),
    ]


def sounded(here, *, trigger="need", at=SOUNDED, case=None, calls=None, by=None, **said):
    """Sound a whistle for a case that a team handles; return it with its calls by unit slug."""
    case = case or life(here, "progressed")
    said = {"matter": "三号楼前水管爆了", "tried": "物业修不了主管", **said}
    act("whistle", case, by=by or here.desk, at=at, trigger=trigger, calls=calls or asked(here), **said)
    whistle = Whistle.objects.get(case=case, ended_at=None)
    found = {call.unit.slug: call for call in Call.objects.filter(whistle=whistle).select_related("unit")}
    return SimpleNamespace(case=case, whistle=whistle, calls=found)


def brought(call, until, here, *, at=SOUNDED, by=None):
    """Bring a call on its way up to and with this verb, ten minutes each."""
    unit = by or (here.department if call.unit.slug == "bureau" else here.water)
    for step, verb in enumerate(WAY, 1):
        who = here.desk if verb == "confirm" else unit
        said = SAID[verb] | ({"until": at + timedelta(days=2)} if verb == "contact" else {})
        call = verbs.CALL_VERBS[verb](call, by=who, at=at + step * timedelta(minutes=10), **said)
        if verb == until:
            break
    return call
