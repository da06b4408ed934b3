"""Where it waits: every case stands at its level and unit, every figure opens exactly its cases, nobody sees more."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import act, life, reported
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.cases.models import Case
from yige.cases.words import State

NOW = timezone.now().replace(microsecond=0)
DAYS = NOW - timedelta(days=6)
SAID = {"tried": "找过两次", "asked": "请出面协调"}
BACK = {"reason": "wrong_place", "words": "不在这里"}
READERS = (
    "street_head",
    "community_head",
    "grid_head",
    "worker",
    "department",
    "seat",
    "intake",
    "neighbour_head",
)
QUERIES = ("tier=district&late=level", "waits=level&grid=/zz/js/9/", "unit=team&late=yes")


def raised(here, *steps, at=DAYS):
    """Raise a case that the street took in, by these acts one after the other."""
    case = life(here, "accepted", at=at)
    for minute, (verb, by, said) in enumerate(steps):
        case = act(verb, case, by=by, at=at + timedelta(hours=1, minutes=minute), **said)
    return case


def given(here, by, until, unit=None, person=None):
    """Let a case be handed out by somebody and brought to a state."""
    case = life(here, "accepted", at=DAYS)
    case = act(
        "dispatch", case, by=by, at=DAYS + timedelta(hours=1), unit=unit or here.team_unit, person=person
    )
    return life_of_doer(here, case, until)


def life_of_doer(here, case, until):
    doer = {here.team_unit: here.worker, here.bureau_unit: here.department}[case.unit]
    acts = (
        ("signed", "sign", {}), ("handling", "contact", {"how": "no_way", "words": "去了"}), ("handled", "finish", {"words": "好了"}),
    )  # fmt: skip
    for state, verb, said in acts:
        if case.state == until:
            break
        case = act(verb, case, by=doer, at=DAYS + timedelta(hours=2), **said)
        assert case.state == state
    return case


@scene
def town(here):
    """At least one case at every place of every level; two are young."""
    city = {"number": "ZZ-1", "sent_on": date(2020, 1, 2), **SAID}
    up = ("escalate", here.desk, SAID)
    for state in ("reported", "closed", "cleared", "merged"):
        life(here, state, at=DAYS)
    reported(here, at=NOW - timedelta(minutes=5))
    reported(here, at=DAYS, grid=here.community)
    life(here, "accepted", at=DAYS)
    raised(here, ("escalate", here.grid_head, SAID))
    raised(here, ("escalate", here.community_head, SAID))
    raised(here, up)
    young = raised(here, up, at=NOW - timedelta(hours=2))
    raised(here, up, ("report_city", here.seat, city | {"sent_on": timezone.localdate(DAYS)}))
    to_bureau = ("assign", here.seat, {"unit": here.bureau_unit, "words": "今天去看"})
    raised(here, up, to_bureau)
    life_of_doer(here, raised(here, up, to_bureau), "handled")
    for state in ("dispatched", "signed", "handling"):
        given(here, here.desk, state)
    given(here, here.desk, "handling", unit=here.bureau_unit)
    given(here, here.desk, "handled")
    given(here, here.grid_head, "handled", person=here.worker)
    given(here, here.community_head, "handled")
    returned = given(here, here.community_head, "dispatched")
    act("hand_back", returned, by=here.worker, at=DAYS + timedelta(hours=3), **BACK)
    again = life(here, "closed", at=DAYS)
    act("reopen", again, by=LinkHolder(again.pk), at=NOW - timedelta(hours=1), words="又不亮了")
    here.young = young
    return here


# Written by hand: level, unit ("" whoever arranges it) → what waits there, in the words of the page.
WAITING = {
    ("网格", "由三级网格长来安排"): {"受理": 3, "派单": 2, "核查": 1},
    ("网格", "单位team"): {"签收": 1, "联系反映人": 1, "办理": 1},
    ("社区", "由社区的二级网格长来安排"): {"受理": 1, "安排": 1, "派单": 1, "核查": 1},
    ("街道", "由街道的事件处置岗来安排"): {"安排": 1, "核查": 2},
    ("区级部门", "单位bureau"): {"办理": 1},
    ("区级", "由区级统筹岗来安排"): {"安排": 2},
    ("区级", "单位bureau"): {"签收": 1},
    ("市级", "等市级答复，由区级统筹岗或街道的事件处置岗来记"): {"安排": 1},
}


def page_of(client, user, query=""):
    client.force_login(user)
    return client.get(f"/console/waiting/?{query}")


def heaps_in(page):
    return {
        (label, row.words): {part.label: part.count for part in row.parts}
        for label, _, rows in page.context["levels"]
        for row in rows
    }


def figures_in(page):
    """Return {address: number} of every figure of the page."""
    found = {page.context[name].href: page.context[name].count for name in ("all", "closed")}
    for _, whole, rows in page.context["levels"]:
        for row in (whole, *rows):
            figures = [*row.parts, row.count, row.late, row.too_long]
            found |= {figure.href: figure.count for figure in figures if figure}
    return found


def test_every_case_stands_at_its_level_and_unit_since_its_moment(client, town):
    page = page_of(client, town.desk)
    oldest = {(label, row.words): row.oldest for label, _, rows in page.context["levels"] for row in rows}
    came_back = page_of(client, town.desk, "tier=community&waits=dispatch").context["levels"][0][1]
    [longest] = [rows[0] for label, _, rows in page.context["levels"] if label == "区级"]

    assert heaps_in(page) == WAITING
    assert page.context["all"].count == sum(sum(parts.values()) for parts in WAITING.values())
    assert page.context["closed"].count == Case.objects.filter(state=State.CLOSED).count() == 1
    at = DAYS + timedelta(hours=1)
    assert oldest["网格", "由三级网格长来安排"] == DAYS
    assert oldest["区级", "由区级统筹岗来安排"] == at
    assert oldest["市级", "等市级答复，由区级统筹岗或街道的事件处置岗来记"] == at + timedelta(minutes=1)
    assert came_back.oldest == DAYS + timedelta(hours=3), "since it was handed back"
    numbers = [row.number for row in client.get(longest.oldest_href).context["rows"]]
    assert (len(numbers), numbers[-1]) == (2, town.young.number), "what waits longest stands first"


def test_every_figure_opens_exactly_its_cases(client, town):
    opened = 0
    for who, query in (*((who, "") for who in READERS), *(("desk", query) for query in QUERIES)):
        page = page_of(client, getattr(town, who), query)
        for href, count in figures_in(page).items():
            listed = client.get(href, headers={"HX-Request": "true"})
            assert (who, href, listed.context["found"]) == (who, href, str(count))
            opened += bool(count)
        [whole] = [row for _, row, _ in page.context["levels"][:1]] or [None]
        assert whole is None or whole.count.href.replace("&", "&amp;") in page.text

    assert opened > 50


def test_ledger_is_narrowed_by_what_is_asked_and_never_by_a_person(client, town):
    whole = sum(sum(parts.values()) for parts in WAITING.values())
    queries = (
        "late=yes",
        "late=no",
        "group=housing",
        "tier=nonsense&waits=x&late=x",
        "handler=某worker&q=灯",
    )

    late, not_late, none, *same = (
        page_of(client, town.desk, query).context["all"].count for query in queries
    )

    assert late and not_late and late + not_late == whole
    assert (none, same) == (0, [whole, whole])
    assert (
        "只看：区级、已超时、单位bureau。"
        in page_of(client, town.desk, "tier=district&unit=bureau&late=yes").text
    )
    assert "没有符合条件的事项" in page_of(client, town.desk, "group=housing").text
    listed = client.get("/console/cases/?tier=community")
    assert (listed.context["kept"], listed.context["asked"].narrowed_more) == ([("tier", "community")], True)


def test_each_sees_what_waits_in_the_own_reach_and_nothing_else(client, town):
    expected = {
        "neighbour_head": {}, "other_desk": {},
        "department": {("区级部门", "单位bureau"): {"办理": 1}, ("区级", "单位bureau"): {"签收": 1},
                       ("街道", "由街道的事件处置岗来安排"): {"核查": 1}},
        "seat": {key: parts for key, parts in WAITING.items() if key[0] in ("区级", "市级")}
        | {("街道", "由街道的事件处置岗来安排"): {"核查": 1}},
    }  # fmt: skip
    got = {who: heaps_in(page_of(client, getattr(town, who))) for who in expected}

    assert got == expected
    for query in ("unit=team", "grid=/zz/js/9/", "tier=grid", "unit=bureau&tier=department"):
        assert heaps_in(page_of(client, town.neighbour_head, query)) == {}, "a filter widens nothing"
    assert heaps_in(page_of(client, town.department, "unit=team")) == {}
    for who in ("auditor", "security", "system", "registrar"):
        assert page_of(client, getattr(town, who)).status_code == 404
    client.logout()
    assert client.get("/console/waiting/").status_code == 302


@pytest.mark.parametrize("n", [1, 3])
def test_statements_do_not_grow_with_the_rows(client, here, n, django_assert_num_queries):
    for _ in range(n):
        life(here, "handling", at=DAYS)
        raised(here, ("escalate", here.desk, SAID))
    client.force_login(here.desk)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(7):
        page = client.get("/console/waiting/")

    assert page.context["all"].count == 2 * n


def test_the_empty_ledger_says_so(client, here):
    assert "没有等着人办的事项" in page_of(client, here.desk).text
