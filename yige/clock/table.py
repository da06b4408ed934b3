"""All that time does, as one table; read by the worker, by `yige clock` and by the help page."""

from typing import NamedTuple

from yige.accounts import log_heads
from yige.alliance import clockwork as volunteers
from yige.archive.people import likenesses
from yige.archive.rights import requests
from yige.archive.rosters import retention as rosters
from yige.assessment import roll_up
from yige.audit import sealer
from yige.bulletins import open_figures
from yige.cases import clockwork, clusters, danger_calls, look_backs, waits
from yige.clock import acts
from yige.contact import clockwork as promises
from yige.contact import published_figures
from yige.deliberation import telling as deliberation
from yige.deliberation import voting
from yige.month_sheets import sheets as month_sheets
from yige.report_centre import clockwork as sheets
from yige.topics import telling as topics
from yige.whistles import clockwork as whistles


class ClockRow(NamedTuple):
    """`cron` is minute, hour, day, month, weekday, and seconds as a sixth where there is one (Shanghai time)."""

    name: str
    cron: str
    act: object
    prose: str


# fmt: off
CLOCK_TABLE = (
    #        name              when                 what                         in plain words
    ClockRow("send",           "* * * * * */10",    acts.send_notices,           "每十秒：把到时间的消息发出去；发不出去的隔一会儿再试，五次不成告诉事件处置岗。"),
    ClockRow("marks",          "* * * * *",         clockwork.wake,              "每分钟：看到期的时限。快到期的提醒承办人，过了期的给事项和单位亮牌，写明原因。"),
    ClockRow("seal",           "* * * * *",         sealer.seal,                 "每分钟：把写完的操作日志封起来，每一号封条压着前一号；改一条、少一条，以后都验得出来。"),
    ClockRow("heads",          "*/10 * * * *",      log_heads.publish,           "每十分钟：把最新一号封条的校验码添进公布的文件，再和上次公布的核对；对不上的、没有按时封的，告诉审计员和系统管理员。"),
    ClockRow("head_letter",    "50 8 * * *",        log_heads.tell_auditors,     "每天八点五十：把封条的校验码发给审计员；信出了系统，谁也改不了。"),
    ClockRow("dangers",        "* * * * *",         danger_calls.call_again,     "每分钟：险情没有人看、没有人办的，十分钟再叫一遍，二十分钟叫到上一级，一小时再叫，夜里也叫（分钟数在参数里改）。"),
    ClockRow("reset",          "*/5 * * * *",       clockwork.reset_clocks,      "每五分钟：参数或日历改过的，重算所有未了结事项的时限。"),
    ClockRow("login_marks",    "*/10 * * * *",      acts.forget_login_marks,     "每十分钟：删除过了时间的登录次数和用过的验证码记号；没过时间的一条也不删。"),
    ClockRow("returns",        "*/15 * * * *",      clockwork.tell_returns,      "每刻钟：退回两次以上、一天还没定由谁办的，告诉一级网格长和事件处置岗。"),
    ClockRow("waits",          "* * * * *",         waits.tell_late,             "每分钟：上报或交回的在一级等过了时间的，告诉那一级的负责人和报上来的人一次；事项自己的时限照算。"),
    ClockRow("whistles",       "* * * * *",         whistles.wake,               "每分钟：看联办里到期的时限。没有签收、没有联系、没有到场的，给单位记下，告诉街道；签收以后没有下文的，签收作废。"),
    ClockRow("whistle_steps",  "25 8 * * *",        whistles.remind_of_steps,    "每天八点二十五：联办计划里今天到期和过期的步骤，提醒办它的单位。"),
    ClockRow("whistle_audit",  "45 2 * * *",        whistles.audit,              "每天凌晨：核对联办里该由时间做的有没有做，漏的补上，并告诉系统管理员。"),
    ClockRow("audit_watch",    "40 7 * * *",        whistles.watch_audit,        "每天清早：夜间核对自己没有运行的，告诉系统管理员。"),
    ClockRow("clear",          "20 * * * *",        acts.clear_what_is_over,     "每小时：反映人说解决了的、自行处置查过的销号；两次回访都联系不上、等满期限的，按“未联系上”销号。"),
    ClockRow("lots",           "30 3 * * *",        look_backs.draw,             "每天凌晨：给前些天办结的事项抽签，抽到的三十天后回头看；按编号和本机密钥算，谁也不能挑，审计可以重算。"),
    ClockRow("look_backs",     "0 8 * * *",         clockwork.tell_look_backs,   "每天八点：到日子的回头看，告诉该去看的那一级。"),
    ClockRow("reviews",        "5 8 * * *",         clockwork.tell_reviews,      "每天八点：三天内要复核的挂账，告诉承办人和一级网格长。"),
    ClockRow("follow_ups",     "30 8 * * *",        acts.tell_follow_ups,        "每天八点半：有多少件等回访，告诉事件处置岗和热线。"),
    ClockRow("week",           "35 8 * * *",        promises.tell_week,          "每周一早上八点三十五：把工作台上要管的，告诉各级网格长一次，只有数；没有的不发，本人可以不收；周一没有运行的，周三以前补。"),
    ClockRow("promises",       "15 8 * * *",        promises.tell_promises,      "每天八点一刻：答应居民的事过了期的，告诉那个单位的网格长一次，不点到个人。"),
    ClockRow("topics",         "20 8 * * *",        topics.tell_topics,          "每天八点二十：专题里过了日子的一步，告诉牵头单位和定专题的网格长，一个日子只告诉一次；公布结果以后又有人反映同样的，告诉一次。"),
    ClockRow("volunteers",     "*/5 * * * *",       volunteers.mind_calls,             "每五分钟：排队的人没有按时确认的名额，给下一位；前一天晚上六点、当天早上八点，各提醒报了名的人一次。"),
    ClockRow("voters",         "25 9 * * *",        voting.remind_voters,        "每天九点二十五：业主投票截止前三天，提醒还没有投的户一次；投过的不提醒。"),
    ClockRow("deliberations",  "22 8 * * *",        deliberation.tell_late,      "每天八点二十二：议事里过了日子还没有办的一步，告诉主持的网格长和办这一步的单位，一个日子只告诉一次。"),
    ClockRow("requests",       "10 8 * * *",        requests.tell_requests,      "每天八点十分：五天内要答复的查阅更正删除申请，告诉档案管理员。"),
    ClockRow("roll_up",        "20 1 * * *",        roll_up.roll_up,             "每天凌晨：把有变化的日子的考评数重新数一遍存好，看一年的数不用从头数；没存的日子照事项现数，两样总相等。"),
    ClockRow("figures",        "0 5 * * *",         published_figures.publish_figures, "每天清早看一次：每周一公布各网格的户数和走访数，每月一日公布服务标签数，随机取到 5 的整倍数，到下一期才变。"),
    ClockRow("open_figures",   "10 5 * * *",        open_figures.publish_months, "每天清早看一次：上个月完了、过了等的天数的，公布各街道、社区这个月的数；公布以后不再变。"),
    ClockRow("sheets",         "35 6 * * *",        sheets.wake,                 "每天清早：生成到日子的报表，给负责人留 30 天；还差手填的格就说差哪几格；快到期的提醒续或者停，到期 30 天没有人续的自己停用。"),
    ClockRow("month_sheets",   "45 8 * * *",        month_sheets.turn_sheets, "每天八点四十五：每月第一个工作日公示上个月的考评月表；五个工作日过了、申请都定了的，把表定下来；该定没定的申请告诉一级网格长。"),
    ClockRow("clusters",       "50 1 * * *",        clusters.keep_clusters,      "每天凌晨：把各街道最近 60 天的公共事项看一遍，同一处同一件事至少三个不同的人反映过的存下来，“反复反映”就看这个。"),
    ClockRow("alike",          "30 2 * * *",        likenesses.look_for_alike,   "每天凌晨：找出可能是同一个人的档案，列给档案管理员看，不自动合并。"),
    ClockRow("roster_files",   "0 4 * * *",         rosters.forget_files,        "每天凌晨：删除导入满 30 天的花名册文件和底稿，留下凭证。"),
    ClockRow("archive_forget", "10 4 * * *",        acts.forget_files,           "每天凌晨：删除迁出满一年的档案、到期的服务标签和走访文字、验证码和登录记录，每次留下凭证。"),
    ClockRow("forget",         "40 3 * * *",        acts.forget_expired,         "每天凌晨：删除过期的草稿、照片文件、联系方式、登录记录、三个月前的值班和一年前已读的消息。"),
)
# fmt: on

ROW_BY_NAME = {row.name: row for row in CLOCK_TABLE}
