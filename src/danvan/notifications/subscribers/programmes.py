"""Programmes of a month: the units and persons named in one are told when it is issued, and of lines of theirs that change.

Whoever chairs a line is named in words; they are told where the words mean one person of the unit.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from danvan.accounts.selectors import holders_near
from danvan.commitments.events import ProgrammeAmended, ProgrammeIssued
from danvan.commitments.selectors import change_told, programme_told
from danvan.commitments.selectors.chairs import chairs_of
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.foundation.periods import Period
from danvan.notifications.addresses import calendar_page, programme_entry_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.commitments.models import ProgrammeEntry

KEEP = "programmes.keep"


@subscribe(ProgrammeIssued)
def tell_issued(event: ProgrammeIssued) -> None:
    """One notice a person, with how many lines are theirs."""
    programme = programme_told(event.programme_id)
    if programme is None:
        return
    mine: dict[int, list[ProgrammeEntry]] = defaultdict(list)
    lines = list(programme.entries.all())
    units = {party.unit_id for one in lines for party in one.parties.all()}
    people = holders_near(units, KEEP)
    chairs = chairs_of(programme.unit_id, [one.chair for one in lines], on=clock.today())
    for one in lines:
        chair = chairs.get(one.chair)
        named = _named(one, (party.unit_id for party in one.parties.all()), people)
        for user in named | ({chair.user_id} if chair and chair.user_id else set()):
            mine[user].append(one)
    mine.pop(programme.issued_by_id or 0, None)
    month = Period.parse(programme.month)
    for user, some in sorted(mine.items()):
        words = (
            f"{_name(programme.unit_id)} ban hành chương trình {month.label} số {programme.symbol}"
        )
        tell(
            [user],
            key=f"{event.name}:{programme.pk}",
            topic=Topic.COMMITMENT,
            words=f"{words}: {format_number(len(some))} mục có đồng chí hoặc đơn vị của đồng chí",
            url=programme_entry_page(some[0].pk)
            if len(some) == 1
            else calendar_page(programme.month),
        )


@subscribe(ProgrammeAmended)
def tell_amended(event: ProgrammeAmended) -> None:
    """Only those who take part in the line, or did until now, are told."""
    change = change_told(event.change_id)
    if change is None:
        return
    entry, programme = change.entry, change.programme
    people = _named(entry, event.unit_ids, holders_near(event.unit_ids, KEEP))
    day = format_date(entry.starts_on)
    what = f"{lower_first(change.get_kind_display())} mục ngày {day} của chương trình công tác"
    tell(
        (people | set(event.user_ids)) - {change.by_id or 0},
        key=f"{event.name}:{change.pk}",
        topic=Topic.COMMITMENT,
        words=f"{_name(programme.unit_id)} {what}: {entry.content}",
        url=programme_entry_page(entry.pk)
        if entry.cancelled_on is None
        else calendar_page(programme.month),
    )


def _named(entry: "ProgrammeEntry", units: Iterable[int], people: dict[int, list[int]]) -> set[int]:
    """Who follows the line, and who keeps the programmes of these units."""
    found = {user for unit in units for user in people.get(unit, [])}
    return found | ({entry.officer_id} if entry.officer_id else set())


def _name(unit_id: int) -> str:
    return last_names([unit_id], clock.today()).get(unit_id, "Đơn vị")
