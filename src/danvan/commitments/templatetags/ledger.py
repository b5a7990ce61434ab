"""What the pages of the ledger write hundreds of times over, written at once instead of by a component each."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from danvan.commitments.selectors.statistics import Told
from danvan.vietnamese.numbers import format_number

register = template.Library()


@register.simple_tag
def figure_of(address: str, row: Told, measure: str, big: str = "") -> SafeString:
    """One number of a row of the statistics, which opens the list behind it at `address`: what `c-figure` writes."""
    query, words = conditional_escape(row.query), format_number(getattr(row.tally, measure))
    size = " dv-fig-big" if big else ""
    return mark_safe(  # noqa: S308 - the address is ours, the query is escaped, the rest are digits
        f'<a class="dv-fig{size}" href="{address}?{query}&amp;dien={measure}">{words}</a>'
    )
