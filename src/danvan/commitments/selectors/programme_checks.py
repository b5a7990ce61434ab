"""What whoever issues a programme is told first: no dialogue in it, days off, two lines at once. Nothing is forbidden."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.commitments.models import ProgrammeEntry, WorkProgramme
from danvan.commitments.programme_enums import (
    MONTHLY_DIALOGUES,
    YEARLY_DIALOGUES,
    EntryKind,
    ProgrammeState,
)
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import calendar_on, parameter
from danvan.organisations.selectors import organisations_at
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.law.models import LegalParameter
    from danvan.organisations.selectors import UnitOnDay

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to be minded, as a whole sentence, with the rule it comes from where there is one."""

    sentence: str
    citation: str = ""
    entry_ids: tuple[int, ...] = ()


def warnings_of(
    programme: WorkProgramme, entries: Sequence[ProgrammeEntry], *, unit: "UnitOnDay | None"
) -> list[Warned]:
    """Everything to be minded of a programme with these lines; a fixed number of queries."""
    if not entries:
        return [Warned("Chương trình chưa có mục nào.")]
    return [
        *_dialogues(programme, entries, unit),
        *_days_off(entries),
        *_clashes(entries, _beside(programme, unit)),
    ]


def _dialogues(
    programme: WorkProgramme, entries: Sequence[ProgrammeEntry], unit: "UnitOnDay | None"
) -> Iterator[Warned]:
    key, levels = YEARLY_DIALOGUES.get(unit.kind if unit else "", ("", ()))
    if unit is None or unit.level not in levels:
        return
    period = Period.parse(programme.month)
    here = sum(one.kind == EntryKind.DIALOGUE for one in entries)
    monthly = _row(MONTHLY_DIALOGUES, period.first)
    if monthly is not None and here < (need := _a_month(monthly)):
        words = (
            f"Chương trình {period.label} có {format_number(here)} mục tiếp xúc, đối thoại; mỗi tháng "
            f"cần ít nhất {format_number(need)}."
        )
        yield Warned(words, monthly.citation)
    yearly = _row(key, period.first)
    if yearly is not None:
        need = -(-yearly.numerator // yearly.denominator)
        planned = here + _planned(programme, period.first.year)
        if planned < need and period.first.month == MONTHS:
            words = (
                f"Các chương trình năm {period.first.year} mới có {format_number(planned)} mục tiếp xúc, "
                f"đối thoại; cả năm người đứng đầu đối thoại ít nhất {format_number(need)} cuộc."
            )
            yield Warned(words, yearly.citation)


def _a_month(row: "LegalParameter") -> int:
    """How often in a month, of a row that says how often in a year."""
    return -(-row.numerator // (row.denominator * MONTHS))


def _row(key: str, on: date) -> "LegalParameter | None":
    try:
        return parameter(key, on=on)
    except UnknownParameter:
        return None


def _planned(programme: WorkProgramme, year: int) -> int:
    others = ProgrammeEntry.objects.standing().filter(
        kind=EntryKind.DIALOGUE,
        programme__unit_id=programme.unit_id,
        programme__state=ProgrammeState.ISSUED,
        programme__month__startswith=f"{year}-",
    )
    return others.exclude(programme_id=programme.pk).count()


def _days_off(entries: Iterable[ProgrammeEntry]) -> Iterator[Warned]:
    calendar = calendar_on()
    for one in entries:
        for day in dict.fromkeys((one.starts_on, one.ends_on)):
            read = calendar.read(day)
            if not read.working:
                why = read.reason or "ngày nghỉ hằng tuần"
                words = f"Mục “{short(one)}” rơi vào ngày nghỉ {format_date(day)} ({why})."
                yield Warned(words, entry_ids=(one.pk,))


def _beside(programme: WorkProgramme, unit: "UnitOnDay | None") -> list[ProgrammeEntry]:
    """What other issued programmes of the same place hold in these days: one head may lead two bodies."""
    period = Period.parse(programme.month)
    place = unit.place_id if unit else None
    units = organisations_at([place], on=clock.today()) if place is not None else []
    found = ProgrammeEntry.objects.standing().between(period.first, period.last)
    return list(
        found.filter(
            Q(programme__unit_id__in=units) | Q(programme__unit_id=programme.unit_id),
            programme__state=ProgrammeState.ISSUED,
        ).exclude(programme_id=programme.pk)
    )


def _clashes(entries: Sequence[ProgrammeEntry], others: Sequence[ProgrammeEntry]) -> list[Warned]:
    pairs = [*combinations(entries, 2), *((one, two) for one in entries for two in others)]
    return [found for one, two in pairs if (found := clash_of(one, two)) is not None]


def clash_of(one: ProgrammeEntry, two: ProgrammeEntry) -> Warned | None:
    """Why two lines cannot both be kept: the same head, or the same place, at once; None where they can."""
    if EntryKind.DEADLINE in (one.kind, two.kind) or not at_once(one, two):
        return None
    same = []
    if one.chair_key and one.chair_key == two.chair_key:
        same.append(f"người chủ trì ({one.chair})")
    if one.place_key and one.place_key == two.place_key:
        same.append(f"địa điểm ({one.place})")
    if not same:
        return None
    day = format_date(max(one.starts_on, two.starts_on))
    words = f"“{short(one)}” và “{short(two)}” trùng {' và '.join(same)} ngày {day}."
    return Warned(words, entry_ids=(one.pk, two.pk))


def at_once(one: ProgrammeEntry, two: ProgrammeEntry) -> bool:
    """Whether two lines meet: on a common day, and there at a common time where both say one."""
    if one.starts_on > two.ends_on or two.starts_on > one.ends_on:
        return False
    if one.starts_at is None or two.starts_at is None:
        return True
    return one.starts_at < _end(two) and two.starts_at < _end(one)


def _end(one: ProgrammeEntry) -> time:
    """When it ends; what says no end is taken to fill its minute."""
    start = one.starts_at or time.min
    return one.ends_at or start.replace(second=59)


def short(one: ProgrammeEntry) -> str:
    """The words of a line as a sentence quotes them."""
    return one.content if len(one.content) <= 80 else f"{one.content[:79]}…"
