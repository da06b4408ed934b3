"""The conventions of pages: templates, scripts and style sheets."""

import re

from tests.house import files, longer_than, matches, shown, templates

TEMPLATE_LINES, SCRIPT_LINES, WIDTH = 180, 130, 120


def test_templates_stay_short():
    assert longer_than(templates(), TEMPLATE_LINES) == []


def test_scripts_stay_short():
    assert longer_than(ours(".js", ".mjs"), SCRIPT_LINES) == []


def test_lines_are_short_enough_to_compare():
    """A change in a line of 300 characters cannot be read; a limit met by width is not met."""
    assert matches([*templates(), *ours(".css", ".js", ".mjs")], rf"^.{{{WIDTH + 1}}}") == []


def ours(*suffixes):
    return [path for path in files(*suffixes) if shown(path).startswith("yige/")]


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/json|application/ld\+json)\")[^>]*>"
    r"|<style\b|\sstyle=\"|\son[a-z]+=\""
)


def test_no_inline_script_style_or_handler():
    """Read as a whole: a tag may go over several lines."""
    inline = [shown(path) for path in templates() if INLINE.search(path.read_text())]

    assert inline == []


def test_templates_let_django_escape():
    assert matches(templates(), r"\|\s*safe\b|autoescape off|\{% filter safe") == []


def test_a_table_of_figures_that_scrolls_can_be_reached_by_the_keyboard():
    """It holds no link that would take the focus, so the box itself takes it, with a name."""
    assert (
        matches(
            templates(), r'class="yg-(queue yg-figures|scroll)"(?! tabindex="0" role="region" aria-label)'
        )
        == []
    )


def test_everything_comes_from_our_own_server():
    assert matches(templates(), r"(src|href)=\"(https?:)?//") == []


# Lists that come from the rules themselves, or that stand only where there is something: never empty.
NEVER_EMPTY = {
    "items", "months", "marks", "quick", "steps", "moves", "rules", "roles", "returns.items", "heaps", "cuts",
    "script", "capabilities", "group.list", "nodes", "weeks", "lines", "entries", "alike", "cards", "unit.moments",
    "limits", "call_moves", "groupings", "waits",
}  # fmt: skip
RULES_TABLE = {
    *(("rules.html", "rows"), ("now.html", "states"), ("now.html", "today")),
    *(("lights.html", "watched"), ("lights.html", "lights")),
}
LIST = re.compile(r"<(tbody|ul|ol)\b[^>]*>\s*(?:\{% partialdef[^%]*%\}\s*)?\{% for [^%]*? in ([^ %]+)")


def test_every_list_of_rows_has_its_empty_sentence():
    """A table body or a list that a loop fills says something when there is nothing."""
    silent = []
    for path in templates():
        text = path.read_text()
        for match in LIST.finditer(text):
            end = text.find(f"</{match[1]}>", match.end())
            fixed = match[2] in NEVER_EMPTY or (path.name, match[2]) in RULES_TABLE
            if (
                not fixed
                and "{% empty %}" not in text[match.end() : end]
                and not asked(text[: match.start()])
            ):
                silent.append(f"{shown(path)}: {match[2]}")

    assert silent == []


def asked(before):
    """Whether the list stands inside a question that asks if there is anything at all."""
    return before.count("{% if ") > before.count("{% endif %}")


def test_every_form_that_posts_has_its_token():
    naked = []
    for path in templates():
        for match in re.finditer(
            r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", path.read_text(), re.S | re.I
        ):
            if "csrf_token" not in match[1]:
                naked.append(shown(path))

    assert naked == []


FORM = re.compile(r"<form\b(?:[^>{]|\{%.*?%\}|\{\{.*?\}\})*>(?=(.*?)</form>)", re.S)
TYPED = re.compile(
    r"field\.html|<input(?![^>]*type=\"(?:hidden|submit)\")|<textarea|<select|photo_field|\{\{ ?[\w.]*form\b"
)


def test_what_is_wrong_in_a_form_is_said_by_us_beside_the_field():
    """A browser's own bubble is in its words and its language, hides the page's sentence, and no two look alike."""
    silent = [
        f"{shown(path)}: {form[0][:60]}"
        for path in templates()
        for form in FORM.finditer(path.read_text())
        if 'method="post"' in form[0] and TYPED.search(form[1]) and "novalidate" not in form[0]
    ]

    assert silent == []


def test_colours_come_from_the_tokens():
    """The shared sheets have their own test beside them; the sheets of the surfaces name no colour at all."""
    surfaces = [path for path in ours(".css") if not shown(path).startswith("yige/web/")]

    assert matches(surfaces, r"#[0-9a-fA-F]{6}\b") == []


def test_scripts_know_no_address_and_run_no_text():
    assert (
        matches(ours(".js", ".mjs"), r"\beval\(|new Function\(|innerHTML\s*=|document\.write|fetch\([\"'`]/")
        == []
    )
