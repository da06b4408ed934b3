"""The refusals every verb may raise; their text is a sentence fit for the page."""


class Refusal(Exception):
    """A verb says no; `fields` names the inputs that the sentence belongs to."""

    status = 422

    def __init__(self, sentence, **fields):
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = fields


class NotAllowed(Refusal):
    """This person may not do this to this subject."""

    status = 403


class NotSaid(Refusal):
    """Something that has to be said was left out or makes no sense."""


class Conflict(Refusal):
    """Somebody else was first, or the page is older than the subject."""

    status = 409


class TooOften(Refusal):
    """Too many in a short time; `wait` is the number of seconds to wait."""

    status = 429

    def __init__(self, sentence, *, wait):
        super().__init__(sentence)
        self.wait = wait


class NotNow(Refusal):
    """The house itself is not ready for this; nothing is wrong with what was asked."""

    status = 503
