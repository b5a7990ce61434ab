"""One number of the statistics of petitions, which opens the list behind it."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from danvan.petitions.selectors.figures import Figured
from danvan.petitions.selectors.periodic import NO_NUMBER, Cell
from danvan.vietnamese.numbers import format_number

register = template.Library()
RECORDS, REGISTER = "petition_figures:records", "reception:register"


@register.simple_tag
def counted(row: Figured, measure: str, big: str = "") -> SafeString:
    """The number of a measure of a row; what `c-figure` writes."""
    return _link(f"{row.query}&chi_tieu={measure}", row.numbers[measure], big)


@register.simple_tag
def cell_of(cell: Cell) -> SafeString:
    """The number of a cell of a table; words where nothing is counted."""
    if cell.number is None:
        return conditional_escape(cell.words or NO_NUMBER)
    if not cell.query:
        return conditional_escape(format_number(cell.number))
    return _link(cell.query, cell.number, page=REGISTER if cell.seen else RECORDS)


def _link(query: str, number: int, big: str = "", *, page: str = RECORDS) -> SafeString:
    address, size = reverse(page), " dv-fig-big" if big else ""
    return mark_safe(  # noqa: S308 - the address is ours, the query is escaped, the rest are digits
        f'<a class="dv-fig{size}" href="{address}?{conditional_escape(query)}">{format_number(number)}</a>'
    )
