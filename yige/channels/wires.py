"""Which wires there are, in the order they are tried; a wire is on when its setting is there."""

from yige.channels.email import wire as email
from yige.channels.file import wire as file
from yige.channels.messages import forget_what_was_sent, message_of, recipient_of
from yige.channels.sms import wire as sms
from yige.notices.actions import BY_EVERY_WIRE

WIRES = (email, sms, file)


def send_by_wires(notice):
    """Send by the first wire that is on and reaches the reader, some kinds by every one; return their names, "" for none."""
    ready = [wire for wire in WIRES if wire.ready()]
    recipient = recipient_of(notice) if ready else None
    reaching = [wire for wire in ready if wire.can_reach(recipient)]
    chosen = reaching if notice.kind in BY_EVERY_WIRE else reaching[:1]
    for wire in chosen:
        wire.send_message(message_of(notice), recipient)
    if chosen:
        forget_what_was_sent(notice)
    return "+".join(wire.WIRE_NAME for wire in chosen)
