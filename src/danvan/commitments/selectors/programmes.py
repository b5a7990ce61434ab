"""Work programmes as pages, papers and the modules above read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.accounts.selectors import reaches, units_granted
from danvan.commitments.models import (
    Commitment,
    CommitmentSupport,
    ProgrammeChange,
    ProgrammeEntry,
    ProgrammeEntryQuerySet,
    ProgrammeParty,
    WorkProgramme,
    WorkProgrammeQuerySet,
)
from danvan.commitments.programme_enums import EntryKind, ProgrammeState
from danvan.commitments.selectors.chairs import Chair, chairs_of
from danvan.commitments.selectors.ledger import own_units
from danvan.commitments.selectors.programme_checks import Warned, warnings_of
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors import last_names, names_on, units_on
from danvan.organisations.selectors.spans import ids_among
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_DEADLINES = 200  # offered at once
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of a programme with the names of who takes part."""

    entry: ProgrammeEntry
    parties: tuple[str, ...]

    @property
    def when(self) -> str:
        """The day with its weekday, or the range."""
        return when_of(self.entry.starts_on, self.entry.ends_on)

    @property
    def told(self) -> list[str]:
        """The line in words, a cell a column of the paper."""
        one = self.entry
        day = f"{self.when}\n{one.hours}" if one.hours else self.when
        what = one.content
        if one.kind == EntryKind.DIALOGUE:
            what = f"Tiếp xúc, đối thoại: {what}"
        if one.source:
            what = f"{what} ({one.source})"
        return [day, what, one.chair, one.place, "; ".join(self.parties)]


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """What the page of one programme and its papers show."""

    programme: WorkProgramme
    unit_name: str
    unit_kind: str
    place_name: str
    period: Period
    lines: list[EntryLine]
    cancelled: list[EntryLine]
    warnings: list[Warned]
    amendments: list[ProgrammeChange]
    may_keep: bool
    chairs: dict[
        str, Chair
    ]  # by the words for a chair, whom they mean: for who keeps the programme

    @property
    def title(self) -> str:
        """Chương trình công tác tháng 12/2026."""
        return f"Chương trình công tác {self.period.label}"


def when_of(first: date, last: date) -> str:
    """Thứ Hai, 07/12/2026; or from the one to the other."""
    if first == last:
        return f"{WEEKDAYS[first.weekday()]}, {format_date(first)}"
    return f"Từ {format_date(first)} đến {format_date(last)}"


def allowed_programmes(user: "User", action: str) -> WorkProgrammeQuerySet:
    """Where every view of a programme starts."""
    return WorkProgramme.objects.allowed(user, action)


def allowed_entries(user: "User", action: str) -> ProgrammeEntryQuerySet:
    """Where every view of one line of an issued programme starts."""
    return ProgrammeEntry.objects.allowed(user, action)


def programme_card(user: "User", programme: WorkProgramme) -> ProgrammeCard:
    """One programme with its lines, what is to be minded before it is issued, its amendments; a fixed number of queries."""
    period = Period.parse(programme.month)
    day = programme.issued_on or clock.today()
    lines = entry_lines(programme.entries.all(), on=day)
    unit = units_on([programme.unit_id], day).get(programme.unit_id)
    place_id = unit.place_id if unit else None
    names = last_names({programme.unit_id, place_id or 0}, day)
    standing = [one for one in lines if one.entry.cancelled_on is None]
    may_keep = reaches(user, "programmes.keep", programme.unit_id)
    words = [one.entry.chair for one in standing] if may_keep else []
    return ProgrammeCard(
        programme=programme,
        unit_name=names.get(programme.unit_id, ""),
        unit_kind=unit.kind if unit else "",
        place_name=names.get(place_id or 0, ""),
        period=period,
        lines=standing,
        cancelled=[one for one in lines if one.entry.cancelled_on is not None],
        warnings=warnings_of(programme, [one.entry for one in standing], unit=unit),
        amendments=list(programme.amendments.select_related("by")),
        may_keep=may_keep,
        chairs=chairs_of(programme.unit_id, words, on=clock.today()),
    )


