"""A deliberation brought to any stage by its verbs, in the days that it takes: the values of the routes of deliberations."""

from datetime import timedelta

from tests import factories
from yige.archive.models import Person, Tie
from yige.deliberation import actions, carrying_out, secret_voting, voting
from yige.deliberation.models import RightHolder
from yige.lib.local_time import local_day

RAISED_WORDS = "三号楼的老人上不去楼，想装一部电梯"
LISTED = {
    "title": "3号楼要不要加装电梯",
    "words": "楼里老人多，要不要装、装在哪里、费用怎么出。",
    "affected": "3号楼的业主：电梯装在楼前，要出钱\n一层的业主：怕挡光",
}
NOTICE = {"place": "社区二楼会议室", "materials": "方案两个，费用按楼层分。"}
MEETING = {
    "present": 24,
    "attendance": "业主 21 人，物业 2 人，民警 1 人",
    "minutes": "多数要装，一层怕挡光。",
    "options": "装在南面\n装在北面",
}
OPINION = {"agreed": True, "words": "先请设计单位来看光线。"}
# 300 owners with 24,000 m²: 210 with 17,000 m² took part, enough; 160 with 13,000 m² approved, three quarters of both.
COUNT = {
    "all_heads": 300, "all_area": 2_400_000, "yes_heads": 160, "yes_area": 1_300_000, "no_heads": 40, "no_area": 300_000,
    "abstained_heads": 8, "abstained_area": 80_000, "invalid_heads": 2, "invalid_area": 20_000,
}  # fmt: skip
ORIGIN = {"source": "区业主表决系统", "source_number": "2026-17"}
TALKED, DECIDED, OVER, DONE = (timedelta(days=days) for days in (4, 5, 13, 20))
NO_PAGE = (
    "deliberation_act",
    "deliberation_step",
    "objection_answer",
    "deliberation_record",
    "vote_act",
    "secret_vote_act",
    "secret_slips",
    "secret_root",
    "roll_export",
    "deliberation_notice",
    "deliberation_result",
    "vote_papers",
    "roll_import_do",
)
NO_PUBLIC_PAGE = ("council_record", "secret_list")


def raised(here, at, **said):
    known = {"words": RAISED_WORDS, "raised_from": "head"} | said
    return actions.raise_matter(
        known.pop("area", here.grid), by=known.pop("by", here.grid_head), at=at, **known
    )


def listed(here, at, **said):
    return actions.list_matter(raised(here, at, **said), by=here.community_head, at=at, **LISTED)


def noticed(here, at, *, matter="opinion", **said):
    return actions.give_notice(
        listed(here, at, **said),
        by=here.community_head,
        at=at,
        matter=matter,
        meeting_at=at + TALKED,
        **NOTICE,
    )


def met(here, at, **said):
    return actions.record_meeting(noticed(here, at, **said), by=here.grid_head, at=at + DECIDED, **MEETING)


def shown(here, at, *, matter="opinion", counts=COUNT, **said):
    row, how = met(here, at, matter=matter, **said), {"by": here.community_head, "at": at + DECIDED}
    if matter == "opinion":
        return actions.record_opinion(row, **how, **OPINION)
    origin = ORIGIN | {"source_on": local_day(at + TALKED)} if matter.startswith("owners") else {}
    return actions.record_count(row, **how, words="照结果办。", **counts, **origin)


def settled(here, at, **said):
    return carrying_out.end_publicity(shown(here, at, **said), by=here.community_head, at=at + OVER)


def at_work(here, at, *, days=30, **said):
    """Bring it to its first step, that the bureau does."""
    row = settled(here, at, **said)
    step = {
        "step": "请人来设计",
        "unit": here.bureau_unit,
        "due_on": local_day(at + OVER) + timedelta(days=days),
    }
    carrying_out.set_step(row, by=here.grid_head, at=at + OVER, **step)
    row.refresh_from_db()
    return row


def answered(here, at, **said):
    row = at_work(here, at, **said)
    carrying_out.finish_step(row.steps.get(), by=here.department, at=at + DONE, done="设计好了，装在北面")
    return carrying_out.feed_back(row, by=here.community_head, at=at + DONE, words="电梯装好了，请大家用。")


ROLL = "\n".join(
    (
        "向阳小院3号楼2单元501，89.52",
        "3号楼2单元502，90，甲",
        "3号楼2单元503，60.5，甲",
        "3号楼2单元601，90，甲、乙",
        "3号楼2单元602，100",
    )
)  # five homes and four rights: 甲 has two homes and one right, with 乙 another


def owner_of_501(here):
    """Return the head of a household of two that owns 501."""
    family = factories.family(here)
    Tie.objects.create(kind="owns", household=family, home=family.home, since=factories.LONG_AGO)
    Tie.objects.filter(kind="belongs", person=family.contact).update(relation="head")
    return family.contact


def with_roll(here, at, *, roll=ROLL, **said):
    return voting.write_roll(
        met(here, at, matter="owners_7", **said), by=here.grid_head, at=at + DECIDED, roll=roll
    )


def voted_on(here, at, *, days=7, **said):
    """Open a vote that ends some days after its opening."""
    row, opens = with_roll(here, at, **said), at + DECIDED
    return voting.open_vote(row, by=here.community_head, at=opens, closes_at=opens + timedelta(days=days))


