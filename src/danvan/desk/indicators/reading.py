"""The catalogue as the page shows it: a line an indicator, and the same as Excel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.desk.indicators.wording import formula_words, got, ways_up
from danvan.foundation.workbook import write_table
from danvan.indicators.selectors import WAYS, lines_of, versions_for, way_of
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.indicators.models import Indicator, IndicatorQuerySet, IndicatorVersion

HEADINGS = (
    "Mã", "Tên chỉ số", "Định nghĩa", "Đơn vị tính", "Loại", "Cách có số", "Cách tổng hợp", "Công thức", "Chủ trì",
    "Phiên bản", "Từ ngày", "Đến trước ngày", "Căn cứ",
)  # fmt: skip
WIDTHS = (14, 50, 60, 14, 24, 30, 40, 30, 30, 10, 12, 14, 20)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the list."""

    indicator: "Indicator"
    version: "IndicatorVersion"
    way: str
    owner: str
    ended: bool


def lines_for(rows: Sequence["Indicator"], *, on: date) -> list[Line]:
    """The lines of one page. Two queries."""
    versions = versions_for([one.pk for one in rows], on)
    names = last_names({one.owner_id for one in rows if one.owner_id}, on)
    return [
        Line(
            one,
            version := versions[one.pk],
            WAYS[way_of(version)],
            names.get(one.owner_id or 0, ""),
            version.valid_to is not None and version.valid_to <= on,
        )
        for one in rows
    ]


def catalogue_as_workbook(
    rows: "IndicatorQuerySet", owners: Sequence[tuple[int, str]], *, on: date
) -> bytes:
    """All that was looked for, however much, as Excel."""
    return write_table("Danh mục chỉ số", HEADINGS, _cells(rows, dict(owners), on), widths=WIDTHS)


def _cells(rows: "IndicatorQuerySet", owners: dict[int, str], on: date) -> Iterator[Sequence[Any]]:
    for indicator, one in lines_of(rows, on=on):
        yield (
            indicator.code,
            one.name,
            one.definition,
            one.unit_label,
            one.get_kind_display(),
            got(one),
            ways_up(one),
            formula_words(one.formula) if one.formula is not None else "",
            owners.get(indicator.owner_id or 0, ""),
            one.number,
            one.valid_from,
            one.valid_to,
            one.source_symbol,
        )
