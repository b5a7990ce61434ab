"""The clocks of the vault: kept as rows of its own, folded by the calendar as it stands when they are read.

A changed calendar moves them by itself; the law's own table of clocks knows nothing of them.
"""

from dataclasses import dataclass
from datetime import date

from danvan.foundation import clock
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import Calendar, Folded, calendar_on, fold_clock, parameter, weigh_event
from danvan.law.services import ChangeKind, End, Event, Extend, Pause, Resume, Start, Term
from danvan.petitions.models import Denunciation, VaultClock, VaultClockEvent
from danvan.petitions.vault_enums import LAW_OF, VAULT_CLOCKS, ClockEvent

PAPER = "theo quyết định trong hồ sơ"  # what the fold asks of a paper; the words themselves stand sealed


@dataclass(frozen=True, slots=True)
class VaultClockTold:
    """A clock of a case as a page shows it; `told` is None where the law has no row: then nothing is computed."""

    row: VaultClock
    label: str
    told: Folded | None

    @property
    def open(self) -> bool:
        """Whether it still runs or stands."""
        return self.told is not None and not self.told.ended

    @property
    def days(self) -> int:
        """How many days are left; below nothing once its day is over."""
        return (self.told.due_on - clock.today()).days if self.told else 0


def begin(case: Denunciation, name: str, on: date, *, key: str = "") -> VaultClock:
    """Begin a clock by the row of the law in force on the day of its event."""
    key = key or LAW_OF[name]
    made = VaultClock(denunciation=case, name=name, on=on, key=key)
    try:
        row = parameter(key, on=on)
        made.n, made.unit, made.citation = row.numerator, row.unit, row.citation[:300]
    except UnknownParameter:
        pass  # no row in force: the page says so
    made.save()
    return made


def add(held: VaultClock, kind: ClockEvent, on: date, term: Term | None = None) -> None:
    """Write one event of a clock down; ClockRefused where it cannot follow the others."""
    made = VaultClockEvent(clock=held, kind=kind, on=on)
    if held.n is None:  # nothing is counted: that it is done is kept
        made.save()
        return
    if term is not None:
        made.n, made.unit = term.n, term.counted
    weigh_event(events_of(held), _event(made), calendar_on())
    made.save()


def end(case: Denunciation, names: tuple[str, ...], on: date) -> None:
    """End the open clocks of these names."""
    for held in open_clocks(case):
        if held.name in names:
            add(held, ClockEvent.END, on)


def open_clock(case: Denunciation, name: str) -> VaultClock | None:
    """The clock of this name that has not ended."""
    return next((one for one in open_clocks(case) if one.name == name), None)


def open_clocks(case: Denunciation) -> list[VaultClock]:
    """Those that have not ended; one that the law has no row for never ends."""
    ended = VaultClockEvent.objects.filter(kind=ClockEvent.END, clock__denunciation=case)
    rows = VaultClock.objects.filter(denunciation=case)
    return list(rows.exclude(pk__in=ended.values("clock_id")).prefetch_related("events"))


def events_of(held: VaultClock) -> list[Event]:
    """What happened to a clock, its start first."""
    if held.n is None:
        return []
    start = Start(held.on, Term(held.n, held.unit))
    return [start, *map(_event, held.events.all())]


def tell_clocks(
    case: Denunciation, *, on: date | None = None, calendar: Calendar | None = None
) -> list[VaultClockTold]:
    """Every clock of a case in words, by the calendar as it stands. Two queries and those of the calendar."""
    return tell_all([case], on=on, calendar=calendar)[case.pk]


def tell_all(
    cases: list[Denunciation], *, on: date | None = None, calendar: Calendar | None = None
) -> dict[int, list[VaultClockTold]]:
    """The clocks of many cases. Two queries and those of the calendar for any number."""
    day, by = on or clock.today(), calendar or calendar_on()
    found: dict[int, list[VaultClockTold]] = {one.pk: [] for one in cases}
    rows = VaultClock.objects.filter(denunciation__in=cases).prefetch_related("events")
    for row in rows:
        told = fold_clock(events_of(row), by, on=day) if row.n is not None else None
        found[row.denunciation_id].append(VaultClockTold(row, VAULT_CLOCKS[row.name], told))
    return found


def _event(row: VaultClockEvent) -> Event:
    term = Term(row.n, row.unit) if row.n is not None else None
    match row.kind:
        case ClockEvent.PAUSE:
            return Pause(row.on, PAPER)
        case ClockEvent.RESUME:
            return Resume(row.on, PAPER)
        case ClockEvent.EXTEND:
            return Extend(row.on, PAPER, more=term)
        case ClockEvent.CHANGE if term is not None:
            return ChangeKind(row.on, term, PAPER)
        case _:
            return End(row.on)
