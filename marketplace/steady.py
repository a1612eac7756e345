"""Template tags whose outcome depends on the language alone, or on values that they name: worked out once for each in a
process.

A page of ours says seventy fixed sentences and links to twenty fixed addresses; to look each up anew took a third of
the time that its templates did. `{% load i18n karvan %}` therefore puts these in the place of Django's tags of the same
names. They mean the same: what is given a variable, or translated in a context, is left to Django's.
"""

from collections.abc import Hashable, Sequence
from threading import Lock
from typing import Any

from django.template import Library, Node
from django.template.base import FilterExpression, Variable
from django.template.defaulttags import URLNode, url
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

_MOST = 1000
_keeping = Lock()


class SteadyNode(Node):
    """What `inner` makes, kept for each language and each of the values it says (the newest thousand); `asvar`: the
    name that `inner` gives it instead of showing it."""

    child_nodelists = ("inner",)

    def __init__(self, inner, asvar: str | None = None, values: Sequence[FilterExpression] = ()):
        self.inner, self.asvar, self.values = inner, asvar, values
        self.kept: dict[Hashable, str] = {}

    def render(self, context) -> str:
        key: Hashable = get_language()
        if self.values:
            key = (key, *(_as_key(value.resolve(context)) for value in self.values))
        made = self.kept.get(key)
        if made is None:
            made = self.inner.render(context)
            made = context[self.asvar] if self.asvar else made
            with _keeping:
                while len(self.kept) >= _MOST:
                    del self.kept[next(iter(self.kept))]
                self.kept[key] = made
        if self.asvar is None:
            return made
        context[self.asvar] = made
        return ""


def _as_key(value: Any) -> Hashable:
    """A value as text says it: an object could change unseen, and would be kept with all that it holds on to."""
    return value if isinstance(value, str | int | None) else str(value)


def steady(parser, token) -> SteadyNode:
    """{% steady VALUE… %} … {% endsteady %}: what is in between depends on the language and these values alone."""
    values = [parser.compile_filter(value) for value in token.split_contents()[1:]]
    inner = parser.parse(["endsteady"])
    parser.delete_first_token()
    return SteadyNode(inner, values=values)


def steady_translate(parser, token) -> Node:
    node = do_translate(parser, token)
    return SteadyNode(node, node.asvar) if isinstance(node, TranslateNode) and _is_plain(node) else node


def steady_url(parser, token) -> Node:
    node = url(parser, token)
    return SteadyNode(node, node.asvar) if isinstance(node, URLNode) and _is_fixed(node) else node


def _is_plain(node: TranslateNode) -> bool:
    return _is_literal(node.filter_expression) and node.message_context is None


def _is_fixed(node: URLNode) -> bool:
    return not node.args and not node.kwargs and _is_literal(node.view_name)


def _is_literal(expression) -> bool:
    """Whether a tag's argument is text in quotes, without filters."""
    said = expression.var
    return not expression.filters and (not isinstance(said, Variable) or said.lookups is None)


def register_in(library: Library) -> None:
    library.tag("steady", steady)
    library.tag("translate", steady_translate)
    library.tag("url", steady_url)
