"""Reading the file of kinds of matters: every fault of every row at once, each with its line."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from danvan.foundation.errors import Fault, RuleError
from danvan.grassroots.enums import Pillar, Posted, Recogniser
from danvan.vietnamese.text import canonical

KINDS = Path(__file__).resolve().parent / "kinds.tsv"
COLUMNS = (
    "code", "pillar", "title", "posted", "radio", "term", "pass_key", "commune_wide", "meeting_only", "online",
    "recogniser", "valid_from", "valid_to", "citation", "confidence",
)  # fmt: skip
LONGEST = {
    "code": 8,
    "title": 200,
    "term": 80,
    "pass_key": 80,
    "citation": 200,
    "confidence": 12,
}
YES_OR_NO = ("radio", "commune_wide", "meeting_only", "online")
CHOICES = {"pillar": Pillar.values, "posted": Posted.values, "recogniser": Recogniser.values}


def read_kinds(path: Path = KINDS) -> list[dict[str, Any]]:
    """All rows of the file as the table keeps them. RuleError with every fault."""
    try:
        text = canonical(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise RuleError(
            f"Không đọc được tệp {path.name}. Đồng chí vui lòng kiểm tra đường dẫn và lưu tệp bằng bảng mã UTF-8."
        ) from fault
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and line[0] != "#"
    ]
    cells = list(csv.reader((line for _, line in lines), delimiter="\t"))
    if not cells or tuple(cells[0]) != COLUMNS:
        raise RuleError(
            f"Dòng đầu của tệp {path.name} phải là các cột: {', '.join(COLUMNS)}, cách nhau bằng phím Tab."
        )
    rows: list[dict[str, Any]] = []
    faults = []
    for (number, _), row in zip(lines[1:], cells[1:], strict=True):
        wrong = [Fault(told, number) for told in _faults(row, rows)]
        faults += wrong
        if not wrong:
            rows.append(_understood(row))
    if faults:
        raise RuleError(f"Tệp {path.name} có {len(faults)} lỗi, chưa nạp gì.", faults=faults)
    return rows


def _understood(cells: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = dict(zip(COLUMNS, cells, strict=True))
    said |= {name: said[name] == "x" for name in YES_OR_NO}
    said["valid_from"] = date.fromisoformat(said["valid_from"])
    said["valid_to"] = date.fromisoformat(said["valid_to"]) if said["valid_to"] else None
    return said


def _faults(cells: list[str], before: list[dict[str, Any]]) -> Iterator[str]:
    if len(cells) != len(COLUMNS):
        yield f"Dòng này cần {len(COLUMNS)} cột, đang có {len(cells)}. Đồng chí vui lòng ghi đủ."
        return
    said = dict(zip(COLUMNS, cells, strict=True))
    for name in ("code", "title", "citation", "confidence"):
        if not said[name]:
            yield f"Cột {name} không được để trống."
    for name, longest in LONGEST.items():
        if len(said[name]) > longest:
            yield f"Cột {name} dài quá {longest} ký tự."
    for name, known in CHOICES.items():
        if said[name] not in known:
            yield f"Cột {name} có giá trị lạ “{said[name]}”."
    for name in YES_OR_NO:
        if said[name] not in ("", "x"):
            yield f"Cột {name} chỉ ghi x hoặc để trống."
    if said["pillar"] == Pillar.DECIDE and not said["pass_key"]:
        yield "Nội dung Nhân dân bàn, quyết định phải có tham số tỷ lệ tán thành."
    try:
        first = date.fromisoformat(said["valid_from"])
        last = date.fromisoformat(said["valid_to"]) if said["valid_to"] else None
    except ValueError:
        yield "Ngày hiệu lực phải ghi dạng 2023-07-01."
        return
    if last is not None and last <= first:
        yield "Ngày hết hiệu lực phải sau ngày có hiệu lực."
    for other in before:
        ends, begins = other["valid_to"], other["valid_from"]
        if other["code"] == said["code"] and not (
            (last is not None and last <= begins) or (ends is not None and ends <= first)
        ):
            yield f"Khoảng hiệu lực chồng lên một dòng khác của mã {said['code']}."