def secret(here, at, *, slips=5, matter="representatives", days=2, opened=True):
    """Make the slips of a secret vote and open it; give the deliberation and the codes on the slips."""
    row, opens = met(here, at, matter=matter), at + DECIDED
    row = secret_voting.draw_slips(row, by=here.desk, at=opens, count=slips)
    codes = list(row.votes.get().slips.values_list("code", flat=True))
    if opened:
        row = voting.open_vote(row, by=here.community_head, at=opens, closes_at=opens + timedelta(days=days))
    return row, codes


def secret_fixed(here, at):
    row, _ = secret(here, at, days=1)
    return secret_voting.fix_root(
        row, by=here.community_head, at=at + DECIDED + timedelta(days=1), handed_out=5
    )


BROUGHT = {
    "raised": raised, "listed": listed, "noticed": noticed, "met": met, "shown": shown, "settled": at_work,
    "answered": answered,
}  # fmt: skip


def own(here, at):
    """Return the values of the addresses of a deliberation at work, and of one that is shown."""
    row = at_work(here, at - DONE)
    open_ = shown(here, at - DECIDED)
    objection = carrying_out.object_to(open_, by=here.grid_head, at=at, words="一层会暗")
    step = row.steps.get()
    voted = voted_on(here, at - DECIDED)
    drawn, (ballot, _) = secret(here, at - DECIDED, opened=False)[0], secret(here, at - DECIDED)
    fixed = secret_fixed(here, at - DECIDED - timedelta(days=2))
    listed_ = secret_fixed(here, at - DECIDED - timedelta(days=2))
    voting.count_vote(listed_, by=here.community_head, at=at, words="照结果办")
    return {
        "console/deliberations/<uuid:pk>/secret/": {"uuid:pk": drawn.pk},
        "console/deliberations/<uuid:pk>/secret/<slug:verb>/": {
            "uuid:pk": drawn.pk,
            "slug:verb": "draw_slips",
        },
        "console/deliberations/<uuid:pk>/secret/slips.pdf": {"uuid:pk": drawn.pk},
        "console/deliberations/<uuid:pk>/secret/root.pdf": {"uuid:pk": fixed.pk},
        "council/<uuid:pk>/ballot/": {"uuid:pk": ballot.pk},
        "council/<uuid:pk>/<uuid:vote>.txt": {"uuid:pk": listed_.pk, "uuid:vote": listed_.votes.get().pk},
        "console/deliberations/<uuid:pk>/vote/": {"uuid:pk": voted.pk},
        "console/deliberations/<uuid:pk>/vote/roll.xlsx": {"uuid:pk": voted.pk},
        "console/deliberations/<uuid:pk>/vote/roll/import/": {"uuid:pk": voted.pk},
        "console/deliberations/<uuid:pk>/vote/roll/import/do/": {"uuid:pk": voted.pk},
        "console/deliberations/<uuid:pk>/vote/<slug:verb>/": {
            "uuid:pk": voted.pk,
            "slug:verb": "enter_paper",
        },
        "my/council/votes/<uuid:pk>/": {"uuid:pk": voted.votes.get().rights.first().pk},
        "console/deliberations/<uuid:pk>/": {"uuid:pk": open_.pk},
        "console/deliberations/<uuid:pk>/notice.pdf": {"uuid:pk": row.pk},
        "console/deliberations/<uuid:pk>/result.pdf": {"uuid:pk": row.pk},
        "console/deliberations/<uuid:pk>/vote/papers.pdf": {"uuid:pk": voted.pk},
        "console/deliberations/<uuid:pk>/record.pdf": {"uuid:pk": row.pk},
        "console/deliberations/<uuid:pk>/<slug:verb>/": {"uuid:pk": open_.pk, "slug:verb": "object"},
        "console/deliberations/steps/<uuid:pk>/<slug:verb>/": {
            "uuid:pk": step.pk,
            "slug:verb": "finish_step",
        },
        "console/deliberations/objections/<uuid:pk>/answer/": {"uuid:pk": objection.pk},
        "council/<uuid:pk>/": {"uuid:pk": row.pk},
        "council/<uuid:pk>/record.pdf": {"uuid:pk": row.pk},
        "my/council/<uuid:pk>/object/": {"uuid:pk": open_.pk},
    }


def give_right(values, person):
    """Let the household of a resident hold the right of these addresses, so that the page of the vote is there."""
    right = values["my/council/votes/<uuid:pk>/"]["uuid:pk"]
    person = Person.objects.get(pk=person)
    RightHolder.objects.create(right_id=right, household=person.household, person=person)


def parts(values, surface):
    """Return the values of the pages of a deliberation by their names, for those who open every page in a browser."""
    address = "council/<uuid:pk>/" if surface == "portal" else "console/deliberations/<uuid:pk>/"
    return {
        "deliberation": {"pk": values[address]["uuid:pk"]},
        "roll_import": {"pk": values["console/deliberations/<uuid:pk>/vote/"]["uuid:pk"]},
        "secret_vote": {"pk": values["console/deliberations/<uuid:pk>/secret/"]["uuid:pk"]},
        "secret_ballot": {"pk": values["council/<uuid:pk>/ballot/"]["uuid:pk"]},
        "vote": {"pk": values["console/deliberations/<uuid:pk>/vote/"]["uuid:pk"]},
        "my_vote": {"pk": values["my/council/votes/<uuid:pk>/"]["uuid:pk"]},
        "my_objection": {"pk": values["my/council/<uuid:pk>/object/"]["uuid:pk"]},
    }
