"""The register as Excel: on a day, between two days, the villages of a place; the list to fill in, and a list sent back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from danvan.foundation.sheet import Formula
from danvan.foundation.workbook import Sheet, write_sheets, write_table
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors.differing import (
    ENDED,
    ORDER,
    SORTS,
    Between,
    Difference,
    describe_differences,
    differing,
)
from danvan.organisations.selectors.listing import RegisterOnDay, register_on
from danvan.organisations.selectors.villages import VillageOnDay
from danvan.organisations.services.villages import HEADINGS, TYPE_WORDS, VillagesRead
from danvan.vietnamese.dates import format_date

VILLAGE_WIDTHS = (10, 28, 30, 16, 10, 12, 30, 14, 60)
FILLED_ROWS = 500  # rows of the empty list that have their formats and choices
MOST_DIFFERENCES = 20_000


def register_sheets(top_id: int, day: date, name: str) -> bytes:
    """Places, organisations, codes, superiors and lineage at or below a place on a day."""
    found = register_on(top_id, day)
    notes = [f"Sổ đơn vị: {name}, ngày {format_date(day)}"]
    return write_sheets(
        [
            Sheet("Địa bàn", PLACE_COLUMNS, _places(found), notes, (12, 10, 40, 16, 18, 40, 12, 14, 14, 12, 12, 12, 30)),
            Sheet("Tổ chức", ORGANISATION_COLUMNS, _organisations(found), notes, (12, 50, 30, 12, 10, 40, 12, 50, 14)),
            Sheet("Mã", ("Số đơn vị", "Tên", "Hệ mã", "Mã", "Từ ngày", "Đến trước ngày"), found.codes, notes, (12, 40, 10, 12, 14, 14)),
            Sheet("Cấp trên", ("Số đơn vị", "Tên", "Số đơn vị cấp trên", "Cấp trên", "Theo"), found.superiors, notes, (12, 40, 12, 40, 16)),
            Sheet("Kế thừa", LINEAGE_COLUMNS, _lineage(found), notes, (12, 40, 12, 40, 14, 14, 22, 12, 14, 36)),
        ]
    )  # fmt: skip


PLACE_COLUMNS = (
    "Số đơn vị", "Mã", "Tên", "Cấp", "Loại hình", "Thuộc", "Mã cấp trên", "Từ ngày", "Diện tích (km²)",
    "Số hộ", "Nhân khẩu", "Tính đến", "Văn bản",
)  # fmt: skip
ORGANISATION_COLUMNS = (
    "Số đơn vị", "Tên", "Loại", "Cấp", "Mã địa bàn", "Địa bàn", "Số cấp trên", "Cấp trên theo ngành dọc", "Từ ngày",
)  # fmt: skip
LINEAGE_COLUMNS = (
    "Số đơn vị trước", "Đơn vị trước", "Số đơn vị kế tiếp", "Đơn vị kế tiếp", "Phần triệu",
    "Phần triệu đọc ngược", "Chia theo", "Ước tính", "Ngày", "Văn bản",
)  # fmt: skip


def _places(found: RegisterOnDay) -> Iterable[Sequence[Any]]:
    for one in found.places:
        size = found.sizes.get(one.unit_id)
        yield (
            one.unit_id, found.code_of.get(one.unit_id, ""), one.name, str(Level(one.level).label), one.type_word,
            found.names.get(one.parent_id or 0, ""), found.code_of.get(one.parent_id or 0, ""),
            one.valid_from if one.start_known else "", one.area_km2,
            size.households if size else None, size.population if size else None,
            size.counted_on if size else None, one.decision,
        )  # fmt: skip


def _organisations(found: RegisterOnDay) -> Iterable[Sequence[Any]]:
    for one in found.organisations:
        yield (
            one.unit_id, one.name, str(Kind(one.kind).label), str(Level(one.level).label),
            found.code_of.get(one.place_id or 0, ""), found.names.get(one.place_id or 0, ""),
            one.parent_id, found.names.get(one.parent_id or 0, ""), one.valid_from,
        )  # fmt: skip


def _lineage(found: RegisterOnDay) -> Iterable[Sequence[Any]]:
    for one in found.lineage:
        yield (
            one.predecessor_id, found.names.get(one.predecessor_id, ""), one.successor_id,
            found.names.get(one.successor_id, ""), one.weight, one.back_weight, one.get_measure_display(),
            "ước tính" if one.estimated else "", one.happened_on, one.decision,
        )  # fmt: skip


def difference_sheets(asked: Between, name: str) -> bytes:
    """What became different between two days under a place, a sheet for each way."""
    notes = [f"{name}: khác nhau giữa {format_date(asked.first)} và {format_date(asked.last)}"]
    return write_sheets(
        _difference_sheet(sort, label, asked, notes) for sort, label in SORTS.items()
    )


def _difference_sheet(sort: str, label: str, asked: Between, notes: Sequence[str]) -> Sheet:
    rows = list(differing(sort, asked).order_by(*ORDER)[:MOST_DIFFERENCES])
    kin = "Đơn vị kế tiếp" if sort == ENDED else "Từ đơn vị"
    headings = (
        "Số đơn vị", "Tên trước", "Tên sau", "Mã trước", "Mã sau", "Cấp trên trước", "Cấp trên sau", kin, "Ngày", "Văn bản",
    )  # fmt: skip
    described = describe_differences(rows, sort, asked)
    widths = (12, 36, 36, 10, 10, 36, 36, 50, 14, 36)
    return Sheet(label, headings, (_difference(one) for one in described), notes, widths)


def _difference(one: Difference) -> Sequence[Any]:
    return (
        one.id, one.before.name if one.before else "", one.after.name if one.after else "", one.code_before,
        one.code_after, one.above_before, one.above_after, ", ".join(name for _, name in one.kin), one.since, one.decision,
    )  # fmt: skip


def village_sheet(
    villages: Sequence[VillageOnDay],
    communes: Mapping[int, tuple[str, str]],
    day: date,
) -> bytes:
    """Villages in the columns of the list that is brought in: what comes out goes in elsewhere.

    `communes` are the code and the name of each commune.
    """
    rows = (
        (
            *communes.get(one.commune_id, ("", "")), one.name, one.type_word.capitalize(), one.households,
            one.population, one.decision, one.since,
        )
        for one in villages
    )  # fmt: skip
    notes = [f"Thôn, tổ dân phố ngày {format_date(day)}"]
    return write_table(
        "Thôn", list(HEADINGS.values()), rows, notes=notes, widths=VILLAGE_WIDTHS[:-1]
    )


def faulty_sheet(read: VillagesRead) -> bytes:
    """The rows of a refused list as they were sent, each with its faults beside it; put right, it goes in again."""
    beside: dict[int | None, list[str]] = {}
    for fault in read.faults:
        beside.setdefault(fault.row, []).append(f"{fault.column}: {fault.message}")
    rows = (
        (
            *(_as_sent(row.cells.get(field)) for field in HEADINGS),
            "; ".join(beside.get(row.number, ())),
        )
        for row in read.rows
    )
    return write_table("Thôn", [*HEADINGS.values(), "Cần sửa"], rows, widths=VILLAGE_WIDTHS)


def _as_sent(value: Any) -> Any:
    return value.text if isinstance(value, Formula) else value


def blank_villages(communes: Sequence[tuple[str, str]]) -> bytes:
    """The list to fill in: headings, text format for codes, types to pick from, the codes of the communes, how to fill it."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Thôn"
    sheet.append(list(HEADINGS.values()))
    for place, (field, heading) in enumerate(HEADINGS.items(), start=1):
        letter = get_column_letter(place)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}1"].fill = PatternFill("solid", fgColor="ECEEF0")
        sheet.column_dimensions[letter].width = max(VILLAGE_WIDTHS[place - 1], len(heading) + 2)
        for row in range(2, FILLED_ROWS + 2) if field in ("code", "since") else ():
            sheet[f"{letter}{row}"].number_format = "@" if field == "code" else "dd/mm/yyyy"
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("Hướng dẫn")
    _explain(notes, communes)
    listed = DataValidation(
        type="list", formula1=f"'Hướng dẫn'!$A$2:$A${len(TYPE_WORDS) + 1}", showErrorMessage=False
    )
    letter = get_column_letter(list(HEADINGS).index("type_word") + 1)
    listed.add(f"{letter}2:{letter}{FILLED_ROWS + 1}")
    sheet.add_data_validation(listed)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _explain(notes: Any, communes: Sequence[tuple[str, str]]) -> None:
    how = (
        "Mã xã gồm 5 chữ số, ví dụ 04021; ô mã để dạng văn bản để không mất số 0 ở đầu.",
        "Các dòng cùng xã có thể chỉ ghi mã, tên xã ở dòng đầu.",
        "Tên thôn ghi đủ (Thôn Đoài) hoặc ghi phần tên (Đoài) rồi chọn loại hình.",
        "Số hộ, nhân khẩu chưa biết thì để trống hoặc ghi dấu -.",
        "Từ ngày để trống nếu thôn có từ trước khi lập xã hiện nay.",
    )
    notes.append(["Các loại hình", "Cách điền", "Mã các xã", "Tên các xã"])  # not read as a list
    types = [word.capitalize() for word in TYPE_WORDS]
    for place in range(max(len(types), len(how), len(communes))):
        code, name = communes[place] if place < len(communes) else (None, None)
        notes.append([_at(types, place), _at(how, place), code, name])
        notes.cell(notes.max_row, 3).number_format = "@"
    for letter, width in zip("ABCD", (18, 80, 10, 40), strict=True):
        notes.column_dimensions[letter].width = width


def _at(words: Sequence[str], place: int) -> str | None:
    return words[place] if place < len(words) else None
