"""The periodic tables on petitions: which measure stands in which column, by unit; nothing in them is typed by hand.

Reception is counted from its register. Denunciations stand there as the vault told them, of a whole province alone.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from danvan.petitions.selectors.figures import (
    FEW,
    GROUPS,
    Figured,
    Wanted,
    added,
    by_unit_below,
    numbers_by_each,
    tops_below,
    wanted_petitions,
)
from danvan.petitions.selectors.populations import MEASURES
from danvan.petitions.selectors.reception import (
    RECEPTION_MEASURES,
    ReceptionMeasure,
    crowds_known,
    reception_by_unit,
)
from danvan.petitions.selectors.vault.denied import WHOLE_ONLY, DeniedTold, denied_told
from danvan.petitions.selectors.vault.totals import (
    ACCEPTED,
    CONCLUDED,
    NOT_TAKEN,
    PENDING,
    RECEIVED,
)
from danvan.petitions.vault_enums import VaultOutcome
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

AMONG = "Trong đó: "
Columns = tuple[tuple[str, str], ...]  # heading, measure; without a measure no number stands there
STOCK: Columns = (("Tồn kỳ trước", "opening"), ("Nhận trong kỳ", "received"))
SORTED: Columns = (
    ("Đủ điều kiện xử lý", "received_eligible"),
    ("Không đủ điều kiện, lưu", "received_unfit"),
    (f"{AMONG}trùng", "received_duplicate"),
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


@dataclass(frozen=True, slots=True)
class Split:
    """That a number of a table is the sum of others: of columns, and of `rests` that no column holds, each a measure too."""

    total: str
    parts: tuple[str, ...]
    rests: tuple[str, ...] = ()


RECEIVED_SPLITS = (
    Split("received", ("received_eligible", "received_unfit")),
    Split("received_unfit", ("received_duplicate",), ("received_lacking",)),
    Split("received_eligible", ("received_ours", "received_elsewhere", "received_unsorted")),
    Split("received_elsewhere", ("received_handed",), ("received_guided",)),
)
SETTLING_SPLITS = (
    Split("owed", (), ("owed_resolved", "owed_otherwise", "owed_open")),
    Split("resolved", ("on_time", "late"), ("unclocked",)),
    Split("resolved", (), ("owed_resolved", "resolved_unaccepted")),
    Split("closing", (), ("owed_open", "closing_unaccepted")),
)
BY_ITS_DAY = "Hướng dẫn, nơi khác chuyển đến, lưu, không thụ lý, thụ lý tính theo ngày của việc ấy, nên có cả đơn nhận từ kỳ trước."
VAULT = "vault."  # before a measure that only the vault tells
RECEPTION: Columns = tuple(
    (RECEPTION_MEASURES[key].label, key)
    for side in ("regular", "head", "deputed", "crowd")
    for key in (
        f"{side}_{of}" for of in ("days", "visits", "people", "matters", "first", "repeated")
    )
    if key in RECEPTION_MEASURES
)
AT_RECEPTION: Columns = (
    *(
        (RECEPTION_MEASURES[key].label, key)
        for key in RECEPTION_MEASURES
        if key.startswith("kind_")
    ),
    ("Tố cáo", ""),
    *((RECEPTION_MEASURES[key].label, key) for key in RECEPTION_MEASURES if key.startswith("way_")),
)
DENIED: Columns = (
    ("Ghi nhận trong kỳ", f"{VAULT}{RECEIVED}"), ("Thụ lý", f"{VAULT}{ACCEPTED}"),
    ("Không thụ lý, không xử lý, đã chuyển, đã rút", f"{VAULT}{NOT_TAKEN}"), ("Chưa thụ lý", f"{VAULT}{PENDING}"),
)  # fmt: skip
JUDGED: Columns = (
    ("Đã kết luận trong kỳ", f"{VAULT}{CONCLUDED}"),
    *((f"Kết luận: {one.label.lower()}", f"{VAULT}{one.value}") for one in VaultOutcome if one),
    ("Tồn cuối kỳ", ""),
)
CARRIED_OUT: Columns = (
    ("Kết luận phải thi hành", ""), ("Đang thi hành", ""), ("Đã thi hành xong", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One periodic table: its code, of which group of kinds (empty: all), its columns, why numbers are missing where they are."""

    code: str
    title: str
    group: str
    columns: Columns
    lacking: str = ""
    untold: str = ""  # in the cells of columns that are never counted
    splits: tuple[Split, ...] = ()
    note: str = ""  # how its columns stand to each other


