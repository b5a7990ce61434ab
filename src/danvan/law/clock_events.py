"""What can happen to a clock, as plain values."""

from dataclasses import dataclass
from datetime import date

from danvan.law.courses import Term


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far the law lets a term be extended: how often, and how much each time. None is no bound."""

    times: int | None = None
    most: Term | None = None


FREE = Bounds()


@dataclass(frozen=True, slots=True)
class Start:
    """The matter is received: `term` runs from the next day, held by `unit`; or it is due on the day `until`."""

    on: date
    term: Term
    unit: int | None = None
    bounds: Bounds = FREE
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock is stopped. `cap`: days that pauses may take together; it runs again by itself after them,
    or on the day `until`.
    """

    on: date
    reason: str
    cap: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """The clock runs again, from the next day. One that ended is open again, with the day it had."""

    on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Another unit holds the matter. The whole runs on; `term` is what the unit has for its own part."""

    on: date
    unit: int
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Extend:
    """More time, by a document: `more`, or until a day. The first due day stays readable."""

    on: date
    document: str
    more: Term | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """The matter turns out to be of another kind: its term runs from the first receipt, pauses taken out."""

    on: date
    term: Term
    reason: str
    bounds: Bounds = FREE


@dataclass(frozen=True, slots=True)
class End:
    """The matter is done."""

    on: date


Event = Start | Pause | Resume | Transfer | Extend | ChangeKind | End
