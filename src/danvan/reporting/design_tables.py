"""The cells of a table being written: an indicator typed or chosen for each, with what is wrong beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.selectors import indicators_on
from danvan.indicators.selectors.breakdowns import parts_by_code
from danvan.indicators.selectors.measures import is_derived
from danvan.reporting.designing import Content, NewSection
from danvan.reporting.laying import At, with_cells
from danvan.reporting.tables import Placed, Table, laid_out
from danvan.vietnamese.text import fold

NAME = "o-"  # what the names of the boxes begin with


@dataclass(frozen=True, slots=True)
class CellBox:
    """The box of one cell: the code typed, the name of the indicator it means, what is wrong."""

    name: str
    typed: str
    indicator: str
    computed: bool
    faults: tuple[str, ...]


class CellGrid:
    """The boxes of a table. `posted` is None where it is only looked at."""

    def __init__(self, section: NewSection, posted: Mapping[str, str] | None) -> None:
        self.section = section
        self.known = {one.indicator.code: one for one in indicators_on(clock.today())}
        self.faults: list[Fault] = []
        self._by_name = {code.casefold(): code for code in self.known}
        self.typed: dict[At, str] = {}
        for row in range(len(section.rows)):
            for column in range(len(section.columns)):
                said = (posted or {}).get(f"{NAME}{row}-{column}", "")
                self.typed[row, column] = said.split(":")[0].strip()
        if posted is None:
            self.typed |= {
                (item.row, item.column): item.indicator_code
                for item in section.items
                if item.row is not None and item.column is not None
            }

    @property
    def codes(self) -> dict[At, str]:
        """The indicator that each cell asks; what is not known as it was typed."""
        return {at: self._by_name.get(said.casefold(), said) for at, said in self.typed.items()}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The indicators to choose from, each with its name and unit."""
        return [
            (code, f"{one.name} ({one.unit_label})") for code, one in sorted(self.known.items())
        ]

    def fill(self) -> None:
        """Let each empty cell ask the part that its column names, of an indicator that stands in its row."""
        parts = parts_by_code([code for code in self.codes.values() if code in self.known])
        codes = self.codes
        for (row, _), whole in list(codes.items()):
            named = {fold(option): part for part, option in parts.get(whole, ())}
            for column, label in enumerate(self.section.columns):
                if not self.typed[row, column] and fold(label) in named:
                    self.typed[row, column] = named[fold(label)]

    def change(self, content: Content, place: int) -> Content:
        """The section with these cells; RuleError with every fault."""
        faults = [
            Fault(f"Không có chỉ số mã “{code}”.", column=f"{row}-{column}")
            for (row, column), code in self.codes.items()
            if code and code not in self.known
        ]
        try:
            changed = with_cells(content, place, self.codes)
        except RuleError as broken:
            faults += broken.faults or [Fault(broken.message)]
        if faults:
            self.faults = faults
            raise RuleError("Chưa lưu được các ô của bảng.", faults=faults)
        return changed

    @property
    def table(self) -> Table[CellBox] | None:
        """The boxes, row by row."""
        rows, columns = self.section.rows, self.section.columns
        placed = (Placed(row, column, "", self._box(row, column)) for row, column in self.typed)
        return laid_out(rows, columns, placed)

    @property
    def general(self) -> list[str]:
        """What is wrong with no single cell."""
        return [fault.message for fault in self.faults if not fault.column]

    def _box(self, row: int, column: int) -> CellBox:
        known = self.known.get(self.codes[row, column])
        where = f"{row}-{column}"
        return CellBox(
            name=f"{NAME}{where}",
            typed=self.typed[row, column],
            indicator=known.name if known else "",
            computed=known is not None and is_derived(known),
            faults=tuple(fault.message for fault in self.faults if fault.column == where),
        )
