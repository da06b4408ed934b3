"""Which wires there are, in the order they are tried; a wire is on when its setting is there."""

from yige.channels.email import wire as email
from yige.channels.file import wire as file
from yige.channels.messages import forget_what_was_sent, message_of, recipient_of
from yige.channels.sms import wire as sms

WIRES = (email, sms, file)


def send_by_first_wire(notice):
    """Send by the first wire that is on and reaches the reader; return its name, or "" when none does."""
    ready = [wire for wire in WIRES if wire.ready()]
    recipient = recipient_of(notice) if ready else None
    for wire in ready:
        if wire.can_reach(recipient):
            wire.send_message(message_of(notice), recipient)
            forget_what_was_sent(notice)
            return wire.WIRE_NAME
    return ""