EVERY, COMPLAINT, ANSWERED = "", *GROUPS
SEEN = "tiep-cong-dan"  # of the register of reception, not of petitions
NOT_SPLIT = "Tố cáo nói khi tiếp công dân nằm trong số chung của kho tố cáo, không tách theo kênh."
NOT_KEPT = "Kho tố cáo không công bố số về"
NEVER = "không công bố"
TABLES: tuple[Table, ...] = (
    Table("01/TCD", "Kết quả tiếp công dân thường xuyên, định kỳ và đột xuất", SEEN, RECEPTION, splits=tuple(
        Split(f"{side}_matters", (f"{side}_first", f"{side}_repeated")) for side in ("regular", "head", "deputed")),
        note="Đoàn đông người nằm trong các lượt tiếp ở trên, không cộng thêm."),
    Table("02/TCD", "Phân loại, xử lý đơn nhận khi tiếp công dân", SEEN, AT_RECEPTION, NOT_SPLIT, "không tách theo kênh"),
    Table("01/XLD", "Tổng hợp xử lý đơn", EVERY, (
        *STOCK, *SORTED, ("Khiếu nại", "received_complaint"), ("Tố cáo", f"{VAULT}{RECEIVED}"), ("Kiến nghị", "received_proposal"),
        ("Phản ánh", "received_feedback"), *WAYS), "", "",
        (*RECEIVED_SPLITS, Split("received", ("received_complaint", "received_proposal", "received_feedback"))),
        f"Tố cáo không nằm trong số nhận trong kỳ. {BY_ITS_DAY}"),
    Table("02/XLD", "Xử lý đơn khiếu nại", COMPLAINT, (
        *STOCK, *SORTED, ("Lần đầu", "received_first"), ("Lần hai", "received_second"), *WAYS), "", "",
        (*RECEIVED_SPLITS, Split("received", ("received_first", "received_second"))), BY_ITS_DAY),
    Table("03/XLD", "Xử lý đơn tố cáo", EVERY, DENIED),
    Table("04/XLD", "Xử lý đơn kiến nghị, phản ánh", ANSWERED, (
        *STOCK, *SORTED, ("Kiến nghị", "received_proposal"), ("Phản ánh", "received_feedback"), *WAYS, *SETTLING), "", "",
        (*RECEIVED_SPLITS, Split("received", ("received_proposal", "received_feedback")), *SETTLING_SPLITS), BY_ITS_DAY),
    Table("01/KQGQ", "Kết quả giải quyết khiếu nại", COMPLAINT, (
        *SETTLING, ("Bằng quyết định", "decided"), ("Rút đơn", "withdrawn"), ("Đình chỉ", "terminated"),
        ("Đúng", "right"), ("Đúng một phần", "partly"), ("Sai", "wrong"), ("Lần hai: công nhận", "upheld"),
        ("Lần hai: hủy, sửa", "changed")), "", "", (
        *SETTLING_SPLITS, Split("resolved", ("decided", "withdrawn", "terminated"), ("answered",)),
        Split("resolved", ("right", "partly", "wrong", "upheld", "changed"), ("unjudged",)))),
    Table("02/KQGQ", "Kết quả thi hành quyết định giải quyết khiếu nại", COMPLAINT, (
        ("Quyết định phải thi hành", "in_force"), ("Đang thi hành", "enforcing"), ("Đã thi hành xong", "enforced")), "", "",
        (Split("in_force", ("enforcing", "enforced"), ("sent",)),)),
    Table("03/KQGQ", "Kết quả giải quyết tố cáo", EVERY, JUDGED, f"{NOT_KEPT} tồn cuối kỳ.", NEVER),
    Table("04/KQGQ", "Kết quả thi hành kết luận nội dung tố cáo", EVERY, CARRIED_OUT, f"{NOT_KEPT} thi hành kết luận.", NEVER),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table with the address of its list; None where nothing is counted, and `words` then say why."""

    heading: str
    number: int | None = None
    query: str = ""
    words: str = ""
    seen: bool = False  # its list is in the register of reception


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table: a unit, or the whole."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a number of the whole is made of where columns alone do not say it; each part opens its list."""

    total: Cell
    parts: list[Cell]

    @property
    def words(self) -> str:
        """The same as a sentence."""
        told = "; ".join(
            f"{one.heading.lower()} {format_number(one.number or 0)}" for one in self.parts
        )
        return f"{self.total.heading} {format_number(self.total.number or 0)} gồm: {told}."


@dataclass(frozen=True, slots=True)
class Filled:
    """A periodic table with its numbers: the whole first, then by unit; why numbers are missing where they are; what is left
    between its columns.
    """

    table: Table
    whole: TableRow
    rows: list[TableRow]
    lacking: str = ""
    sums: list[Sum] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """Every sentence below the table, as a file writes it."""
        return [
            one for one in (self.lacking, self.table.note, *(one.words for one in self.sums)) if one
        ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every table of one page is filled from."""

    wanted: Wanted
    denied: DeniedTold
    crowds: bool


def periodic_tables(user: "User", wanted: Wanted, *, on: date) -> list[Filled]:
    """Every periodic table of what `user` may see at or under the unit. A fixed number of queries."""
    period = wanted.span.period
    asked = {group: replace(wanted, kind="", group=group) for group in ("", *GROUPS)}
    counted = _numbers(user, asked[""], on)
    asked[SEEN] = replace(wanted, kind="")
    counted[SEEN] = reception_by_unit(user, period, unit_id=wanted.unit_id, on=on)
    ids = {unit for numbers in counted.values() for unit in numbers}
    tops = tops_below(user, wanted, on) if len(ids) > FEW else []
    parts = {
        group: by_unit_below(asked[group], tops, numbers, on) for group, numbers in counted.items()
    }
    denied, crowds = denied_told(user, wanted, on=on), crowds_known(period)
    return [
        _filled(table, _Asked(asked[table.group], denied, crowds), parts[table.group])
        for table in TABLES
    ]


def _numbers(user: "User", wanted: Wanted, on: date) -> dict[str, dict[int, Counter[str]]]:
    """The measures of each group of kinds by unit, where there is anything: all kinds are counted in one go."""
    keys = {
        group: [
            key
            for table in TABLES
            if table.group == group
            for key in _keys_of(table)
            if key in MEASURES
        ]
        for group in ("", *GROUPS)
    }
    every = dict.fromkeys(key for group in keys.values() for key in group)
    rows = wanted_petitions(user, wanted, on=on)
    counted = numbers_by_each(rows, wanted, every, by=("unit_id", "kind"))
    found: dict[str, dict[int, Counter[str]]] = {group: {} for group in keys}
    for (unit, kind), numbers in counted.items():
        for group, mine in found.items():
            if (not group or kind in GROUPS[group]) and any(numbers[key] for key in keys[group]):
                mine.setdefault(unit, Counter()).update(numbers)
    return found


def _keys_of(table: Table) -> list[str]:
    """Every measure that a table needs: of its columns, and of what is left between them."""
    rests = (key for one in table.splits for key in one.rests)
    return [*(key for _, key in table.columns), *rests]


def _sums(table: Table, whole: Figured) -> list[Sum]:
    """Of what is left between the columns, each sum of the whole that is not nothing."""
    headings = {key: heading for heading, key in table.columns}

    def cell(key: str) -> Cell:
        heading = headings.get(key, MEASURES[key].label).removeprefix(AMONG)
        return Cell(heading, whole.numbers[key], f"{whole.query}&chi_tieu={key}")

    return [
        Sum(cell(one.total), [cell(key) for key in (*one.parts, *one.rests)])
        for one in table.splits
        if _is_left(one, whole)
    ]


def _is_left(split: Split, whole: Figured) -> bool:
    """Whether its columns alone do not add up, or where no column is a part, whether there is more than one part."""
    left = sum(bool(whole.numbers[key]) for key in split.rests)
    return left > (0 if split.parts else 1)


def _filled(table: Table, asked: _Asked, parts: list[Figured]) -> Filled:
    keys = [key for _, key in table.columns if key]
    if all(key.startswith(VAULT) for key in keys):
        parts = []
    wanted = asked.wanted
    whole = Figured("Tất cả", added(one.numbers for one in parts), wanted.query(), wanted.unit_id)
    lacking = [table.lacking] if table.lacking else []
    if any(key.startswith(VAULT) for key in keys):
        lacking.append(asked.denied.why)
    if table.group == SEEN and not asked.crowds:
        lacking.append("Chưa có tham số pháp luật về đoàn đông người nên không đếm đoàn.")
    return Filled(
        table,
        _row(table, asked, whole, whole=True),
        [_row(table, asked, one) for one in parts],
        " ".join(lacking),
        _sums(table, whole),
    )


def _row(table: Table, asked: _Asked, one: Figured, *, whole: bool = False) -> TableRow:
    cells = []
    seen = _seen(asked, one) if table.group == SEEN else ""
    for heading, key in table.columns:
        if key.startswith(VAULT):
            told = asked.denied.cell(key.removeprefix(VAULT)) if whole else None
            words = told.words if told else asked.denied.short if whole else WHOLE_ONLY
            cells.append(Cell(heading, told.shown if told else None, words=words))
        elif table.group == SEEN and key:
            cells.append(_of_reception(heading, RECEPTION_MEASURES[key], asked, one, seen))
        else:
            query = f"{one.query}&chi_tieu={key}"
            cells.append(
                Cell(heading, one.numbers[key], query) if key else Cell(heading, words=table.untold)
            )
    return TableRow(one.name, cells)


def _seen(asked: _Asked, one: Figured) -> str:
    """The address of the register of reception at which the list shows what a line counts."""
    period = asked.wanted.span.period
    said: dict[str, object] = {"tu": format_date(period.first), "den": format_date(period.last)}
    if one.unit_id is not None:
        said["duoi"] = one.unit_id
    if one.alone:
        said["rieng"] = 1
    return urlencode(said)


def _of_reception(
    heading: str, measure: ReceptionMeasure, asked: _Asked, one: Figured, seen: str
) -> Cell:
    """A number of reception; a day of a head is no row of the register, so it opens none."""
    if measure.crowd and not asked.crowds:
        return Cell(heading, words="chưa có quy định")
    number = one.numbers[measure.key]
    if measure.of == "days":
        return Cell(heading, number)
    return Cell(heading, number, f"{seen}&chi_tieu={measure.key}", seen=True)
