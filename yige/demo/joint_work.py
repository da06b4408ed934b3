"""Joint work of the demo, told by the verbs: a burst pipe at night, blocked fire lanes, an estate without heating.

All three triggers; a dispute of duty that was decided; one answer by a one-time link that waits for the desk; one
request that waits for the street; one whistle that came to its end.
"""

from datetime import timedelta

from django.db import transaction

from yige.accounts.actors import STRANGER
from yige.audit.log import was_done
from yige.cases.models import Case
from yige.cases.reports import Location, Origin, Problem
from yige.demo.residents import moment
from yige.demo.staff import TOP, WITHOUT_ACCOUNT
from yige.demo.story_context import StoryContext
from yige.lib.local_time import local_day, start_of_day
from yige.steps import two_steps
from yige.steps.s3_report.actions import report
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS
from yige.steps.verbs import VERBS
from yige.whistles import clockwork
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, Whistle
from yige.whistles.words import Part

WHISTLE_KEY = "demo-whistle-{}"
GRID = f"{TOP}001/01/"
MINUTE, ONE_HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def whistles_are_told():
    return was_done("cases.report", STRANGER, WHISTLE_KEY.format("heating"))


def tell_whistles(now):
    """Tell all of it, once."""
    if not whistles_are_told():
        with transaction.atomic():
            teller = JointWork(now)
            for tell in (teller.heating, teller.fire_lanes, teller.stalls, teller.pipe):
                tell()


