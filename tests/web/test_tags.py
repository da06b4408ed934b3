import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.template import Context, Template
from django.test import RequestFactory

from yige.web import icons

YIGE = Path(__file__).parents[2] / "yige"


def render(source, **context):
    return Template("{% load yige %}" + source).render(Context(context))


def test_icon_is_silent_for_the_ear_and_known():
    assert 'aria-hidden="true"' in icons.icon("camera")
    assert icons.icon("no-such-icon") == icons.icon(icons.UNKNOWN)


def test_every_icon_a_template_names_is_drawn():
    named = {
        name
        for template in YIGE.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z0-9-]+)"', template.read_text())
    }

    assert named <= set(icons.outlines())


def test_nav_item_marks_the_page_one_is_on():
    request = RequestFactory().get("/console/cases/17/")

    inside = render('{% nav_item "/console/cases/" "队列" "list" %}', request=request)
    home = render('{% nav_item "/console/" "工作台" "home" 3 %}', request=request)

    assert 'aria-current="page"' in inside
    assert "aria-current" not in home
    assert ">3</span>" in home


def test_moments_are_said_in_shanghai():
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)

    assert render("{% left at %}", at=late, now=late - timedelta(days=2)) == "还剩 2 天"
    assert render("{% since at %}", at=late, now=late + timedelta(hours=3)) == "3 小时前"
    assert "11月23日" in render("{{ at|day }}", at=late)
    assert "周一 00:30" in render("{{ at|moment }}", at=late)
    assert render("{{ at|moment }}{{ at|day }}{% left at %}", at=None) == ""


def test_what_is_named_outright_is_written_into_the_template_and_what_is_not_is_drawn_at_the_page():
    fixed = Template('{% load static yige %}{% icon "bell" %}{% static "web/console.css" %}')
    moving = Template("{% load static yige %}{% icon name %}{% static path %}")

    assert {type(node).__name__ for node in fixed.nodelist} == {"LoadNode", "TextNode"}
    assert fixed.render(Context()) == moving.render(Context({"name": "bell", "path": "web/console.css"}))
