"""The twelve columns of Mẫu 03/TCD, in one place and without queries: this register and that of the vault have the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from danvan.vietnamese.dates import format_date

SEALED = "Đã niêm phong"  # what stands where an identity is not opened


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, what stands over it, how wide it is in the workbook and in millimetres on A4 landscape."""

    key: str
    label: str
    width: int
    mm: int
    identity: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("number", "STT", 6, 10),
    Column("on", "Ngày tiếp", 12, 20),
    Column("person", "Họ tên, địa chỉ", 34, 38, identity=True),
    Column("id_number", "Số CCCD, hộ chiếu", 18, 24, identity=True),
    Column("content", "Nội dung vụ việc", 48, 50),
    Column("kind", "Phân loại đơn", 14, 18),
    Column("people", "Số người cùng nội dung", 12, 14),
    Column("settled_by", "Cơ quan đã giải quyết", 24, 22),
    Column("competent", "Thuộc thẩm quyền", 12, 12),
    Column("guided_to", "Hướng dẫn đến cơ quan", 24, 22),
    Column("taken_by", "Cơ quan thụ lý", 24, 22),
    Column("followed", "Theo dõi kết quả", 28, 25),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One row of the register as it is read; `number` is its place in what is shown, never stored."""

    pk: int = 0
    visit_id: int = 0
    number: int
    on: date
    content: str
    kind: str
    people: int
    settled_by: str = ""
    competent: bool = False
    guided_to: str = ""
    taken_by: str = ""
    followed: str = ""
    online: bool = False
    person: str | None = None  # None while sealed
    id_number: str | None = None


def cells(row: RegisterRow) -> list[Any]:
    """The twelve values in the order of the columns, as a workbook takes them."""
    return [_value(row, one) for one in COLUMNS]


def words(row: RegisterRow) -> list[str]:
    """The twelve values as words, as a page or a paper shows them."""
    return [_word(one) for one in cells(row)]


def labelled(row: RegisterRow) -> Sequence[tuple[Column, str]]:
    """Each column with its words."""
    return list(zip(COLUMNS, words(row), strict=True))


def _value(row: RegisterRow, column: Column) -> Any:
    found = getattr(row, column.key)
    if column.identity and found is None:
        return SEALED
    if column.key == "followed" and row.online:
        return f"Tiếp trực tuyến. {found}"
    if column.key == "competent":
        return "x" if found else ""
    return found


def _word(value: Any) -> str:
    return format_date(value) if isinstance(value, date) else str(value)
