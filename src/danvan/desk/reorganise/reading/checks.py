"""The tests of a draft in words, with where each fault is mended, and the open matters by who takes them over."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.desk.reorganise.shapes import SHAPES
from danvan.organisations.holders import all_holders
from danvan.organisations.selectors.reorganising.checks import check_plan
from danvan.organisations.selectors.reorganising.plan import FAULT, OK, WAIT, Check, Plan

if TYPE_CHECKING:
    from danvan.organisations.models import Reorganisation

# The tests that are told by name even where there is little room.
MAIN = frozenset({"days", "weights", "superior", "totals"})
HOLDER = "holder:"
STATES = {OK: ("Đạt", "green"), WAIT: ("Chờ", "orange"), FAULT: ("Lỗi", "red")}
# Where the faults of each test are mended, and what the link says.
MENDED = {
    "weights": ("shares", "", "Sửa tỷ trọng"),
    "totals": ("shares", "", "Sửa tỷ trọng"),
    "heirs": ("shares", "", "Chọn nơi nhận việc"),
    "children": ("units", "#truc-thuoc", "Chọn nơi về của đơn vị trực thuộc"),
    "days": ("amend", "", "Sửa ngày có hiệu lực"),
    "later": ("amend", "", "Sửa ngày có hiệu lực"),
    "versions": ("amend", "", "Sửa ngày có hiệu lực"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One test."""

    key: str
    words: str
    state: str
    tone: str
    details: list[str]
    faults: list[str]
    url: str
    mend: str


@dataclass(frozen=True, slots=True)
class Open:
    """Open matters of one kind that pass from one unit to another."""

    label: str
    giver: str
    taker: str
    count: int


@dataclass(frozen=True, slots=True)
class Checks:
    """All tests of a draft."""

    lines: list[Line]
    open: list[Open] = field(default_factory=list)

    @property
    def short(self) -> list[Line]:
        """What is wrong, what waits, and the main tests."""
        return [line for line in self.lines if line.tone != "green" or line.key in MAIN]

    @property
    def rest(self) -> int:
        """How many others are fine."""
        return len(self.lines) - len(self.short)

    @property
    def faults(self) -> int:
        """How many faults there are."""
        return sum(len(line.faults) for line in self.lines)

    @property
    def open_total(self) -> int:
        """How many matters will pass."""
        return sum(one.count for one in self.open)

    @property
    def words(self) -> str:
        """How the tests stand, in one line."""
        good, waiting, bad = (
            sum(line.tone == tone for line in self.lines) for tone in ("green", "orange", "red")
        )
        waits = f", {waiting} chờ" if waiting else ""
        faulty = f"{bad} phép thử có lỗi" if bad else "không có lỗi chặn"
        return f"{good} đạt{waits}, {faulty}"


def checks_of(draft: "Reorganisation", plan: Plan) -> Checks:
    """The tests of a plan: faults first, then what waits. Two queries a holder."""
    lines = [_line(draft, one) for one in check_plan(plan)]
    order = ("red", "orange", "green")
    lines.sort(key=lambda line: order.index(line.tone))
    return Checks(lines, _open(plan))


def _line(draft: "Reorganisation", check: Check) -> Line:
    state, tone = STATES[check.state]
    faults = [fault.message for fault in check.faults]
    url, mend = _where(draft, check.key) if faults else ("", "")
    # Who takes over what is told in a table of its own.
    told = () if check.key.startswith(HOLDER) else check.details
    details = [one for one in told if one not in faults]
    return Line(check.key, check.words, state, tone, details, faults, url, mend)


def _where(draft: "Reorganisation", key: str) -> tuple[str, str]:
    # What other modules hold stands against the day: reports sent, figures, terms of people.
    other = MENDED["days"] if key.startswith(HOLDER) else ("units", "", "Sửa đơn vị")
    step, at, words = MENDED.get(key, other)
    if step == "shares" and not SHAPES[draft.kind].shares:
        step, words = "units", "Sửa đơn vị"
    return reverse(f"desk:reorganise-{step}", args=[draft.pk]) + at, words


def _open(plan: Plan) -> list[Open]:
    """What is open at the units that end. One query a holder."""
    if not plan.ended:
        return []
    return [
        Open(
            holder.label,
            plan.names[giver],
            plan.names.get(plan.heirs.get(giver, 0), ""),
            count,
        )
        for holder in all_holders()
        for giver, count in sorted(holder.count_open(plan.ended, plan.on).items())
    ]
