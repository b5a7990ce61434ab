"""By which shares re-based figures of a place were brought over, as a footnote says it."""

from fractions import Fraction

from danvan.foundation.periods import Every, Period
from danvan.organisations.enums import Sort
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.passings import Passed, passed_from, passed_to
from danvan.organisations.selectors.readings import Reading, origins
from danvan.organisations.selectors.spans import lives_of
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.numbers import format_share
from danvan.vietnamese.text import lower_first

NAMED = 6


def shares_told(place_id: int, period: Period, reading: Reading) -> str:
    """Which units came over only in part, by what share, by what measure and decision; the largest shares first."""
    assert reading.on is not None
    days = [month.last for month in period.parts(Every.MONTH)]
    flows = origins([place_id], reading, days)
    parted: dict[int, Fraction] = {}
    for day in days:
        held = flows.get((place_id, day), {})
        parted |= {unit: share for unit, share in held.items() if share != 1}
    places = [unit for unit, life in lives_of(parted).items() if life.sort == Sort.PLACE]
    told = places or list(parted)
    names = last_names(told, reading.on)
    how = _how(told, period, reading)
    listed = sorted(told, key=lambda unit: (-parted[unit], sort_key(names.get(unit, ""))))
    words = "; ".join(
        _words(names.get(unit, ""), parted[unit], how.get(unit)) for unit in listed[:NAMED]
    )
    rest = f"; và {len(listed) - NAMED} đơn vị khác" if len(listed) > NAMED else ""
    return f"Tỷ trọng quy đổi: {words}{rest}." if words else ""


def _how(units: list[int], period: Period, reading: Reading) -> dict[int, Passed]:
    on = reading.on
    assert on is not None
    forward = passed_from(units, since=period.first, until=on) if on > period.first else []
    back = passed_to(units, since=on, until=period.last) if period.last > on else []
    return {one.predecessor_id: one for one in reversed(forward)} | {
        one.successor_id: one for one in back
    }


def _words(name: str, share: Fraction, passed: Passed | None) -> str:
    percent = format_share(share.numerator, share.denominator).split("=")[-1].strip()
    how = []
    if passed:
        how = [passed.words, "ước thô" if passed.rough else "", passed.decision]
    said = ", ".join(filter(None, how))
    return f"{lower_first(name)} {percent}{f' ({said})' if said else ''}"
