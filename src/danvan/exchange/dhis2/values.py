"""The data values of DHIS2 as they stand in its files, JSON (dataValueSets) or CSV, each with its line."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from danvan.exchange.dhis2.reading import read_object, read_text, words
from danvan.foundation.errors import RuleError

COLUMNS = {
    "dataelement": "dataElement",
    "period": "period",
    "orgunit": "orgUnit",
    "categoryoptioncombo": "categoryOptionCombo",
    "catoptcombo": "categoryOptionCombo",
    "attributeoptioncombo": "attributeOptionCombo",
    "attroptcombo": "attributeOptionCombo",
    "value": "value",
    "comment": "comment",
    "deleted": "deleted",
}
NEEDED = ("dataElement", "period", "orgUnit", "value")
_LIST = re.compile(r'"dataValues"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class DataValue:
    """One value as it was written; nothing is judged yet. `line` is where it stands in the file."""

    line: int
    element: str
    period: str
    unit: str
    combo: str
    attribute: str
    value: str
    comment: str
    deleted: bool


def read_values(content: bytes, name: str) -> list[DataValue]:
    """The values of a file, in its order. RuleError where it is neither a dataValueSets JSON nor such a CSV."""
    text = read_text(content, name)
    return list(_from_json(text, name) if text.lstrip().startswith("{") else _from_csv(text, name))


def _from_json(text: str, name: str) -> Iterator[DataValue]:
    whole = read_object(text, name)
    held, start = whole.get("dataValues"), _LIST.search(text)
    if not isinstance(held, list) or start is None:
        raise RuleError(
            f"Tệp {name} không có danh sách “dataValues”. Đồng chí vui lòng xuất dataValueSets từ DHIS2."
        )
    around = {key: whole.get(key) for key in ("period", "orgUnit", "attributeOptionCombo")}
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    place, line, counted, number = start.end(), 1, 0, 0
    while True:
        place = _BETWEEN.match(text, place).end()  # type: ignore[union-attr] # it matches nothing too
        if text[place] == "]":
            break
        line += text.count("\n", counted, place)
        counted = place
        one, place = decoder.raw_decode(text, place)
        number += 1
        given = one if isinstance(one, dict) else {}
        yield _value(
            line, {**around, **{key: held for key, held in given.items() if held is not None}}
        )
    if number != len(held):  # the list that was walked is not the one that the file means
        raise RuleError(
            f"Tệp {name} có nhiều danh sách “dataValues”. Đồng chí vui lòng chỉ để lại một."
        )


def _from_csv(text: str, name: str) -> Iterator[DataValue]:
    rows = csv.reader(io.StringIO(text), skipinitialspace=True)
    try:
        head = [COLUMNS.get(cell.strip().replace("_", "").lower(), "") for cell in next(rows, [])]
        if missing := [column for column in NEEDED if column not in head]:
            raise RuleError(
                f"Tệp {name} thiếu cột {', '.join(missing)}. Đồng chí vui lòng giữ dòng tiêu đề như DHIS2 xuất ra."
            )
        before = rows.line_num
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield _value(before + 1, dict(zip(head, cells, strict=False)))
            before = rows.line_num
    except csv.Error:
        raise RuleError(
            f"Tệp {name} không đọc được dạng CSV từ dòng {rows.line_num}. Đồng chí vui lòng xuất lại từ DHIS2."
        ) from None


def _value(line: int, cells: Mapping[str, Any]) -> DataValue:
    return DataValue(
        line=line,
        element=words(cells.get("dataElement")),
        period=words(cells.get("period")),
        unit=words(cells.get("orgUnit")),
        combo=words(cells.get("categoryOptionCombo")),
        attribute=words(cells.get("attributeOptionCombo")),
        value=words(cells.get("value")),
        comment=words(cells.get("comment")),
        deleted=words(cells.get("deleted")).lower() == "true",
    )
