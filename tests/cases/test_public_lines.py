"""What the reporter reads: every verb's sentence is whole, and nobody's number stands in it."""

from datetime import timedelta

from tests.factories import MONDAY_NOON, act, category, household, life, reported
from tests.whistles.joint import brought, sounded
from yige.accounts.actors import LinkHolder
from yige.cases import workflow
from yige.cases.models import Entry
from yige.cases.public_lines import FOR_OTHERS
from yige.cases.reporters import ReporterContact
from yige.cases.words import AnswerKind
from yige.notices.models import Notice
from yige.topics import actions as topics
from yige.whistles.calling import CallAsked

PHONE, NAME = "19955554444", "欧阳金丝雀"
AT = MONDAY_NOON + timedelta(hours=4)
DAY = AT + timedelta(days=9)


def go(case, *acts):
    for verb, by, said in acts:
        case = act(verb, case, by=by, at=AT, **said)
    return case


def live_what_staff_report(here, words):
    go(reported(here, by=here.worker, channel="patrol"), ("settle", here.worker, words))
    slip = reported(here, by=here.intake, channel="hotline")
    go(slip, ("cancel", here.intake, {"reason": "twice", **words}))


def danger_added(by, judge):
    return [("add", by, {"words": "闻到煤气味"}), ("judge", judge, {"urgency": "urgent", "words": "看过"})]


def live_every_verb(here):
    """A handful of cases that between them see every verb of the table."""
    contact = {"contact": {"name": NAME, "phone": PHONE}}
    words = {"words": "说明"}
    rejected = life(here, until="rejected", **contact)
    go(rejected, ("object", LinkHolder(rejected.pk), words))
    life(here, until="withdrawn", **contact)
    go(life(here, until="merged", **contact), ("separate", here.desk, words))
    mine = reported(here, **contact)
    go(mine, ("join", LinkHolder(mine.pk), {"into": reported(here)}))
    live_what_staff_report(here, words)
    put_right(here, life(here, until="accepted", **contact))
    whistle_for(here, life(here, until="progressed", **contact))
    take_up(here, life(here, until="accepted", **contact))
    climb(here, life(here, until="accepted", **contact))
    send_round(here, life(here, until="signed", **contact))
    handle(here, life(here, until="handling", **contact))
    life(here, until="cleared", **contact)
    visit_and_look_back(here, life(here, until="closed", nature="major", **contact))


def send_round(here, case):
    """Urged, handed back, sent on, taken up a level."""
    words, me = {"words": "说明"}, LinkHolder(case.pk)
    go(
        case,
        ("add", me, words),
        *danger_added(me, here.desk),
        ("urge", me, {}),
        ("supervise", here.street_head, words),
        ("hand_back", here.worker, {"reason": "not_mine", "suggested": here.bureau_unit, **words}),
        ("dispatch", here.desk, {"unit": here.bureau_unit}),
        ("transfer", here.desk, {"unit": here.team_unit, "person": here.worker, **words}),
        ("sign", here.worker, {}),
        ("escalate", here.worker, {"tried": "说明。", "asked": "要求"}),
    )


def handle(here, case):
    """What is said and asked while it is handled, and its end."""
    words = {"words": "说明"}
    go(
        case,
        ("verify", here.worker, words),
        ("ask", here.worker, {"kind": "extension", "until": DAY, **words}),
        ("extend", here.desk, {"until": DAY, **words}),
        ("ask", here.worker, {"kind": "parking", "until": DAY, **words}),
        ("decline", here.street_head, words),
        ("park", here.street_head, {"until": DAY, **words}),
        ("reply", here.worker, words),
        ("report_up", here.worker, words),
        ("tell_area", here.desk, words),
        ("finish", here.worker, words),
        ("send_back", here.desk, words),
        ("finish", here.worker, words),
        ("close", here.desk, words),
        ("follow_up", here.intake, {"reached": True, "contacted": True, "solved": "no", "satisfied": "no"}),
    )


def climb(here, case):
    """Up to the city and down again, and once to a unit of the district."""
    said = {"tried": "说明。", "asked": "要求"}
    go(
        case,
        ("escalate", here.desk, said),
        ("take_back", here.desk, {"words": "说明"}),
        ("escalate", here.desk, said),
        ("report_city", here.seat, {"number": "ZZ-1", "sent_on": AT.date(), **said}),
        ("answer_city", here.seat, {"answer": "说明。", "answered_on": AT.date()}),
        ("send_down", here.seat, {"answer": "说明。", "direction": "要求"}),
        ("escalate", here.street_head, {"tried": "说明。", "asked": "要求"}),
        ("assign", here.seat, {"unit": here.bureau_unit, "words": "说明"}),
    )


def visit_and_look_back(here, major):
    raised = reported(here, by=here.micro, channel="visit", household=household(here))
    go(raised, ("answer_at_visit", here.micro, {"kind": AnswerKind.IN_PROGRESS, "words": "说明"}))
    go(major, ("look_back", here.desk, {"result": "recurred", "words": "说明"}))


