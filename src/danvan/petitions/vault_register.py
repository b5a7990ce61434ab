"""The vault's register of the twelve columns of Mẫu 03/TCD, for its readers only; the denouncer stays a pseudonym in it."""

from collections.abc import Sequence
from typing import Any

from danvan.foundation.workbook import write_table

HEADINGS = (
    "STT", "Ngày tiếp", "Họ tên, địa chỉ", "CCCD/hộ chiếu", "Nội dung vụ việc", "Phân loại đơn", "Số người cùng nội dung",
    "Cơ quan đã giải quyết", "Thuộc thẩm quyền", "Hướng dẫn đến cơ quan", "Cơ quan thụ lý", "Theo dõi kết quả",
)  # fmt: skip
WIDTHS = (6, 12, 28, 14, 48, 14, 10, 28, 10, 20, 28, 20)
NOTE = "Sổ niêm phong: chỉ người được giao đọc; không sao gửi. Mỗi lần lập được ghi lại."


def as_sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    """The register as .xlsx."""
    return write_table("Sổ niêm phong", HEADINGS, rows, notes=[NOTE], widths=WIDTHS)
