"""The demo's wire: writes what would have been sent, one file a message, readable by the owner alone."""

import os
from pathlib import Path

from django.conf import settings

WIRE_NAME = "file"


def ready():
    return settings.DEMO


def can_reach(recipient):
    return bool(recipient.phone or recipient.email)


def send_message(message, recipient):
    """Write the message; the same message again is the same file."""
    folder = Path(settings.YIGE_OUTBOX_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole, half = folder / f"{message.id}.txt", folder / f".{message.id}"
    text = f"收件：{recipient.phone or recipient.email}\n【一格】{message.text}\n"
    with open(half, "w", encoding="utf-8", opener=private) as page:
        page.write(text)
    half.replace(whole)


def private(path, flags):
    return os.open(path, flags, 0o600)


def remove_old_messages(*, before):
    """Remove messages written before this moment; return how many."""
    folder, count = Path(settings.YIGE_OUTBOX_FOLDER), 0
    for page in folder.iterdir() if folder.is_dir() else ():
        if page.stat().st_mtime < before.timestamp():
            page.unlink(missing_ok=True)
            count += 1
    return count
