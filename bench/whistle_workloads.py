"""The page of a running whistle with four units and six steps, made by the verbs in the measuring subdistrict."""

import os
from datetime import timedelta

from bench.against_floor import against_floor, browser


def whistle_page(here, seconds):
    """One whistle on one screen; reach ≤ 10 CPU-ms."""
    whistle = running_whistle()
    address = f"/console/whistles/{whistle.pk}/"

    def look(client, n):
        return browser(here, who="desk").get(address)[0]

    def bare(client, n):
        return browser(here, "floor").get(f"/page/{whistle.case.serial}")[0]

    return against_floor(here, seconds, look, bare, clients=4)


def running_whistle():
    """Return the whistle to look at with its case; sounded the first time."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from yige.whistles.models import Whistle

    return Whistle.objects.running().select_related("case").first() or sound()


def sound():
    """Call four units to the first case that is being handled, and plan six steps."""
    from django.utils import timezone

    from yige.accounts.models import Unit, User
    from yige.cases.models import Case
    from yige.steps.s5_handle.joint_plan import add_step
    from yige.steps.verbs import VERBS
    from yige.whistles.calling import CallAsked
    from yige.whistles.models import Whistle

    desk, at = User.objects.get(username="desk"), timezone.now()
    case = Case.objects.filter(state="handling").order_by("serial").first()
    units = [
        Unit.objects.create(slug=f"called-{n}", name=f"第{n}抢修单位", kind="utility") for n in range(1, 5)
    ]
    calls = [
        CallAsked(unit, "assist" if n else "lead", "关阀门，抢修主管", "值班电话")
        for n, unit in enumerate(units)
    ]
    said = {"trigger": "need", "matter": "主管爆裂，路面塌陷", "tried": "物业关不了阀门", "calls": calls}
    VERBS["whistle"](case, by=desk, at=at, **said)
    whistle = Whistle.objects.running().select_related("case").get(case=case)
    for n in range(6):
        day = timezone.localdate(at) + timedelta(days=n + 1)
        add_step(whistle, by=desk, at=at, unit=units[n % 4], words=f"第{n + 1}步：抢修", due_on=day)
    return whistle


WORKLOADS = {"whistle_page": whistle_page}
