"""The doors that a tour of the demo comes by: households of the accounts `micro` and `member`, told by the verbs alone.

A promise due today, a broken one, a wish, somebody of 84 alone and not met for nine days, a household that wants no
visits, and three answers that are owed: a case that is closed, one in progress, one that was rejected.
"""

from datetime import timedelta

from django.db import transaction

from yige.archive.people import access
from yige.archive.rights import requests
from yige.archive.words import Purpose, RequestKind
from yige.audit.log import was_done
from yige.cases.hearing import ways_to_reach
from yige.cases.words import RejectReason
from yige.contact import queries
from yige.contact.models import Route
from yige.contact.words import Mode, SlotKind
from yige.demo import households as rows
from yige.demo import texts
from yige.demo.links_and_moves import standing
from yige.demo.residents import moment
from yige.demo.story_context import StoryContext
from yige.lib.local_time import local_day, start_of_day
from yige.steps import patrol_finding, visiting
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments
from yige.steps.s2_discover import actions as s2
from yige.steps.verbs import VERBS

KEY = "demo-doors-{}"
MEMBERS = (3, 9, 12, 20, 26, 33, 38, 41)  # days ago that the party member was at each linked household
LAMP, ROAD, CAR = "facilities.street-lamp", "facilities.broken-road", "order.car-parking"
HOURS = (1, 2, 3, 4, 5, 24, 27)  # after the report: when the acts of a case were done


def doors_are_told():
    return was_done("contact.write_visit", StoryContext().user("micro"), KEY.format("due"))


def tell_doors(now):
    """Tell what happened at these doors, once."""
    if not doors_are_told():
        with transaction.atomic():
            Doors(now).tell()


def tell_finds(now):
    """Tell what was found on rounds of these days, once; the route has to be there."""
    if not was_done("cases.report", StoryContext().user("worker"), KEY.format("found-0")):
        with transaction.atomic():
            Doors(now).found()


