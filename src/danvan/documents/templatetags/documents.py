"""The source text with its proposals marked where they stand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from danvan.documents.enums import ProposalKind
from danvan.documents.models import Proposal
from danvan.documents.selectors import Segment, marked_lines
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

register = template.Library()

CLASSES = {
    ProposalKind.TASK: "sp-req",
    ProposalKind.TARGET: "sp-tgt",
    ProposalKind.ACTIVITY: "sp-act",
    ProposalKind.FIGURE: "sp-fig",
    ProposalKind.CITATION: "sp-doc",
}
TABS = {
    ProposalKind.TASK: "nhiem-vu",
    ProposalKind.TARGET: "chi-tieu",
    ProposalKind.ACTIVITY: "hoat-dong",
    ProposalKind.FIGURE: "so-lieu",
    ProposalKind.CITATION: "van-ban",
}


@register.filter
def ruled(cell: Any) -> str:
    """What stands in one cell of the ruled page: days and numbers as they are written here, else the words."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return format_date(cell)
    return format_number(cell) if isinstance(cell, int) else str(cell)


@register.simple_tag
def source_text(
    text: str, proposals: Sequence[Proposal], tab: str, current: int | None
) -> SafeString:
    """The lines of a text; each proposal is a link to its item, numbered in the order of the text.

    A text may be a megabyte, so the pieces are joined here, each escaped, and not by a template.
    """
    out: list[str] = []
    for line in marked_lines(text, proposals):
        out.append('<p class="rd-title">' if line.heading else "<p>")
        out += [_segment(segment, proposals, tab, current) for segment in line.segments]
        out.append("</p>\n")
    return mark_safe("".join(out))  # noqa: S308 - every piece of the text was escaped above


def _segment(segment: Segment, proposals: Sequence[Proposal], tab: str, current: int | None) -> str:
    text = escape(segment.text)
    if segment.mark is None:
        return text
    shown = proposals[segment.mark]
    others = "".join(
        f'<span id="s{place + 1}"></span>' for place in segment.begins if place != segment.mark
    )
    own = f' id="s{segment.mark + 1}"' if segment.mark in segment.begins else ""
    numbers = "".join(f"<sup>{place + 1}</sup>" for place in sorted(segment.ends))
    its_tab = TABS[ProposalKind(shown.kind)]
    page = "" if its_tab == tab else f"?nhom={its_tab}&amp;muc={shown.pk}"
    now = " now" if shown.pk == current else ""
    names = f"sp {CLASSES[ProposalKind(shown.kind)]}{now}"
    return f'{others}<a class="{names}"{own} href="{page}#p{segment.mark + 1}">{text}{numbers}</a>'
