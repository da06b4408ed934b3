"""The refusals a page has to show, for surfaces, which do not reach down to the log."""

from yige.audit.errors import Conflict, NotAllowed, NotSaid, Refusal, TooOften

__all__ = ["Conflict", "NotAllowed", "NotSaid", "Refusal", "TooOften"]
