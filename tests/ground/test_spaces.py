import pytest

from config.launcher.spaces import moved_spaces


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "<p>{% if a %}前{% endif %}{% if b %}后{% endif %}</p>",
            "<p>{% if a %}前{% endif %}\n{% if b %}后{% endif %}</p>",
        ),
        ("<p>第一<b>第二</b></p>", "<p>\n  第一\n  <b>第二</b>\n</p>"),
        ("<p>共 <b>3</b> 件</p>", "<p>共<b>3</b> 件</p>"),
        ('<p><a href="/">去</a>看</p>', '<p><a\n    href="/"\n  >去</a> 看</p>'),
        ("<p>{% icon 'x' %}{{ name }}</p>", "<p>{% icon 'x' %} {{ name }}</p>"),
    ],
)
def test_space_inside_a_line_of_words_is_noticed(before, after):
    assert len(moved_spaces(before, after)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<ul><li>一</li><li>二</li></ul>", "<ul>\n  <li>一</li>\n  <li>二</li>\n</ul>"),
        (
            '<p>{{ a }}<a class="btn" href="/">去</a></p>',
            '<p>\n  {{ a }}<a\n    class="btn"\n    href="/"\n  >去</a>\n</p>',
        ),
        ("<p>共 <b>3</b> 件</p>", "<p>\n  共\n  <b>3</b> 件\n</p>"),
        (
            "<td {% if a > b %}hidden{% endif %}>一</td>",
            "<td\n  {% if a > b %}hidden{% endif %}\n>\n  一\n</td>",
        ),
    ],
)
def test_line_break_where_it_is_not_seen_passes(before, after):
    assert moved_spaces(before, after) == []


def test_changed_words_are_never_a_matter_of_form():
    assert moved_spaces("<p>一</p>", "<p>二</p>") != []