class Doors:
    def __init__(self, now):
        self.now, self.today, self.cast = now, local_day(now), StoryContext()
        self.micro, self.member = self.cast.user("micro"), self.cast.user("member")

    def tell(self):
        self._resident()
        self._promises()
        self._others()
        self._members()
        self._raised()
        self._hours()

    def _resident(self):
        """75 years old, with a phone to sign in by: answered before, three things owed, looked at by three."""
        here = standing(rows.MICRO_GRID, rows.RESIDENT)
        words = "想问高龄津贴和老年餐补怎么办，材料要哪些。"
        self.visit("first", here, 40, needs=[{"kind": "need", "words": words}])
        self.visit("answered", here, 26)
        raised = (
            (LAMP, "楼道口那盏灯不亮，晚上下楼全靠摸。"),
            (ROAD, "单元口的地砖翘起来三块，老伴绊过一下。"),
        )
        promise = {"words": "把老年餐补的表格送来，一起填好。", "due_on": self.today + timedelta(days=3)}
        needs = [
            {"words": words, "category": self.cast.categories[code], "wants_call": True}
            for code, words in raised
        ]
        made = self.visit("owed", here, 5, needs=needs, promises=[promise])
        lamp, road = [need.case for need in made.needs.select_related("case").order_by("id")]
        self.handle(lamp, ("换了灯头和线，晚上试过，亮了。", "去现场看过，亮着。"))
        self.handle(road)
        self._looks(here)

    def _looks(self, here):
        head, worker = self.cast.user("grid"), self.cast.user("worker")
        for by, days, person in (
            (self.micro, 26, None),
            (self.micro, 5, None),
            (head, 3, None),
            (worker, 2, here.contact),
        ):
            access.view(person or here, by=by, at=self.at(days, 590), household=here)
        access.reveal(here.contact, by=self.micro, at=self.at(5, 595), field="phone", reason=Purpose.VISIT)
        words = "出生年写错了，早写了一年。"
        requests.ask(here.contact, by=self.micro, at=self.at(1, 640), kind=RequestKind.CORRECT, field="who", words=words)  # fmt: skip

    def _promises(self):
        due = {"words": "请师傅来给厨房换灯管。", "due_on": self.today}
        self.visit("due", standing(rows.MICRO_GRID, rows.DUE), 5, promises=[due])
        broken = {"words": "问清楚托管班的名额，给个准话。", "due_on": self.today - timedelta(days=6)}
        self.visit("broken", standing(rows.MICRO_GRID, rows.BROKEN), 20, promises=[broken])

    def _others(self):
        for number, days in enumerate((23, 16, 9)):
            self.visit(f"alone-{number}", standing(rows.MICRO_GRID, rows.ALONE), days, mode=Mode.PHONE if number == 1 else Mode.HOME)  # fmt: skip
        self.visit("wish", standing(rows.MICRO_GRID, rows.WISH), 14, wished_on=self.today)
        until = self.today + timedelta(days=75)
        s1.decline_visits(
            standing(rows.MICRO_GRID, rows.DECLINES), by=self.micro, at=self.at(10, 900), until=until
        )
        need = {
            "words": "对面那栋的人把车停我家窗外，你们去把车拖走。",
            "category": self.cast.categories[CAR],
        }
        made = self.visit("rejected", standing(rows.MICRO_GRID, rows.REJECTED), 15, needs=[need])
        words = "车停在画好的车位里，没有占道。愿意的话社区可以约两家谈一谈。"
        VERBS["reject"](made.needs.get().case, by=self.cast.user("desk"), at=self.at(14, 620), reason=RejectReason.COURT, words=words)  # fmt: skip

    def _members(self):
        """Eight households that agreed; each was met, one is promised something today, one raised a problem."""
        promise = {"words": "把合唱队的排练时间问来。", "due_on": self.today}
        need = {"kind": "need", "words": "米和油重，想请志愿者捎上来。"}
        lane = {
            "words": "院门口消防通道又停了车。",
            "category": self.cast.categories["safety.blocked-fire-lane"],
        }
        said = ({"promises": [promise]}, {"needs": [need]}, {"wished_on": self.today}, {"needs": [lane]})
        for place, days in enumerate(MEMBERS):
            more = said[place] if place < len(said) else {}
            here = standing(rows.MEMBERS_GRID, place)
            made = self.visit(f"member-{place}", here, days, by=self.member, **more)
            for each in made.needs.exclude(case=None).select_related("case"):
                self.handle(each.case, ("和车主说好了，画了禁停的黄线。", "上午下午各看过一次，没有车。"))

    def _raised(self):
        """At every third door something was raised that became a case; it is done, and half of them heard of it."""
        said = [(code, words) for code, several in texts.visits()["to_case"].items() for words in several]
        places = range(10, len(rows.households_of(rows.MICRO_GRID)), 3)
        for number, (place, (code, words)) in enumerate(zip(places, said, strict=False)):
            here = standing(rows.MICRO_GRID, place)
            days = min((self.today - local_day(here.tried_at)).days - 1, 30) if here.tried_at else 30
            if days < 7:
                continue
            need = {"words": words, "category": self.cast.categories[code], "wants_call": number % 2 == 0}
            made = self.visit(f"raised-{number}", here, days, needs=[need])
            self.handle(made.needs.get().case, ("办好了，当着住户的面试过。", "电话问了住户，认可。"))
            if number % 2:
                self.visit(f"heard-{number}", here, days - 4, mode=Mode.PHONE)

    def found(self):
        """On two rounds of these days something was found, which became a case."""
        by, route = self.cast.user("worker"), Route.objects.get(grid_path="/410106003/001/01/")
        said = list(texts.visits()["found"].items())
        for number, days in enumerate((4, 1)):
            at, (code, words) = self.at(days, 880), said[number]
            patrol = s2.start_patrol(route, by=by, at=at)
            spot = route.spots.select_related("grid", "building", "organisation", "thing").all()[number]
            found = patrol_finding.report_finding(
                patrol, by=by, at=at + timedelta(minutes=6), spot=spot, words=words,
                category=self.cast.categories[code], key=KEY.format(f"found-{number}"),
            )  # fmt: skip
            s2.finish_patrol(patrol, by=by, at=at + timedelta(minutes=20))
            self.handle(found.case)

    def _hours(self):
        """书记有约 of the coming days, and one household that took a seat."""
        at = self.at(3, 560)
        for number, (name, place) in enumerate((("community", "社区议事厅"), ("grid", "网格工作站"))):
            grid = self.cast.grids["/410106003/001/" if name == "community" else "/410106003/001/01/"]
            starts = start_of_day(self.today) + timedelta(days=2 + number, hours=15)
            slot = appointments.offer_slot(
                grid, by=self.cast.user(name), at=at, kind=SlotKind.SECRETARY, place=place, starts_at=starts, seats=3
            )  # fmt: skip
            appointments.book_slot(
                slot, by=self.micro, at=at + timedelta(hours=2), household=standing(rows.MICRO_GRID, rows.WISH),
                words="加装电梯的事，想当面听一听。",
            )  # fmt: skip

    def visit(self, name, household, days, *, by=None, mode=Mode.HOME, **said):
        """Visit and answer whatever is owed there: a case as it stands, everything else as done."""
        at = self.at(days, 640)
        answers = [self._answer(each, at) for each in queries.answers_owed(household, at)]
        return visiting.finish_visit(
            household, by=by or self.micro, at=at, key=KEY.format(name), mode=mode, answers=answers, **said
        )  # fmt: skip

    def _answer(self, owed, at):
        case = getattr(owed.row, "case", None)
        if case is None:
            return {"field": owed.field, "kind": "done", "words": "表和材料都说清楚了，您说会办了。"}
        return {"field": owed.field, "kind": owed.draft.kind, "words": owed.draft.words}

    def handle(self, case, ends=()):
        """Let the grid's own team work on a case; with two sentences it is finished and closed."""
        desk, worker = self.cast.user("desk"), self.cast.user("worker")
        facts = {"category": case.category, "urgency": case.urgency, "nature": case.nature}
        team = {"unit": self.cast.units["grid-001-01"], "person": worker, "words": ""}
        acts = [("accept", desk, facts), ("dispatch", desk, team), ("sign", worker, {})]
        acts += [
            ("contact", worker, {"how": ways_to_reach(case)[0], "words": "约了下午去看。"}),
            ("progress", worker, {"words": "看过现场，料已经订了，后天到。"}),
        ]
        if ends:
            acts += [("finish", worker, {"words": ends[0]}), ("close", desk, {"words": ends[1]})]
        for hours, (verb, by, said) in zip(HOURS, acts, strict=False):
            at = case.reported_at + timedelta(hours=hours)
            case = VERBS[verb](case, by=by, at=at, **said)

    def at(self, days, minute):
        return moment(self.now, days, minute)
