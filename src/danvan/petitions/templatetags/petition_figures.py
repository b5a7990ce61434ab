"""One number of the statistics of petitions, which opens the list behind it."""

from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from danvan.petitions.selectors.figures import Figured
from danvan.petitions.selectors.periodic import Cell, TableRow
from danvan.vietnamese.numbers import format_number

register = template.Library()
RECORDS, REGISTER = "petition_figures:records", "reception:register"


@register.simple_tag
def counted(row: Figured, measure: str, big: str = "") -> SafeString:
    """The number of a measure of a row; what `c-figure` writes."""
    return _link(f"{row.query}&chi_tieu={measure}", row.numbers[measure], big)


@register.simple_tag
def cells_of(row: TableRow) -> SafeString:
    """The numbers of a line of a table, each in its cell; words where nothing is counted. The addresses are made once a line."""
    pages = {seen: reverse(REGISTER if seen else RECORDS) for seen in (False, True)}
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(f'<td class="dv-num">{_shown(cell, pages[cell.seen])}</td>' for cell in row.cells)
    )


@register.simple_tag
def part_of(cell: Cell) -> SafeString:
    """A part of a sum below a table, which opens its list."""
    return mark_safe(_shown(cell, reverse(RECORDS)))  # noqa: S308 - escaped there


def _shown(cell: Cell, page: str) -> str:
    if cell.number is None:
        return escape(cell.words)
    if not cell.query:
        return format_number(cell.number)
    return _figure(page, cell.query, cell.number)


def _link(query: str, number: int, big: str = "") -> SafeString:
    return mark_safe(_figure(reverse(RECORDS), query, number, big))  # noqa: S308 - escaped there


def _figure(page: str, query: str, number: int, big: str = "") -> str:
    """The number with the address of its list; our own page, the query escaped, the rest digits."""
    size = " dv-fig-big" if big else ""
    return f'<a class="dv-fig{size}" href="{page}?{escape(query)}">{format_number(number)}</a>'
