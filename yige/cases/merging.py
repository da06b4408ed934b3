"""Which case another one is handled with: the next one, the last of the chain, and the way apart again."""

from datetime import datetime

from yige.audit.bulk_insert import insert_rows
from yige.cases.models import Case, Entry, Photo
from yige.cases.public_lines import FELLOW, line_for_others
from yige.cases.queries import cases_merged_into
from yige.cases.timelines import leading_ids
from yige.cases.words import State

# What a reporter says in words on the case that leads: it is his or hers, and goes along when they are apart.
IN_WORDS = ("add", "object", "reopen")


def follow(case, target) -> None:
    """Let a case, and all that follow it, be handled with an open one."""
    case.merged_into = case.leader = target
    Case.objects.filter(leader=case).update(leader=target)


def take_out(case, at: datetime) -> Case:
    """Let a merged case stand by itself again; return the one that it was merged into.

    Those that were merged into it stay with it. The unit that once had it waits for a new dispatch.
    """
    was = Case.objects.get(pk=case.merged_into_id)
    bring_words(case)
    case.merged_into = case.leader = None
    Case.objects.filter(pk__in=[one.pk for one in cases_merged_into(case)]).update(leader=case)
    case.unit = case.handler = case.handed_by = None
    return was


def pass_words_on(case, line) -> Case | None:
    """Write what somebody said for the reporter of a merged case on the case that leads it too; None where it stands already.

    The reporter of the leading case reads that there was something, and not what.
    """
    leader = Case.objects.select_for_update(of=("self",)).get(pk=case.leader_id)
    said = line.said | {"number": case.number}
    if leader.entries.filter(at=line.at, by_id=line.by_id, said=said).exists():
        return None
    insert_rows(
        Entry(
            case=leader,
            at=line.at,
            verb=line.verb,
            state=leader.state,
            by_kind=line.by_kind,
            by_id=line.by_id,
            by_label=line.by_label,
            unit_label=line.unit_label,
            public_words=f"{FELLOW}{line_for_others(line.verb, line.public_words)}",
            said=said,
        )
    )
    leader.version += 1
    leader.save(update_fields=["version"])
    return leader


def bring_words(case) -> None:
    """Copy what its reporter wrote on the leading cases since, and take the photos along; those lines stay as they are."""
    lines = Entry.objects.filter(
        case__in=leading_ids(case), by_kind="reporter", by_id=case.pk, verb__in=IN_WORDS, at__gt=case.ended_at
    )
    for line in lines.select_related("case"):
        words = line.said.get("words", "")
        copy = Entry(
            case=case,
            at=line.at,
            verb="add",
            state=State.MERGED,
            by_kind=line.by_kind,
            by_id=line.by_id,
            by_label="反映人",
            unit_label="反映人",
            public_words=f"补充说明：{words}",
            said={"words": words, "number": line.case.number},
        )
        insert_rows(copy)
        Photo.objects.filter(entry=line).update(case=case, entry=copy)
