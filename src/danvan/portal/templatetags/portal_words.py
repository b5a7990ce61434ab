"""What the public pages write in their own way."""

from typing import Any

from django import template
from django.template import Context

from danvan.commitments.selectors import as_printed as printed_code
from danvan.portal.selectors import place_name

register = template.Library()


@register.filter
def as_printed(typed: str) -> str:
    """A code in its groups, as on the slip, however it was typed."""
    return printed_code(typed)


@register.simple_tag(takes_context=True)
def whose(context: Context) -> str:
    """For whom the portal speaks; the pages that tell of a failure ask nobody."""
    place = str(context.get("place", ""))
    return place or (place_name() if context.get("request") else "")


@register.filter
def of(tokens: dict[Any, str], key: Any) -> str:
    """The token of one file."""
    return tokens.get(key, "")