class JointWork:
    def __init__(self, now):
        self.now, self.today, self.cast = now, local_day(now), StoryContext()
        self.desk, self.head = self.cast.user("desk"), self.cast.user("street")

    def pipe(self):
        """Two o'clock at night: the case is made by the whistle; the danger is over, the repair goes on."""
        at = moment(self.now, 1, 125)
        problem = Problem(
            "三号楼前的水管爆了，水往地下车库里灌。", self.cast.categories["utilities.burst-pipe"]
        )
        sounded = {
            "trigger": "emergency", "matter": "三号楼前主管爆裂，水往地下车库灌，先关阀、再抽水、再修。",
            "tried": "值班网格员到场，楼内阀门关了没有用，要关主管。",
            "calls": [
                self.asked("water", Part.LEAD, "关主管阀门，抢修。"),
                self.asked("power", Part.ASSIST, "看地下车库的配电，该断的断。"),
                self.asked(WITHOUT_ACCOUNT, Part.ASSIST, "打开车库，通知车主挪车。", "值班室"),
            ],
        }  # fmt: skip
        case = two_steps.report_with_whistle(
            self.cast.grids[GRID], by=self.desk, at=at, key=WHISTLE_KEY.format("pipe"), problem=problem,
            location=Location("3号楼前", "qr"), origin=Origin("hotline"), sounded=sounded,
        )  # fmt: skip
        whistle = self.whistle_of(case)
        self.unit("water", whistle, "arrive", at + 22 * MINUTE, words="到了，正在关主管的阀门。")
        self.unit("power", whistle, "sign", at + 6 * MINUTE, person="值班电话见值班表")
        self.unit("power", whistle, "arrive", at + 35 * MINUTE, words="车库照明已断电，水没有进配电室。")
        self.wake(at + 40 * MINUTE)
        plan.stabilise(whistle, by=self.desk, at=at + 90 * MINUTE, words="水停了，车库在抽水，管子天亮修。")
        self.unit(
            "water",
            whistle,
            "note_progress",
            at + 2 * ONE_HOUR,
            words="换一段主管，恢复路面。",
            until=self.now + 2 * DAY,
        )
        for slug, words, days in (("water", "换管、试压", 1), ("water", "恢复路面", 3)):
            self.step(whistle, slug, words, days, at + 3 * ONE_HOUR)
        self.unit("power", whistle, "deliver", at + 5 * ONE_HOUR, words="查过，恢复供电。")
        self.street(whistle, "power", "confirm", at + 7 * ONE_HOUR)
        self.answer_by_link(whistle, at + 4 * ONE_HOUR)

    def answer_by_link(self, whistle, at):
        """A firm without an account answered by its link; nobody has looked yet."""
        link = links.make_link(self.call_of(WITHOUT_ACCOUNT, whistle), by=self.desk, at=at)
        words = "车库开着，二十一辆车都挪出来了，还有两辆联系不上车主。"
        links.answer_by_link(link, by=STRANGER, at=at + ONE_HOUR, verb="arrive", said={"words": words})

    def fire_lanes(self):
        """Joint enforcement: asked for by the community, one unit comes, one signs and falls silent."""
        at = moment(self.now, 6, 560)
        case = self.accepted(
            "safety.blocked-fire-lane", "2号楼的消防通道天天停满车，栏杆也锁着。", "2号楼东侧", at, "lanes"
        )
        tried = "社区贴了三次通知，物业劝过，没有执法权。"
        asked = {"trigger": "joint", "tried": tried, "wanted": "请城管、交警、消防一起来。"}
        self.do("ask_whistle", case, self.cast.user("community"), at + 3 * ONE_HOUR, **asked)
        calls = [
            self.asked("chengguan", Part.LEAD, "清走违停和地锁。"),
            self.asked("traffic", Part.ASSIST, "现场处理违停。"),
            self.asked("fire", Part.ASSIST, "看通道宽度够不够，锁能不能装。"),
        ]
        said = {
            "trigger": "joint",
            "matter": "消防通道被占、被锁，请一起到现场处理。",
            "tried": tried,
            "calls": calls,
        }
        self.do("whistle", case, self.desk, at + 5 * ONE_HOUR, **said)
        self.at_the_lanes(self.whistle_of(case), at + 5 * ONE_HOUR)

    def at_the_lanes(self, whistle, start):
        """One unit agrees on a day, one falls silent, one says that it is not its duty and comes all the same."""
        self.unit("chengguan", whistle, "sign", start + 20 * MINUTE, person="中队值班")
        said = {
            "person": "中队值班",
            "discussed": "街道事件处置岗",
            "measure": "先通知，三天后清。",
            "until": start + 9 * DAY,
        }
        self.unit("chengguan", whistle, "contact", start + 20 * ONE_HOUR, **said)
        self.unit("traffic", whistle, "sign", start + 40 * MINUTE, person="秩序组")
        self.wake(start + 2 * ONE_HOUR)
        self.unit(
            "fire",
            whistle,
            "refuse_duty",
            start + 3 * ONE_HOUR,
            words="日常管理归物业和街道。",
            basis="消防法",
        )
        self.street(
            whistle,
            "fire",
            "decide_duty",
            start + 21 * ONE_HOUR,
            by=self.head,
            ruling="stays",
            words="宽度和锁由消防来认定，只来一次。",
        )
        self.wake(start + 26 * ONE_HOUR)
        self.unit("fire", whistle, "arrive", start + 2 * DAY, words="量过，3.2 米，不够；锁要拆。")
        plan.set_meeting(
            whistle,
            by=self.desk,
            at=start + 2 * DAY + ONE_HOUR,
            meet_at=start_of_day(self.today + DAY) + 570 * MINUTE,
            meet_place="2号楼东侧",
        )
        self.step(whistle, "chengguan", "贴通知，给三天", 0, start + 3 * DAY)
        self.step(whistle, "chengguan", "清走地锁和没有挪的车", 4, start + 3 * DAY)

    def heating(self):
        """A whole estate without heating: done, assessed, answered, ended."""
        at = moment(self.now, 15, 500)
        case = self.accepted(
            "utilities.heating", "整个院子的暖气都不热，老人孩子受不了。", "全院", at, "heating"
        )
        calls = [
            self.asked("heating", Part.LEAD, "查换热站，恢复供热。"),
            self.asked("housing", Part.ASSIST, "看楼内管网谁来修。"),
        ]
        said = {
            "trigger": "need",
            "matter": "全院暖气不热，查换热站和楼内管网。",
            "tried": "物业放过气，没有用。",
            "calls": calls,
        }
        self.do("whistle", case, self.head, at + 4 * ONE_HOUR, **said)
        whistle, start = self.whistle_of(case), at + 4 * ONE_HOUR
        for slug in ("heating", "housing"):
            self.unit(slug, whistle, "sign", start + 30 * MINUTE, person="值班")
            said = {
                "person": "值班",
                "discussed": "社区书记",
                "measure": "先查后修。",
                "until": start + 5 * DAY,
            }
            self.unit(slug, whistle, "contact", start + 5 * ONE_HOUR, **said)
            self.unit(slug, whistle, "arrive", start + DAY, words="到现场看过。")
            self.unit(slug, whistle, "deliver", start + 3 * DAY, words="修好了，测过温度。")
            self.street(whistle, slug, "confirm", start + 4 * DAY)
        for slug, passed, words in (
            ("heating", True, "第二天就热了。"),
            ("housing", False, "约了两次才来。"),
        ):
            self.street(whistle, slug, "assess", start + 5 * DAY, passed=passed, words=words)
        self.unit("housing", whistle, "answer", start + 6 * DAY, words="第一次是因为同一天有别的抢修。")
        plan.end_whistle(whistle, by=self.head, at=start + 6 * DAY, words="全院都热了，抽了五户测温。")

    def stalls(self):
        """A community asks for a whistle; nobody has answered yet."""
        at = moment(self.now, 1, 540)
        case = self.accepted("order.car-parking", "门口两边都停车，救护车进不来。", "北门外", at, "stalls")
        asked = {
            "trigger": "joint",
            "tried": "社区协商过两次，车主不是本院的。",
            "wanted": "请交警来划线、城管来劝离。",
        }
        self.do("ask_whistle", case, self.cast.user("community"), at + 5 * ONE_HOUR, **asked)

    def accepted(self, category, words, place, at, name):
        case = report(
            self.cast.grids[GRID], by=STRANGER, at=at, key=WHISTLE_KEY.format(name), origin=Origin("snap"),
            problem=Problem(words, self.cast.categories[category]), location=Location(place, "qr"),
        )  # fmt: skip
        facts = {"category": case.category, "urgency": case.urgency, "nature": case.nature}
        return self.do("accept", case, self.desk, at + ONE_HOUR, **facts)

    def do(self, verb, case, by, at, **said):
        return VERBS[verb](Case.objects.get(pk=case.pk), by=by, at=at, **said)

    def asked(self, slug, part, words, reached=""):
        return CallAsked(self.cast.units[slug], part, words, reached)

    def whistle_of(self, case):
        return Whistle.objects.get(case=case.pk)

    def call_of(self, slug, whistle):
        return Call.objects.select_related("whistle", "unit").get(whistle=whistle, unit=self.cast.units[slug])

    def unit(self, slug, whistle, verb, at, **said):
        by = self.cast.user("chengguan" if slug == "chengguan" else f"{slug}-1")
        CALL_VERBS[verb](self.call_of(slug, whistle), by=by, at=at, **said)

    def street(self, whistle, slug, verb, at, by=None, **said):
        CALL_VERBS[verb](self.call_of(slug, whistle), by=by or self.desk, at=at, **said)

    def step(self, whistle, slug, words, days, at):
        due = self.today + timedelta(days=days)
        plan.add_step(whistle, by=self.desk, at=at, unit=self.cast.units[slug], words=words, due_on=due)

    def wake(self, at):
        """Let time do what it would have done by then."""
        clockwork.wake(at)
