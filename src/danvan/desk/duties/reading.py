"""What the pages of the duty matrix show: the matrix itself, and the duties proposed from a document's text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.foundation.workbook import write_table
from danvan.organisations.enums import DutyRole, Kind, Level
from danvan.organisations.selectors.duties import (
    DutyMatrix,
    DutyRow,
    duty_matrix,
    spans_with_duties,
)
from danvan.organisations.services.duties import DutyEntry, DutySource, Share
from danvan.reading.duties import find_duties
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.documents.models import Document
    from danvan.reading import Doer

SOURCE = "documents.document"
SHORT = {
    DutyRole.LEAD: "Lãnh đạo",
    DutyRole.ORGANISE: "Tổ chức",
    DutyRole.ADVISE: "Tham mưu",
    DutyRole.CORE: "Nòng cốt",
}
COLUMN = {
    Kind.PARTY_COMMITTEE: "Cấp ủy",
    Kind.ADVISORY_BOARD: "Ban tham mưu",
    Kind.PEOPLES_COUNCIL: "HĐND",
    Kind.PEOPLES_COMMITTEE: "UBND",
    Kind.FRONT_COMMITTEE: "MTTQ",
    Kind.TRADE_UNION: "Công đoàn",
    Kind.FARMERS_UNION: "Nông dân",
    Kind.WOMENS_UNION: "Phụ nữ",
    Kind.YOUTH_UNION: "Thanh niên",
    Kind.VETERANS_ASSOCIATION: "CCB",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What the organisations of one kind are in one duty, each with its level or name."""

    column: str
    words: tuple[tuple[str, str], ...]  # (role, of which level or who)


@dataclass(frozen=True, slots=True)
class Line:
    """One duty of the matrix with a cell for each column."""

    row: DutyRow
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One duty read from a document, as it would be recorded."""

    clause: str
    words: str
    sentence: str
    start: int
    end: int
    role: str
    kinds: list[tuple[str, str]]  # (kind, level)
    who: str
    reason: str
    sure: bool
    recorded: bool


def lines_of(found: DutyMatrix, only: str = "") -> list[Line]:
    """The rows of the matrix as shown; `only` keeps those with overlaps (chong) or gaps (trong)."""
    wanted = {"chong": "overlap", "trong": "gap"}.get(only)
    rows = [row for row in found.rows if not wanted or any(m.kind == wanted for m in row.matters)]
    return [Line(row, tuple(_cell(row, kind) for kind in found.columns)) for row in rows]


def _cell(row: DutyRow, kind: Kind) -> Cell:
    words = []
    for holder in row.roles_of(kind):
        level = str(Level(holder.level).label).lower() if holder.level else ""
        words.append((SHORT[DutyRole(holder.role)], holder.name if holder.unit_id else level))
    return Cell(COLUMN.get(kind, str(kind.label)), tuple(words))


def headings(found: DutyMatrix) -> list[tuple[str, str]]:
    """The columns: short words and the whole ones."""
    return [(COLUMN.get(kind, str(kind.label)), str(kind.label)) for kind in found.columns]


def matrix_as_workbook(place_id: int, name: str, day: date, words: str, symbol: str) -> bytes:
    """The matrix as Excel: one row a duty, a column for each kind of organisation, then what is wrong."""
    found = duty_matrix(place_id, on=day, words=words, symbol=symbol)
    columns = [whole for _, whole in headings(found)]
    rows = [
        [
            line.row.duty.source_symbol, line.row.duty.clause, line.row.duty.words,
            *("; ".join(f"{role} ({who})" if who else role for role, who in cell.words) for cell in line.cells),
            " ".join(matter.words for matter in line.row.matters),
        ]
        for line in lines_of(found)
    ]  # fmt: skip
    return write_table(
        "Ma trận nhiệm vụ", ["Văn bản", "Điều, khoản", "Nhiệm vụ", *columns, "Chồng nhau, bỏ trống"], rows,
        notes=[f"Ma trận nhiệm vụ: {name}, ngày {format_date(day)}"],
        widths=(16, 20, 60, *(18 for _ in columns), 40),
    )  # fmt: skip


def read_proposals(document: "Document") -> list[Proposed]:
    """The duties that the text of a document states, each marked where it is on record already. One query."""
    known = spans_with_duties(SOURCE, document.pk)
    return [
        Proposed(
            clause=one.clause,
            words=one.words,
            sentence=document.text[one.start : one.end],
            start=one.start,
            end=one.end,
            role=one.role,
            kinds=_kinds(one.doers),
            who="; ".join(doer.words for doer in one.doers),
            reason=one.reason,
            sure=one.confidence >= 0.75,
            recorded=(one.start, one.end) in known,
        )
        for one in find_duties(document.text)
    ]


def _kinds(doers: "Iterable[Doer]") -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for doer in doers:
        if doer.kind in Kind.values:
            for level in doer.levels or ("",):
                found[doer.kind, level] = None
    return list(found)


def entry_of(document: "Document", one: Proposed, shares: list[Share]) -> DutyEntry:
    """What is recorded for a proposal."""
    source = DutySource(
        symbol=document.symbol or str(document), clause=one.clause, sentence=one.sentence,
        kind=SOURCE, id=document.pk, start=one.start, end=one.end,
    )  # fmt: skip
    return DutyEntry(one.words, shares, source)
