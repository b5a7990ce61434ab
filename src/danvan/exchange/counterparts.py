"""What stands for what: the table that a person can read and change, by which two systems name the same things.

A CSV file with a heading: `kind` (unit or indicator), `theirs` (the uid there), `combo` (of what is broken down),
`ours` (the code of the unit, or of the indicator), `values` (number or yesno), `name` (for who reads the table).
A unit without a row is the one that carries the uid as its code of the system dhis2.
"""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, field

from danvan.exchange.dhis2.reading import read_text
from danvan.foundation.errors import Fault, RuleError

UNIT, INDICATOR = "unit", "indicator"
NUMBER, YES_NO = "number", "yesno"
HEADINGS = ("kind", "theirs", "combo", "ours", "values", "name")
SYSTEM = "dhis2"  # the code system of units that were founded from DHIS2

Key = tuple[str, str]  # the uid of a data element or an indicator, and that of its combo or nothing


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Our indicator for what they ask, and whether they write it as a number or as yes and no."""

    code: str
    values: str = NUMBER
    name: str = ""


@dataclass(slots=True)
class Counterparts:
    """Units (our code by their uid) and indicators of theirs by what they are here."""

    units: dict[str, str] = field(default_factory=dict)
    indicators: dict[Key, Counterpart] = field(default_factory=dict)
    combos: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, element: str, combo: str, one: Counterpart) -> None:
        """Say what stands for an element, or for one of its combos; what was said before holds."""
        self.indicators.setdefault((element, combo), one)
        if combo:
            self.combos[element].add(combo)

    def of(self, element: str, combo: str) -> Counterpart | None:
        """Ours for an element in one combo. An element that is not broken down has one combo, whatever it is called."""
        named = combo if self.combos.get(element) else ""
        return self.indicators.get((element, named))

    def theirs(self) -> dict[str, Key]:
        """What they call each of our indicators, by our code; the first row where several name one."""
        found: dict[str, Key] = {}
        for key, one in self.indicators.items():
            found.setdefault(one.code, key)
        return found


def read_counterparts(content: bytes, name: str) -> Counterparts:
    """The table of a file; RuleError with every fault where a row says nothing that can be used."""
    rows = csv.DictReader(io.StringIO(read_text(content, name)))
    if missing := [one for one in HEADINGS[:4] if one not in (rows.fieldnames or ())]:
        raise RuleError(
            f"Bảng đối chiếu {name} thiếu cột {', '.join(missing)}. Đồng chí vui lòng giữ dòng tiêu đề:"
            f" {','.join(HEADINGS)}."
        )
    found, faults = Counterparts(), []
    for row in rows:
        cells = {key: (row.get(key) or "").strip() for key in HEADINGS}
        if message := _take(found, cells):
            faults.append(Fault(message, rows.line_num))
    if faults:
        raise RuleError(
            f"Bảng đối chiếu {name} có {len(faults)} dòng chưa đúng. Đồng chí vui lòng sửa rồi làm lại.",
            faults=faults,
        )
    return found


def _take(found: Counterparts, cells: dict[str, str]) -> str:
    """Put one row into the table; why it cannot be, as a sentence."""
    theirs, combo, ours = cells["theirs"], cells["combo"], cells["ours"]
    values = cells["values"] or NUMBER
    if cells["kind"] not in (UNIT, INDICATOR):
        return f"Cột kind là {UNIT} hoặc {INDICATOR}, không phải “{cells['kind']}”."
    if not theirs or not ours:
        return "Cột theirs và cột ours không được để trống."
    if values not in (NUMBER, YES_NO):
        return f"Cột values là {NUMBER} hoặc {YES_NO}, không phải “{values}”."
    if cells["kind"] == UNIT:
        if found.units.setdefault(theirs, ours) != ours:
            return f"Đơn vị {theirs} đã ghi ở dòng trên với mã khác."
        return ""
    one = Counterpart(ours, values, cells["name"])
    found.add(theirs, combo, one)
    if found.indicators[theirs, combo].code != ours:
        return f"Chỉ tiêu {theirs} {combo}".strip() + " đã ghi ở dòng trên với mã khác."
    return ""


def write_counterparts(table: Counterparts) -> str:
    """The table as the text of a file, units first, in a fixed order."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADINGS)
    for theirs, ours in sorted(table.units.items()):
        rows.writerow([UNIT, theirs, "", ours, "", ""])
    for (element, combo), one in sorted(table.indicators.items()):
        rows.writerow([INDICATOR, element, combo, one.code, one.values, one.name])
    return out.getvalue()