def whistle_for(here, case):
    asked = {"trigger": "joint", "tried": "说明", "wanted": "说明"}
    go(
        case,
        ("ask_whistle", here.worker, asked),
        ("refuse_whistle", here.desk, {"words": "说明"}),
    )
    joint = sounded(here, case=case, at=AT, calls=[CallAsked(here.bureau_unit, "lead", "说明")])
    brought(joint.calls["bureau"], "sign", here, at=AT)


def take_up(here, case):
    said = {"title": "路灯反复不亮", "words": "一个路口的灯接连坏", "owner": here.team_unit, "cases": [case]}
    topic = topics.propose(here.grid, by=here.desk, at=AT, **said)
    topics.set_milestone(topic, by=here.desk, at=AT, step="换电缆", due_on=AT.date())
    topics.agree(topic, by=here.street_head, at=AT)


def put_right(here, case):
    go(
        case,
        ("correct", here.desk, {"place": "5号楼", "category": category(), "words": "说明"}),
        ("correct_slip", here.desk, {"contact": ReporterContact("欧阳金丝鸟", "19955554445")}),
        ("move_grid", here.desk, {"grid": here.neighbour_grid, "words": "说明"}),
    )


def test_every_verb_writes_a_whole_sentence_without_anybodys_number(here):
    live_every_verb(here)
    lines = dict(Entry.objects.values_list("verb", "public_words"))

    assert set(lines) == set(workflow.BY_VERB)
    for entry in Entry.objects.all():
        assert "{" not in entry.public_words
        assert "None" not in entry.public_words
        assert PHONE not in entry.public_words + str(entry.said)
        assert NAME not in entry.public_words + str(entry.said)
        assert bool(entry.public_words) is bool(workflow.BY_VERB[entry.verb].public)


LINES = {
    "hand_back": "单位team认为不属于本单位职责，已退回重新安排。",
    "extend": "经批准延期至3月11日：说明",
    "park": "经一级网格长批准挂账，3月11日前复核。计划：说明",
    "escalate": "本级办不了，正在上报社区。做过的：说明。请社区做的：要求",
    "assign": "区级已交给单位bureau办理：说明",
    "send_down": "区级答复：说明。接下来由街道办：要求",
    "report_city": "区级办不了，3月2日已报市级，编号 ZZ-1。做过的：说明。请市级做的：要求",
    "answer_city": "市级3月2日答复：说明。接下来由区级安排。",
    "take_back": "街道从区级收回，自己接着办：说明",
    "look_back": "回头看：又出现了。说明",
    "judge": "您说的可能有危险的情况已经有人看过，按“急”来办。",
    "correct": "更正了地点，照常办理，时限不变。不对的，请您补充说明。",
    "move_grid": "这件事的地方在网格zz-js-9x，已改由那里办理，时限不变，不从头算。",
    "correct_slip": "登记时写错的地方已改正。",
    "cancel": "登记有误，已作废：同一件事登记了两次。说明",
    "follow_up": "已回访：您说没有解决。",
    "reopen": "没有解决，已重新办理：反映人表示没有解决。（电话里说的，由单位station回访记下）",
    "ask_whistle": "本级办不了，已申请由街道请有关单位一起来办。",
    "whistle": "街道已吹哨，请单位bureau一起来办。",
    "tell_joint": "单位bureau已签收。",
    "tell_topic": "和这件同样的问题已列为专题“路灯反复不亮”，由单位team牵头一起办。您这件照常办，时限不变。",
    "transfer": "改由单位team办理：说明",
    "answer_at_visit": "走访时答复：正在办。说明",
}


def test_sentences_read_as_people_speak(here):
    live_every_verb(here)

    assert dict(Entry.objects.filter(verb__in=LINES).values_list("verb", "public_words")) == LINES


def test_the_reporter_is_sent_the_line_of_every_verb_that_says_so(here):
    live_every_verb(here)
    told = {row.verb for row in workflow.MOVES if row.notice}
    heard = Entry.objects.filter(
        said__has_key="heard"
    )  # written down by somebody else: the reporter is sent it

    lines = (Entry.objects.filter(verb__in=told) | heard).values_list("case_id", "at", "public_words")
    notices = Notice.objects.filter(audience="reporter").exclude(kind="receipt")
    came_back = notices.filter(body__startswith="回头看发现问题又出现了")  # it names the new case
    assert came_back.count() == Entry.objects.filter(verb="look_back").count() > 0
    notices = notices.exclude(pk__in=came_back)
    notices = notices.values_list("subject_id", "created_at", "body")
    assert sorted(notices) == sorted(lines)
    assert set(Entry.objects.filter(verb__in=told).values_list("verb", flat=True)) == told


def test_what_is_said_to_or_by_one_reporter_is_never_read_by_another():
    personal = {
        row.verb
        for row in workflow.MOVES
        if row.public
        and ({"reporter", "fellow", "intake", "visitor"} & set(row.who) or "{contact}" in row.public)
    } - {"clear"}  # says only how it ended

    assert personal <= set(FOR_OTHERS)
    assert not [line for line in FOR_OTHERS.values() if "{" in line or "您" in line]
