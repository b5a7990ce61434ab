"""What the public pages write in their own way."""

from typing import Any

from django import template

from danvan.commitments.selectors import as_printed as printed_code

register = template.Library()


@register.filter
def as_printed(typed: str) -> str:
    """A code in its groups, as on the slip, however it was typed."""
    return printed_code(typed)


@register.filter
def of(tokens: dict[Any, str], key: Any) -> str:
    """The token of one file."""
    return tokens.get(key, "")
