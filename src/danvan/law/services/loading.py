"""Loading parameters and the calendar, correcting a day. None edits what was there; open clocks are counted again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.law.calendar_seed import Seed, seeds
from danvan.law.holding import tell_watchers
from danvan.law.models import CalendarDay, CalendarVersion, LegalParameter
from danvan.law.parameter_file import COLUMNS, PARAMETERS, ParameterRow, read_parameters
from danvan.law.selectors.days import day_faults
from danvan.law.services.recounting import recount_clocks, tell_rules_changed
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical, fold

YEARS = range(2020, 2028)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load of parameters did: how many rows are new, took another's place, were taken out, stayed."""

    added: int
    replaced: int
    withdrawn: int
    unchanged: int


@transaction.atomic
def load_parameters(*, actor: Any = None, path: Path = PARAMETERS) -> Loaded:
    """Make the parameters in force equal to the file, which is the whole of them.

    A row that says something else than the one loaded for the same key and day takes its place as a new
    row; one that left the file is marked so. Neither is changed otherwise: a deadline counted from it keeps
    its row. A key that an administrator set stays as it was set. Loading the same file again does nothing.
    """
    today = clock.today()
    held = list(LegalParameter.objects.select_for_update().filter(replaced_on=None))
    kept = {one.key for one in held if one.corrected}
    current = {(one.key, one.valid_from): one for one in held if one.key not in kept}
    rows = {row.place: row for row in read_parameters(path) if row.key not in kept}
    out = [one for place, one in current.items() if not _says(one, rows.get(place))]
    new = [row for place, row in rows.items() if not _says(current.get(place), row)]
    LegalParameter.objects.filter(pk__in=[one.pk for one in out]).update(replaced_on=today)
    made = LegalParameter.objects.bulk_create(row_of(row, today) for row in new)
    replaced = sum(row.place in current for row in new)
    tell_rules_changed([one.key for one in (*made, *out)], on=today)
    if made or out:
        tell_watchers({one.key for one in (*made, *out)})
        audit.record(
            actor,
            "law.load_parameters",
            (made or out)[0],
            added=[one.pk for one in made],
            replaced=[one.pk for one in out],
        )
    return Loaded(
        added=len(new) - replaced,
        replaced=replaced,
        withdrawn=len(out) - replaced,
        unchanged=len(current) - len(out),
    )


def _says(one: LegalParameter | None, row: ParameterRow | None) -> bool:
    """Whether a loaded row says just what a row of the file says."""
    return (
        one is not None
        and row is not None
        and all(getattr(one, name) == getattr(row, name) for name in COLUMNS)
    )


def row_of(row: ParameterRow, today: date, *, corrected: bool = False) -> LegalParameter:
    """A row of the table that says what a row of the file, or of a form, says."""
    words = f"{row.key} {row.title} {row.scope} {row.citation}"
    return LegalParameter(**row.body, folded=fold(words), loaded_on=today, corrected=corrected)


@transaction.atomic
def load_calendar(
    years: Iterable[int] = YEARS, *, actor: Any = None, passed_agreed: bool = False
) -> CalendarVersion | None:
    """Make the calendar of these years what the library and our files say; None where it already is.

    Days that an administrator corrected stay. Any change makes a new version of the calendar, by which open
    clocks are counted again; refused where a passed deadline would move and nobody agreed.
    """
    wanted = {one.day: one for one in seeds(years)}
    if not wanted:
        return None
    first, last = min(wanted), max(wanted)
    current = {
        one.day: one
        for one in CalendarDay.objects.select_for_update().filter(
            replaced_in=None, day__range=(date(first.year, 1, 1), date(last.year, 12, 31))
        )
    }
    kept = {day for day, one in current.items() if one.corrected}
    seeded_years = {day.year for day in wanted}
    out = [
        one
        for day, one in current.items()
        if day not in kept and day.year in seeded_years and not _reads(one, wanted.get(day))
    ]
    new = [
        seed
        for day, seed in wanted.items()
        if day not in kept and not _reads(current.get(day), seed)
    ]
    if not new and not out:
        return None
    version = _next_version(f"Nạp lịch {first.year}-{last.year}")
    CalendarDay.objects.filter(pk__in=[one.pk for one in out]).update(replaced_in=version)
    CalendarDay.objects.bulk_create(
        CalendarDay(
            day=seed.day,
            working=seed.working,
            reason=seed.reason,
            citation=seed.citation,
            estimated=seed.estimated,
            made_in=version,
        )
        for seed in new
    )
    audit.record(actor, "law.load_calendar", version, years=sorted(seeded_years))
    days = [*(one.day for one in out), *(seed.day for seed in new)]
    recount_clocks(days, version, version.note, passed_agreed=passed_agreed, actor=actor)
    return version


def _reads(one: CalendarDay | None, seed: Seed | None) -> bool:
    return (
        one is not None
        and seed is not None
        and (one.working, one.reason, one.citation, one.estimated)
        == (seed.working, seed.reason, seed.citation, seed.estimated)
    )


def _next_version(note: str) -> CalendarVersion:
    last = CalendarVersion.objects.select_for_update().order_by("-number").first()
    number = last.number + 1 if last else 1
    return CalendarVersion.objects.create(number=number, made_at=clock.now(), note=note)


@transaction.atomic
def correct_calendar_day(
    day: date, *, working: bool, reason: str, citation: str, actor: Any, passed_agreed: bool = False
) -> CalendarDay:
    """Set one day worked or off, as a notice says. It makes a new version of the calendar.

    Open clocks are counted again and the reason is written beside each that moved; refused with the list where a
    passed deadline would move and nobody agreed. What was counted without a clock keeps its day.
    """
    said, basis = " ".join(canonical(reason).split()), " ".join(canonical(citation).split())
    version = _next_version(f"Sửa ngày {format_date(day)}")
    held = CalendarDay.objects.select_for_update().filter(day=day, replaced_in=None).first()
    faults = list(day_faults(day, working=working, reason=said, citation=basis))
    if faults:
        raise RuleError(faults[0].message, faults=faults)
    if held:
        held.replaced_in = version
        held.save(update_fields=["replaced_in"])
    made = CalendarDay.objects.create(
        day=day,
        working=working,
        reason=said,
        citation=basis,
        corrected=True,
        made_in=version,
    )
    audit.record(actor, "law.correct_day", made, day=day.isoformat(), working=working)
    why = f"{version.note}: {said} ({basis})"
    recount_clocks([day], version, why, passed_agreed=passed_agreed, actor=actor)
    return made
