"""Who may act besides a user: a reporter behind a secret link, a stranger, the clock, the command line.

Every actor has `actor_kind`, `actor_id` (UUID or None), `label` (shown on a timeline) and `posts_at(at)`.
"""

from typing import NamedTuple
from uuid import UUID


class LinkHolder(NamedTuple):
    """The person who holds the secret link of one case; `case_id` is that case."""

    case_id: object
    actor_kind = "reporter"
    label = "反映人"

    @property
    def actor_id(self) -> UUID:
        return self.case_id

    def posts_at(self, at) -> tuple:
        return ()


class Resident(NamedTuple):
    """A person who signed in by a code sent to the phone on file; acts on the own household alone."""

    person_id: object
    household_id: object
    actor_kind = "resident"
    label = "本人"

    @property
    def actor_id(self) -> UUID | None:
        return self.person_id

    def posts_at(self, at) -> tuple:
        return ()


class Nobody(NamedTuple):
    """Somebody or something without an account."""

    actor_kind: str
    label: str
    actor_id = None

    def posts_at(self, at) -> tuple:
        return ()


STRANGER = Nobody("stranger", "群众")
CLOCK = Nobody("clock", "系统")
COMMAND = Nobody("command", "命令行")