def entry_lines(entries: Iterable[ProgrammeEntry], *, on: date) -> list[EntryLine]:
    """The lines with the names of who takes part. Three queries for any number."""
    found = list(entries)
    parties: dict[int, list[int]] = {}
    rows = ProgrammeParty.objects.filter(entry__in=[one.pk for one in found]).order_by("pk")
    for entry_id, unit_id in rows.values_list("entry_id", "unit_id"):
        parties.setdefault(entry_id, []).append(unit_id)
    names = last_names({unit for units in parties.values() for unit in units}, on)
    return [
        EntryLine(one, tuple(names.get(unit, "") for unit in parties.get(one.pk, ())))
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One programme as a list shows it."""

    programme: WorkProgramme
    unit_name: str
    entries: int
    dialogues: int

    @property
    def period(self) -> Period:
        """Its month."""
        return Period.parse(self.programme.month)


def programme_lines(programmes: Iterable[WorkProgramme]) -> list[ProgrammeLine]:
    """The rows of one page with what stands beside them. Two queries for any number."""
    found = list(programmes)
    names = last_names({one.unit_id for one in found}, clock.today())
    counted: dict[int, list[str]] = {}
    kinds = ProgrammeEntry.objects.standing().filter(programme__in=[one.pk for one in found])
    for programme_id, kind in kinds.order_by("pk").values_list("programme_id", "kind"):
        counted.setdefault(programme_id, []).append(kind)
    return [
        ProgrammeLine(
            one,
            names.get(one.unit_id, ""),
            len(counted.get(one.pk, ())),
            counted.get(one.pk, []).count(EntryKind.DIALOGUE),
        )
        for one in found
    ]


def keeping_units(user: "User", *, on: date) -> list[tuple[int, str]]:
    """The user's own organisations whose programmes and plans they may keep, as choices by name."""
    own = ids_among(own_units(user), units_granted(user, "programmes.keep"))
    standing, names = units_on(own, on), names_on(own, on)
    return sorted(
        ((pk, name) for pk, name in names.items() if not standing[pk].is_place),
        key=lambda pair: sort_key(pair[1]),
    )


@dataclass(frozen=True, slots=True)
class InProgramme:
    """The line of an issued programme in which a dialogue stands."""

    entry_id: int
    day: date
    month: str
    symbol: str
    content: str


def dialogue_in_programme(unit_ids: Collection[int], day: date) -> InProgramme | None:
    """The line of kind dialogue in the issued programme of one of these units on a day; None where none is. One query."""
    found = (
        ProgrammeEntry.objects.standing()
        .between(day, day)
        .filter(
            kind=EntryKind.DIALOGUE,
            programme__unit_id__in=list(unit_ids),
            programme__state=ProgrammeState.ISSUED,
        )
        .select_related("programme")
        .first()
    )
    return _in_programme(found) if found else None


def has_programme(unit_ids: Collection[int], day: date) -> bool:
    """Whether one of these units issued its programme of the month of this day. One query."""
    month = Period.containing(day, Every.MONTH).code
    return WorkProgramme.objects.filter(
        unit_id__in=list(unit_ids), month=month, state=ProgrammeState.ISSUED
    ).exists()


def _in_programme(one: ProgrammeEntry) -> InProgramme:
    held = one.programme
    return InProgramme(one.pk, one.starts_on, held.month, held.symbol, one.content)


def deadlines_to_take_in(programme: WorkProgramme) -> list[Commitment]:
    """What the unit leads or supports that is due in the month and does not stand in the programme. One query."""
    period = Period.parse(programme.month)
    helped = CommitmentSupport.objects.filter(unit_id=programme.unit_id).values("commitment_id")
    there = programme.entries.exclude(commitment=None).values("commitment_id")
    found = Commitment.objects.undone().filter(
        Q(lead_id=programme.unit_id) | Q(pk__in=helped),
        ordered_by__gte=period.first,
        ordered_by__lt=period.end,
    )
    return list(found.exclude(pk__in=there).order_by("ordered_by", "pk")[:MOST_DEADLINES])
