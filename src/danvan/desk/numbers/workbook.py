"""A figure as Excel: its meaning above, the units or values under it below."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from danvan.desk.numbers.wording import nature_text
from danvan.foundation import clock
from danvan.foundation.workbook import write_table
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.desk.numbers.changes import Changed
    from danvan.desk.numbers.given import Given
    from danvan.desk.numbers.sheet import Sheet

UNITS = (
    "Đơn vị",
    "Tử số hoặc số",
    "Mẫu số",
    "Kết quả",
    "Mức duyệt",
    "Bản",
    "Quy đổi, ước",
    "Trước quy đổi",
)
VALUES = (
    "Tháng",
    "Đơn vị",
    "Số",
    "Nguồn gốc",
    "Mức duyệt",
    "Bản",
    "Người nhập",
    "Ghi chú",
    "Tỷ trọng",
    "Tính vào",
)


CHANGES = (
    "Chỉ tiêu",
    "Đơn vị",
    "Tháng",
    "Trước",
    "Nay",
    "Chênh lệch",
    "Tỷ trọng",
    "Việc",
    "Người nhập",
    "Lúc",
    "Lý do",
)


def changes_as_workbook(found: "Changed") -> bytes:
    """One row a value that was given otherwise since a moment; of each indicator the sum of the differences."""
    since = found.since
    notes = [
        f"{found.version.indicator.code}. {found.version.name}, {found.unit}, {found.period.label}",
        f"Biết đến {_moment(since.moment)}: {found.then}",
        f"Biết đến {_moment(since.until)}: {found.now}; chênh lệch: {found.difference}",
        f"{found.reading.tree}; mọi số đã gửi, theo định nghĩa hiện nay",
    ]
    rows: list[list[Any]] = []
    for part in found.parts:
        name = part.part.version.name
        rows += [
            [
                name, line.unit, line.month, line.old, line.new, line.difference, line.share, line.act,
                line.by, _moment(line.at) if line.at else "", line.why,
            ]
            for line in part.lines
        ]  # fmt: skip
        if part.lines and part.total:
            rows.append(
                [name, "Cộng các chênh lệch", "", part.then, part.now, part.total, *[""] * 5]
            )
    widths = (30, 30, 16, 16, 16, 14, 12, 28, 26, 18, 40)
    return write_table("Thay đổi", CHANGES, rows, notes=notes, widths=widths)


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} {format_date(local.date())}"


def sheet_as_workbook(sheet: "Sheet", given: "Given | None") -> bytes:
    """One row a unit, or a value of the one unit."""
    notes = [
        f"{sheet.version.indicator.code}. {sheet.version.name}: {sheet.text} {sheet.version.unit_label}",
        f"{sheet.unit.name}, {sheet.period.label}, tính đến {format_date(sheet.as_of)}; {sheet.level_words}",
        f"{sheet.version.definition} (phiên bản {sheet.version.number}, từ {format_date(sheet.version.valid_from)})",
    ]
    notes.append(sheet.reading.tree)
    if sheet.standing.entered:
        notes.append(
            f"Bản mới nhất, ghi lần cuối {_moment(sheet.standing.entered)}; đọc lúc {_moment(clock.now())}"
        )
    if sheet.gone:
        notes.append(sheet.gone.text)
    if sheet.rebased:
        notes.append(f"Số quy đổi; trước quy đổi: {sheet.original}")
    if sheet.estimated:
        notes.append("Trong con số có số ước.")
    if not sheet.whole:
        notes.append("Chỉ gồm các đơn vị trong phạm vi được xem.")
    if given is not None:
        return write_table(
            "Số đã gửi",
            VALUES,
            _values(given, dated=sheet.reading.on is not None),
            notes=notes,
            widths=(14, 40, 16, 26, 22, 8, 28, 40, 14, 14),
        )
    return write_table(
        "Đơn vị", UNITS, _units(sheet), notes=notes, widths=(46, 16, 16, 24, 22, 8, 12, 16)
    )


def _units(sheet: "Sheet") -> list[list[Any]]:
    return [
        [
            line.name,
            line.rolled.numerator if sheet.ratio else line.rolled.amount,
            line.rolled.denominator,
            line.text if line.group else "Chưa có số liệu",
            str(line.level.label) if line.level else "",
            line.vintage or None,
            nature_text(line.rolled),
            line.original,
        ]
        for line in sheet.lines
    ]


def _values(given: "Given", *, dated: bool) -> list[list[Any]]:
    return [
        [
            line.month.label,
            line.unit,
            line.value.amount,
            line.origin,
            line.approval,
            line.value.vintage,
            line.by,
            line.value.note,
            line.share_text if dated else "",
            line.counted or line.text if dated else "",
        ]
        for line in [*given.lines, *given.older]
    ]
