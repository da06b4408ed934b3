"""Tags whose argument is mostly named outright: then what they say is written into the template when that is read."""

from django.template import Node
from django.template.base import TextNode
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape

from yige.web import icons


def compile_icon(parser, token) -> Node:
    """Draw an icon, at the page only where its name is not known before."""
    _, said = token.split_contents()
    name = parser.compile_filter(said)
    return TextNode(icons.icon(name.var)) if is_literal(name) else IconNode(name)


def compile_static(parser, token) -> Node:
    """Django's `static`, which looks through all apps for every address; in the place of it where `yige` is loaded last."""
    node = StaticNode.handle_token(parser, token)
    if node.varname or not is_literal(node.path):
        return node
    return TextNode(conditional_escape(node.handle_simple(node.path.var)))


def is_literal(said) -> bool:
    """Say whether a compiled argument of a tag says the same at every page."""
    return not said.is_var and not said.filters


class IconNode(Node):
    def __init__(self, name):
        self.name = name

    def render(self, context):
        return icons.icon(self.name.resolve(context))
