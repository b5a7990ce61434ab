"""Reading the file of topics: every fault of every row at once, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from danvan.foundation.errors import Fault, RuleError
from danvan.topics.models import LONGEST_NAME
from danvan.vietnamese.text import canonical, fold

SEED = Path(__file__).resolve().parent / "seed.tsv"
COLUMNS = ("code", "parent", "name", "aliases", "valid_from", "source")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One row of the file, understood. `parent` is the code of a row above it, or empty."""

    line: int
    code: str
    parent: str
    name: str
    aliases: tuple[str, ...]
    valid_from: date
    source: str


def read_topics(path: Path = SEED) -> list[TopicRow]:
    """All rows of the file, parents first. RuleError with every fault."""
    try:
        text = canonical(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise RuleError(
            f"Không đọc được tệp {path.name}. Đồng chí vui lòng kiểm tra đường dẫn và lưu tệp bằng bảng mã UTF-8."
        ) from fault
    lines = [
        (number, line.split("\t"))
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and line[0] != "#"
    ]
    if not lines or tuple(lines[0][1]) != COLUMNS:
        raise RuleError(
            f"Dòng đầu của tệp {path.name} phải là các cột: {', '.join(COLUMNS)}, cách nhau bằng phím Tab."
        )
    known: set[str] = set()
    names: set[tuple[str, str]] = set()
    rows, faults = [], []
    for number, cells in lines[1:]:
        wrong = [Fault(told, number) for told in _faults(cells, known, names)]
        faults += wrong
        known.add(cells[0])
        if not wrong:
            code, parent, name, aliases, since, source = (cell.strip() for cell in cells)
            said = tuple(words for one in aliases.split(";") if (words := one.strip()))
            rows.append(
                TopicRow(number, code, parent, name, said, date.fromisoformat(since), source)
            )
            names.add((parent, fold(name)))
    if faults:
        raise RuleError(f"Tệp {path.name} có {len(faults)} lỗi, chưa nạp gì.", faults=faults)
    return rows


def _faults(cells: list[str], known: set[str], names: set[tuple[str, str]]) -> Iterator[str]:
    if len(cells) != len(COLUMNS):
        yield f"Dòng này cần {len(COLUMNS)} cột, đang có {len(cells)}. Đồng chí vui lòng ghi đủ."
        return
    code, parent, name, aliases, since, source = (cell.strip() for cell in cells)
    if not _CODE.fullmatch(code) or len(code) > 80:
        yield f"Mã “{code}” chỉ gồm chữ thường không dấu, số và gạch nối, tối đa 80 ký tự."
    if code in known:
        yield f"Mã “{code}” ghi hai lần. Đồng chí vui lòng bỏ bớt."
    if parent and parent not in known:
        yield f"Lĩnh vực cấp trên “{parent}” phải đứng ở một dòng phía trên."
    if not name or len(name) > LONGEST_NAME:
        yield f"Tên lĩnh vực phải có từ 1 đến {LONGEST_NAME} ký tự."
    if (parent, fold(name)) in names:
        yield f"Tên “{name}” ghi hai lần dưới cùng một lĩnh vực. Đồng chí vui lòng bỏ bớt."
    if any(len(one.strip()) > LONGEST_NAME for one in aliases.split(";")):
        yield f"Mỗi tên khác dài tối đa {LONGEST_NAME} ký tự."
    if not source or len(source) > 120:
        yield "Mỗi lĩnh vực phải có nguồn, tối đa 120 ký tự."
    try:
        date.fromisoformat(since)
    except ValueError:
        yield f"Ngày “{since}” phải ghi dạng 2020-01-31."
