"""What the administration pages say about devices and log lines."""

from django import template

from yige.console.admin.rows import audit

register = template.Library()
# fmt: off
SYSTEMS = (("HarmonyOS", "鸿蒙"), ("OpenHarmony", "鸿蒙"), ("iPhone", "苹果手机"), ("iPad", "苹果平板"), ("Android", "安卓手机"),
           ("Windows", "Windows 电脑"), ("Mac OS X", "苹果电脑"), ("Linux", "Linux 电脑"))
BROWSERS = (("MicroMessenger", "微信"), ("Edg/", "Edge 浏览器"), ("QQBrowser", "QQ 浏览器"), ("360SE", "360 浏览器"),
            ("Firefox/", "火狐浏览器"), ("Chrome/", "Chrome 浏览器"), ("Safari/", "Safari 浏览器"))
# fmt: on


@register.filter
def device(user_agent):
    """Say in words which kind of device a browser's signature belongs to."""
    named = [
        next((words for sign, words in table if sign in user_agent), "") for table in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(filter(None, named)) or "认不出的设备"


@register.filter
def act(verb):
    """Say an act of the log in words; one that nobody has named is shown as it is."""
    return audit.VERBS.get(verb, verb)


@register.filter
def subject(kind):
    return audit.SUBJECTS.get(kind, kind)


@register.simple_tag
def subject_label(entry, numbers):
    """Say which row a line is about: a case by its number, another row by the end of its id."""
    return (numbers or {}).get(entry.subject_id) or f"…{entry.subject_id[-6:]}"
