"""What was found in a workbook: answers at their cells, what stands there besides, and what is wrong."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from openpyxl.utils.cell import coordinate_to_tuple

from danvan.reporting.sheets import signing


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell, and what to do; no address where it belongs to the whole workbook."""

    message: str
    sheet: str = ""
    address: str = ""
    label: str = ""
    code: str = ""

    def as_kept(self) -> dict[str, str]:
        """The fault as it is kept in a row."""
        return asdict(self)


def in_reading_order(faults: Sequence[CellFault]) -> list[CellFault]:
    """Faults as the workbook is read: of the whole first, then sheet by sheet, line by line, from left to right."""
    sheets = {name: place for place, name in enumerate(dict.fromkeys(one.sheet for one in faults))}
    return sorted(
        faults,
        key=lambda one: (
            bool(one.address),
            sheets[one.sheet],
            coordinate_to_tuple(one.address) if one.address else (0, 0),
        ),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """An item of the form in the sheet: where it stands, what is shown there, what that answers ("" for nothing)."""

    code: str
    label: str
    sheet: str
    address: str
    shown: str
    text: str
    note: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Strange:
    """A row with a figure that is no item of the form."""

    label: str
    sheet: str
    address: str


@dataclass(slots=True)
class ReadSheet:
    """All that a workbook says about a form. `absent` are the items it does not hold."""

    mark: signing.SheetMark | None = None
    found: dict[str, Found] = field(default_factory=dict)
    nil: dict[int, tuple[str, str]] = field(default_factory=dict)  # position: sheet and address
    absent: list[str] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    @property
    def answers(self) -> dict[str, str]:
        """What is answered, by item code, as it would be typed."""
        return {code: one.text for code, one in self.found.items()}

    @property
    def estimated(self) -> frozenset[str]:
        """The items whose figures are said to be estimates."""
        return frozenset(code for code, one in self.found.items() if one.estimated and one.text)

    def at(self, code: str) -> tuple[str, str]:
        """The sheet and address of an item's answer; empty where the workbook does not hold it."""
        one = self.found.get(code)
        return (one.sheet, one.address) if one else ("", "")
