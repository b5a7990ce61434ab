"""The periodic tables on petitions: which measure stands in which column, by unit; nothing in them is typed by hand.

What of a table is not counted from petitions stands there without a number: denunciations are in the vault alone.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from danvan.petitions.enums import Channel
from danvan.petitions.selectors.figures import (
    FEW,
    GROUPS,
    Figured,
    Wanted,
    added,
    by_unit_below,
    numbers_by,
    tops_below,
    wanted_petitions,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User

NO_NUMBER = "không có số"
Columns = tuple[tuple[str, str], ...]  # heading, measure; without a measure no number stands there
STOCK: Columns = (("Tồn kỳ trước", "opening"), ("Nhận trong kỳ", "received"))
SORTED: Columns = (
    ("Đủ điều kiện xử lý", "received_eligible"),
    ("Không đủ điều kiện, lưu", "received_unfit"),
    ("Trong đó: trùng", "received_duplicate"),
)
WAYS: Columns = (
    ("Thuộc thẩm quyền", "received_ours"),
    ("Không thuộc thẩm quyền", "received_elsewhere"),
    ("Chờ phân loại", "received_unsorted"),
    ("Hướng dẫn", "guided"),
    ("Chuyển cơ quan ngoài hệ thống", "received_handed"),
    ("Nơi khác chuyển đến", "transferred"),
    ("Lưu đơn", "filed"),
    ("Không thụ lý", "refused"),
    ("Thụ lý", "accepted"),
)
SETTLING: Columns = (
    ("Phải giải quyết", "owed"),
    ("Đã giải quyết", "resolved"),
    ("Đúng hạn", "on_time"),
    ("Quá hạn", "late"),
    ("Tồn cuối kỳ", "closing"),
)
RECEPTION: Columns = (
    ("Tiếp thường xuyên: lượt", ""), ("Tiếp thường xuyên: người", ""), ("Tiếp thường xuyên: vụ", ""),
    ("Thủ trưởng tiếp: kỳ", ""), ("Thủ trưởng tiếp: lượt", ""), ("Thủ trưởng tiếp: người", ""),
    ("Thủ trưởng tiếp: vụ", ""), ("Đoàn đông người: đoàn", ""), ("Đoàn đông người: người", ""),
)  # fmt: skip
DENIED: Columns = (("Tiếp nhận", ""), ("Thụ lý", ""), ("Đã giải quyết", ""), ("Tồn cuối kỳ", ""))


@dataclass(frozen=True, slots=True)
class Table:
    """One periodic table: its code, of which group of kinds (empty: all), its columns, why numbers are missing where they are."""

    code: str
    title: str
    group: str
    columns: Columns
    lacking: str = ""


EVERY, COMPLAINT, ANSWERED = "", *GROUPS
AT_RECEPTION = "Số tiếp công dân ghi ở sổ tiếp công dân."
IN_VAULT = "Tố cáo không đếm từ đơn thư; số tổng hợp chỉ lấy từ kho tố cáo."
TABLES: tuple[Table, ...] = (
    Table("01/TCD", "Kết quả tiếp công dân thường xuyên, định kỳ và đột xuất", EVERY, RECEPTION, AT_RECEPTION),
    Table("02/TCD", "Phân loại, xử lý đơn nhận khi tiếp công dân", EVERY, ((str(Channel.RECEPTION.label), "received_by_reception"),)),
    Table("01/XLD", "Tổng hợp xử lý đơn", EVERY, (
        *STOCK, *SORTED, ("Khiếu nại", "received_complaint"), ("Tố cáo", ""), ("Kiến nghị", "received_proposal"),
        ("Phản ánh", "received_feedback"), *WAYS), IN_VAULT),
    Table("02/XLD", "Xử lý đơn khiếu nại", COMPLAINT, (
        *STOCK, *SORTED, ("Lần đầu", "received_first"), ("Lần hai", "received_second"), *WAYS)),
    Table("03/XLD", "Xử lý đơn tố cáo", EVERY, DENIED, IN_VAULT),
    Table("04/XLD", "Xử lý đơn kiến nghị, phản ánh", ANSWERED, (
        *STOCK, *SORTED, ("Kiến nghị", "received_proposal"), ("Phản ánh", "received_feedback"), *WAYS, *SETTLING)),
    Table("01/KQGQ", "Kết quả giải quyết khiếu nại", COMPLAINT, (
        *SETTLING, ("Bằng quyết định", "decided"), ("Rút đơn", "withdrawn"), ("Đình chỉ", "terminated"),
        ("Đúng", "right"), ("Đúng một phần", "partly"), ("Sai", "wrong"), ("Lần hai: công nhận", "upheld"),
        ("Lần hai: hủy, sửa", "changed"))),
    Table("02/KQGQ", "Kết quả thi hành quyết định giải quyết khiếu nại", COMPLAINT, (
        ("Quyết định phải thi hành", "in_force"), ("Đang thi hành", "enforcing"), ("Đã thi hành xong", "enforced"))),
    Table("03/KQGQ", "Kết quả giải quyết tố cáo", EVERY, DENIED, IN_VAULT),
    Table("04/KQGQ", "Kết quả thi hành kết luận nội dung tố cáo", EVERY, DENIED, IN_VAULT),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table with the address of its list; None where nothing is counted."""

    heading: str
    number: int | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table: a unit, or the whole."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Filled:
    """A periodic table with its numbers: the whole first, then by unit."""

    table: Table
    whole: TableRow
    rows: list[TableRow]


def periodic_tables(user: "User", wanted: Wanted, *, on: date) -> list[Filled]:
    """Every periodic table of what `user` may see at or under the unit. A fixed number of queries."""
    asked = {group: replace(wanted, kind="", group=group) for group in ("", *GROUPS)}
    counted = {group: _numbers(user, one, on) for group, one in asked.items()}
    ids = {unit for numbers in counted.values() for unit in numbers}
    tops = tops_below(user, wanted, on) if len(ids) > FEW else []
    parts = {
        group: by_unit_below(asked[group], tops, numbers, on) for group, numbers in counted.items()
    }
    return [_filled(table, asked[table.group], parts[table.group]) for table in TABLES]


def _numbers(user: "User", wanted: Wanted, on: date) -> dict[int, Counter[str]]:
    keys = dict.fromkeys(
        key for table in TABLES if table.group == wanted.group for _, key in table.columns if key
    )
    return numbers_by(wanted_petitions(user, wanted, on=on), wanted, keys, by="unit_id")


def _filled(table: Table, wanted: Wanted, parts: list[Figured]) -> Filled:
    if not any(key for _, key in table.columns):
        parts = []
    whole = Figured("Tất cả", added(one.numbers for one in parts), wanted.query())
    return Filled(table, _row(table, whole), [_row(table, one) for one in parts])


def _row(table: Table, one: Figured) -> TableRow:
    cells = [
        Cell(heading, one.numbers[key], f"{one.query}&chi_tieu={key}") if key else Cell(heading)
        for heading, key in table.columns
    ]
    return TableRow(one.name, cells)
