"""Calls as a calendar: the feed of a place and the invitation to one call carry the same UID, so that nobody has an entry twice."""

from datetime import timedelta

from icalendar import Calendar, Event

from yige.alliance.words import CallState

REFRESH = timedelta(hours=1)


def calendar_of(calls, name, address_of, at) -> bytes:
    """Return calls as a calendar; `address_of(call)` is the absolute address of its page."""
    calendar = Calendar()
    calendar.add("prodid", "-//yige//volunteer calls//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH)
    for call in calls:
        calendar.add_component(event_of(call, address_of(call), at))
    return calendar.to_ical()


def event_of(call, address, at) -> Event:
    """Return one call; a changed or cancelled one replaces its entry by the same UID and a higher sequence."""
    event = Event()
    event.add("uid", f"volunteer-call-{call.pk}@yige")
    event.add("sequence", call.version)
    event.add("dtstamp", at)
    event.add("dtstart", call.starts_at)
    event.add("dtend", call.ends_at)
    event.add("summary", call.title)
    event.add("location", call.place)
    event.add("description", f"{call.words}\n{call.caller}\n{address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if call.state == CallState.CANCELLED else "CONFIRMED")
    return event
