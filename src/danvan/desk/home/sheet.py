"""What waits today as Excel."""

from datetime import date

from danvan.desk.home.reading import Home
from danvan.foundation.workbook import write_table
from danvan.vietnamese.dates import format_date

HEADINGS = (
    "Nhóm",
    "Loại việc",
    "Việc",
    "Căn cứ",
    "Đơn vị",
    "Sản phẩm",
    "Hạn",
    "Hạn đầu",
    "Tình trạng",
)
WIDTHS = (14, 18, 60, 26, 30, 26, 12, 12, 20)


def as_sheet(home: Home, *, on: date) -> bytes:
    """The groups of the list one below the other; what is only counted is said above."""
    notes = [f"Việc hôm nay, ngày {format_date(on)}"]
    notes += [
        f"{group.title}: còn {name} ở danh sách riêng ({count})"
        for group in home.groups
        for name, count, _ in group.elsewhere
    ]
    rows = [
        (
            group.title,
            row.sort_label,
            row.thing.title,
            row.thing.note,
            row.thing.unit_name,
            row.thing.product,
            row.thing.due_on,
            row.thing.first_due_on if row.thing.moved else None,
            row.state.words,
        )
        for group in home.groups
        for row in group.rows
    ]
    return write_table("Việc hôm nay", HEADINGS, rows, notes=notes, widths=WIDTHS)
