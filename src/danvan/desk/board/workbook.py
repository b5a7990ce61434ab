"""The board as Excel: one line a figure, with its parts."""

from collections.abc import Iterator
from typing import Any

from danvan.desk.board.reading import Board
from danvan.foundation.workbook import write_table
from danvan.vietnamese.dates import format_date

HEADINGS = ("Mục", "Nội dung", "Tử số hoặc số đếm", "Mẫu số", "Kết quả, %", "Tình trạng", "Ghi chú")


def board_as_workbook(board: Board) -> bytes:
    """What the page shows, without the drawings: their numbers stand as lines."""
    notes = [
        f"Bảng điều hành {board.period.label}, {board.scope.name}, tính đến {format_date(board.today)}"
    ]
    notes.append(board.reading.tree)
    if board.gone:
        notes.append(board.gone.text)
    if not board.scope.whole:
        notes.append("Chỉ gồm các đơn vị trong phạm vi được xem.")
    return write_table(
        "Bảng điều hành",
        HEADINGS,
        list(_rows(board)),
        notes=notes,
        widths=(24, 60, 16, 12, 12, 22, 50),
    )


def _rows(board: Board) -> Iterator[list[Any]]:
    for decision in board.decisions.lines:
        yield ["Cần quyết định", decision.title, None, None, None, decision.word, decision.note]
    for unit in board.overdue.lines:
        yield [
            "Quá hạn",
            unit.name,
            unit.count,
            None,
            None,
            "Quá hạn",
            f"Lâu nhất {unit.days} ngày",
        ]
    due = board.facts.totals
    for label, part in (
        ("Đơn vị báo đã xong", due.claimed),
        ("Đã kiểm tra, xác nhận", due.verified),
        ("Quá hạn", due.overdue),
    ):
        yield ["Việc đến hạn", label, part, due.due, _percent(part, due.due), "", ""]
    for label, part in (
        ("Người hỏi đồng ý", due.agreed),
        ("Người hỏi nói chưa xong", due.disputed),
    ):
        share = [part, due.asked, _percent(part, due.asked)] if due.asked else ["–", "–", "–"]
        yield ["Việc có người hỏi", label, *share, "", ""]
    for line in board.targets.lines:
        found = line.evaluation
        counted = found.counted and found.denominator
        yield [
            "Chỉ tiêu",
            line.target.title,
            found.numerator if counted else None,
            found.denominator if counted else None,
            _percent(found.numerator, found.denominator) if counted else None,
            line.state.word,
            line.missing,
        ]
    if board.reports:
        sent, owed = board.reports.figures.sent, board.reports.figures.owed
        yield ["Báo cáo", board.reports.month.label, sent, owed, _percent(sent, owed), "", ""]
        for _, name in board.reports.missing:
            yield ["Báo cáo chưa gửi", name, None, None, None, "Quá hạn", board.reports.month.label]
    for month in board.trend.months if board.trend else ():
        one = month.rolled
        yield [
            "Xu hướng",
            f"{board.trend.version.name}, {month.period.label}" if board.trend else "",
            one.numerator if one.numerator is not None else one.amount,
            one.denominator,
            round(one.amount, 1) if one.denominator and one.amount is not None else None,
            month.nature,
            f"{one.units} đơn vị có số{_before(month.original)}",
        ]
    for tile in board.map.everyone if board.map else ():
        yield ["Bản đồ", tile.name, None, None, None, "", tile.said.words]


def _before(original: str) -> str:
    return f"; trước quy đổi: {original}" if original else ""


def _percent(part: int, whole: int) -> float | None:
    return round(part * 100 / whole, 1) if whole else None
