"""Django's `static`, but an address that is known is written into the template when that is read, not at every page.

It stands in the place of Django's own by its name; what else that offers is left as it is.
"""

from django.template.base import TextNode
from django.templatetags.static import StaticNode, register
from django.utils.html import conditional_escape

from yige.web.fixed_tags import is_literal


@register.tag("static")
def write_address(parser, token):
    node = StaticNode.handle_token(parser, token)
    if node.varname or not is_literal(node.path):
        return node
    return TextNode(conditional_escape(node.handle_simple(node.path.var)))
