"""Forms as they stand on a page: read from its HTML, filled in as somebody would, and sent from it."""

from urllib.parse import urljoin, urlsplit

from django.test.html import Element, parse_html

SENTENCE = "已经到现场看过，明天上午处理。"


class Form:
    """A form of a page: where it goes, what stands in it, what there is to choose from."""

    def __init__(self, element, page):
        shown = dict(element.attributes)
        self.action = urljoin(page, shown.get("action") or page)
        self.fields, self.choices, self.areas = {}, {}, []
        for part in below(element):
            self.take(part, dict(part.attributes))

    def take(self, part, shown):
        name, value, kind = shown.get("name"), shown.get("value") or "", shown.get("type", "text")
        if part.name == "select":
            options = [dict(option.attributes) for option in below(part) if option.name == "option"]
            chosen = [option for option in options if "selected" in option]
            self.choices[name] = [option["value"] for option in options if option.get("value")]
            self.fields |= {name: chosen[-1].get("value")} if chosen else {}
        elif part.name == "textarea":
            self.areas.append(name)
            self.fields[name] = "".join(str(child) for child in part.children).strip()
        elif part.name == "input" and kind in ("radio", "checkbox"):
            self.fields |= {name: value} if "checked" in shown else {}
            if kind == "radio":
                self.choices.setdefault(name, []).append(value)
        elif part.name == "input" and kind == "hidden" and name in self.fields:
            self.fields[name] = [*as_list(self.fields[name]), value]
        elif part.name == "input" and kind != "file":
            self.fields[name] = value

    def filled_in(self, typed):
        """Return what is sent: a sentence, the first of each choice, what stands there, what is typed; nothing empty."""
        first = {name: values[0] for name, values in self.choices.items() if values}
        stands = {name: value for name, value in self.fields.items() if value}
        return {**dict.fromkeys(self.areas, SENTENCE), **first, **stands, **typed}


def below(element):
    """Yield every element inside of this one."""
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from below(child)


def as_list(value):
    return value if isinstance(value, list) else [value]


def forms_on(html, page):
    """Return every form of a page that is sent by POST."""
    root = parse_html(html)
    every = [root, *below(root)]
    return [Form(one, page) for one in every if one.name == "form" and ("method", "post") in one.attributes]


def form_on(client, page, action):
    """Return the form that is sent to this address as it stands on the page, or None."""
    forms = forms_on(client.get(page).text, page)
    return next((form for form in forms if urlsplit(form.action).path == action), None)
