"""Which province tells of which cases: each counts in the totals of one, whatever was merged or divided meanwhile."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from danvan.law.selectors import add_months
from danvan.organisations.selectors import identities, spans_under
from danvan.organisations.selectors.following import counted_for
from danvan.petitions.models import VaultTold

DAY = timedelta(days=1)


def end_of(year: int, quarters: int) -> date:
    """The last day of the first quarters of a year."""
    return add_months(date(year, 1, 1), 3 * quarters) - DAY


def tellers(province_id: int, year: int, *, on: date) -> dict[int, date]:
    """Of which provinces this one tells what came in a year, each from which day on: of itself, and of those that ended and
    left it their largest part, from what was told before on.

    So nothing that was told stands in a second total: no subtraction of an heir's and those before it tells anything.
    """
    first = date(year, 1, 1)
    ended = _ended_into(province_id, first, on)
    untold = {one: _untold_from(one, year) for one in ended}
    found = {province_id: first}
    for one in ended:
        # what it left was perhaps told by who took over from it, and ended too
        through = [
            other
            for other, end in ended.items()
            if other != one and one in _ended_into(other, first, end - DAY)
        ]
        found[one] = max(untold[each] for each in (one, *through))
    return found


def told_by(province_id: int, year: int, days: tuple[date, date], *, on: date) -> Callable[[int, date], bool]:  # fmt: skip
    """Whether what happened in a unit on a day of these counts in the totals of the province. A few queries."""
    since = tellers(province_id, year, on=on)
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    stood = spans_under(since, since=days[0], until=days[1] + DAY, heirs=True)
    for top, unit, first, last in stood:
        spans[unit].append((max(first, since[top]), last or date.max))

    def counts(unit_id: int, day: date) -> bool:
        return any(first <= day < last for first, last in spans[unit_id])

    return counts


def _ended_into(province_id: int, first: date, on: date) -> dict[int, date]:
    """The provinces that ended since a day and of which this one has the largest part on a day, with the day they ended."""
    before = counted_for([province_id], on=on, since=first - DAY, until=on)
    return {pk: one.ended_on for pk, one in identities(before).items() if one.ended_on}


def _untold_from(province_id: int, year: int) -> date:
    """The first day of the year that stands in nothing this province told."""
    told = VaultTold.objects.filter(province=province_id, year=year).order_by("-quarters").first()
    return end_of(year, told.quarters) + DAY if told else date(year, 1, 1)
