"""A reorganisation that was applied, undone or dropped: what it changed, and what it handed over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from danvan.desk.reorganise.reading.drafts import Changes, Told, few, parts_told
from danvan.foundation import clock
from danvan.foundation.lists import Page, page_of
from danvan.organisations.enums import EventState, HandOverState, Sort
from danvan.organisations.holders import holder_named
from danvan.organisations.selectors import identities, last_names
from danvan.organisations.selectors.passings import passed_from
from danvan.organisations.selectors.reorganising.ground import read_draft
from danvan.organisations.selectors.reorganising.lists import (
    hand_over_counts,
    hand_overs_of,
    written_by,
)
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.organisations.models import HandOver, Reorganisation, Unit

A_PAGE = 25
STATES = {
    HandOverState.WAITING: ("Chờ nhận", "orange", "clock"),
    HandOverState.ACCEPTED: ("Đã nhận", "green", "circle-check"),
    HandOverState.TAKEN_BACK: ("Đã trả lại", "grey", "arrow-back-up"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One matter that was handed over."""

    pk: int
    label: str
    title: str
    giver: str
    taker: str
    state: str
    tone: str
    icon: str
    number: str = ""
    on: date | None = None
    decided_at: datetime | None = None
    others: bool = False


@dataclass(frozen=True, slots=True)
class HandOvers:
    """What a reorganisation handed over: a page of it, and how much has been accepted."""

    page: Page
    lines: list[Line]
    total: int
    words: str


def changes_written(one: "Reorganisation", *, back: bool = False) -> Changes:
    """What the journal says of units, in words, and the shares that passed; `back`: what undoing does with each."""
    written = written_by(one)
    units = [*written.ended, *written.founded, *written.changed]
    # What they were called on the day: later ones may have renamed them.
    names, known = last_names(units, one.effective_on), identities(units)
    titles = (
        ("Hoạt động trở lại", "Không còn trong sổ", "Trở lại như cũ")
        if back
        else ("Chấm dứt", "Lập mới", "Đổi")
    )
    groups = zip(titles, (written.ended, written.founded, written.changed), strict=True)
    found = [(title, _told(units, names, known)) for title, units in groups if units]
    parts = [] if back or one.state != EventState.APPLIED else _parts(one)
    return [*found, ("Chuyển phần", few(parts))] if parts else found


def _parts(one: "Reorganisation") -> list[Told]:
    """The shares of the units it names, as they are on record. Three queries more."""
    drafted, on = read_draft(one), one.effective_on
    rows = passed_from(list(drafted.given), since=on - timedelta(days=1), until=on)
    units = {unit for row in rows for unit in (row.predecessor_id, row.successor_id)}
    names = last_names(units, on)
    return parts_told(((row.predecessor_id, row.successor_id, row.weight) for row in rows), names)


def _told(
    units: Sequence[int], names: Mapping[int, str], known: Mapping[int, "Unit"]
) -> list[Told]:
    """The places by name, the organisations with them counted; what is no longer there counted too."""
    here = [unit for unit in units if unit in known]
    places = [unit for unit in here if known[unit].sort == Sort.PLACE]
    shown = places or here
    lines = few([Told(names[one], url=reverse("desk:unit", args=[one])) for one in shown])
    beside, gone = len(here) - len(shown), len(units) - len(here)
    if beside:
        lines.append(Told(f"và {format_number(beside)} tổ chức đứng ở đó"))
    if gone:
        lines.append(Told(f"{format_number(gone)} đơn vị không còn trong sổ"))
    return lines


def label_of(holder: str) -> str:
    """What the matters of a holder are called."""
    try:
        return holder_named(holder).label
    except KeyError:
        return "việc khác"


def lines_of(rows: Iterable["HandOver"], others: Mapping[int, Any] | None = None) -> list[Line]:
    """The rows in words, those of one holder together. One query."""
    found = list(rows)
    units = {row.giver_id for row in found} | {row.taker_id for row in found if row.taker_id}
    names = last_names(units, clock.today())
    lines = []
    for row in found:
        state, tone, icon = STATES[HandOverState(row.state)]
        lines.append(
            Line(
                pk=row.pk,
                label=label_of(row.holder),
                title=row.title,
                giver=names.get(row.giver_id, ""),
                taker=names.get(row.taker_id or 0, ""),
                state=state,
                tone=tone,
                icon=icon,
                number=row.reorganisation.number if others is not None else "",
                on=row.reorganisation.effective_on if others is not None else None,
                decided_at=row.decided_at,
                others=bool(others and others.get(row.pk)),
            )
        )
    return lines


def hand_overs(one: "Reorganisation", params: Mapping[str, Any]) -> HandOvers | None:
    """A page of what was handed over; None where nothing was. Four queries."""
    found = hand_overs_of(one)
    counted = hand_over_counts(found)
    total = sum(counted.values())
    if not total:
        return None
    page = page_of(found, params, order=("rank", "holder", "pk"), size=A_PAGE, never_null=("rank",))
    sums = {
        state: sum(number for (_, _, held), number in counted.items() if held == state)
        for state in HandOverState
    }
    words = ", ".join(
        f"{format_number(number)} {STATES[state][0].lower()}"
        for state, number in sums.items()
        if number
    )
    return HandOvers(page, lines_of(page.rows), total, words)
