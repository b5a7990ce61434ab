"""Targets as Excel, with the columns of the pages."""

from danvan.desk.targets.board import Board
from danvan.desk.targets.figures import CascadeSheet, FigureSheet
from danvan.desk.targets.sheet import Sheet, UnitLine
from danvan.desk.targets.wording import population_words
from danvan.foundation.workbook import write_table
from danvan.vietnamese.dates import format_date

BOARD_HEADINGS = (
    "Chỉ tiêu", "Văn bản", "Đối tượng", "Số đơn vị đạt", "Tổng số đơn vị", "Kết quả, %", "Tình trạng",
    "Còn thiếu", "Nơi còn thiếu", "Căn cứ đánh giá",
)  # fmt: skip


def board_as_workbook(board: Board) -> bytes:
    """One row a target. A qualitative one has no numbers."""
    rows = []
    for line in board.lines:
        found = line.evaluation
        counted = found.counted and found.denominator
        rows.append(
            [
                line.target.title,
                line.target.source_symbol,
                line.asked_of,
                found.numerator if counted else None,
                found.denominator if counted else None,
                round(found.numerator * 100 / found.denominator, 1) if counted else None,
                line.state.word,
                len(found.missing) if counted else None,
                line.missing,
                line.why,
            ]
        )
    notes = [
        f"Chỉ tiêu {board.period.label}, tính đến {format_date(board.as_of)}",
        population_words(board.reading),
    ]
    if board.partial:
        notes.append("Chỉ gồm các đơn vị trong phạm vi được xem.")
    return write_table(
        "Chỉ tiêu",
        BOARD_HEADINGS,
        rows,
        notes=notes,
        widths=(50, 16, 36, 12, 12, 12, 20, 12, 40, 60),
    )


def target_as_workbook(sheet: Sheet) -> bytes:
    """One row a unit: its counts, whether it fulfils the target, what it lacks."""
    found = sheet.evaluation
    kin = any(line.before for line in sheet.lines)
    headings = ["Đơn vị", *(label for label, _, _ in sheet.rules), "Đạt", "Còn thiếu"]
    headings += ["Gồm hồ sơ của"] if kin else []
    rows = [
        [line.name, *(count for count, _ in line.counts), "Đạt" if line.met else "Chưa đạt",
         "; ".join(line.lacks), *([_before(line)] if kin else [])]
        for line in sheet.lines
    ]  # fmt: skip
    notes = [
        sheet.target.title,
        f"{found.period.label}, tính đến {format_date(found.as_of)}; {sheet.asked_of}, {sheet.place}",
        *(words for _, words, _ in sheet.rules),
        population_words(sheet.reading),
    ]
    if sheet.ended:
        notes.append(
            f"Đã kết thúc trong kỳ: {', '.join(sheet.ended.names)}. {sheet.ended.sentence}"
        )
    if not sheet.whole:
        notes.append("Chỉ gồm các đơn vị trong phạm vi được xem.")
    widths = (50, *(20 for _ in sheet.rules), 12, 50, *([40] if kin else []))
    return write_table("Đơn vị", headings, rows, notes=notes, widths=widths)


def _before(line: UnitLine) -> str:
    return f"{line.before} (quy đổi)" if line.rebased else line.before


FIGURE_HEADINGS = ("Đơn vị", "Cần đến nay", "Đã có", "Tình trạng", "Căn cứ đánh giá")


def figures_as_workbook(sheet: FigureSheet, cascade: CascadeSheet | None) -> bytes:
    """One row a unit: what it needs, what it has, how it stands; then the shares and the answers."""
    lines = [*([sheet.own] if sheet.own else []), *sheet.lines]
    rows: list[list[object]] = [
        [
            one.name,
            one.need,
            f"{one.have}{' (quy đổi)' if one.rebased else ''}",
            one.state.word,
            one.why,
        ]
        for one in lines
    ]
    if cascade:
        rows.append(["Phân bổ", "Phần giao", "Gồm phần của", "Trả lời", "Lý do"])
        rows += [
            [one.name, one.amount, one.before, one.state.word, one.reason] for one in cascade.lines
        ]
        rows += [[name, amount, "", "", "Chưa có đơn vị kế tiếp"] for name, amount in cascade.lost]
        if cascade.whole:
            rows += [["Dự phòng", cascade.reserve, "", "", ""], ["Cộng", cascade.total, "", "", ""]]
    notes = [
        sheet.target.title,
        f"{sheet.place}: {sheet.wanted}",
        f"{sheet.evaluation.period.label}, tính đến {format_date(sheet.evaluation.as_of)}",
        population_words(sheet.reading),
    ]
    if not sheet.whole:
        notes.append("Chỉ gồm các đơn vị trong phạm vi được xem.")
    return write_table("Chỉ tiêu", FIGURE_HEADINGS, rows, notes=notes, widths=(50, 22, 22, 22, 70))
