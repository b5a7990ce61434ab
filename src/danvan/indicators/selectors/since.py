"""A figure as it was known at a moment beside what it is now, and every value that was given otherwise since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.enums import OverTime, OverTree
from danvan.indicators.exact import decimal_of, millionths_of
from danvan.indicators.models import IndicatorVersion, Value
from danvan.indicators.selectors.behind import Makeup
from danvan.indicators.selectors.rolled import Rolled, in_units
from danvan.indicators.selectors.rolling import roll_up_known
from danvan.organisations.selectors.readings import THEN, Reading

NOUGHT = Fraction(0)
ADDED_UP = {OverTime.SUM, OverTime.LAST, OverTime.LATEST, OverTime.FIRST}


@dataclass(frozen=True, slots=True)
class Moved:
    """What one unit gave for one month: in the figure as it was known then, and as it is known now.

    `old` is None where nothing of it was in the figure then, `new` where nothing of it is now. `share` is by how much
    the value enters the figure.
    """

    indicator_id: int
    unit_id: int
    first: date
    share: Fraction
    old: Value | None = None
    new: Value | None = None

    @property
    def exact(self) -> Fraction:
        """By how much it moved the sum, by its share; an amount that is not known counts as nought."""
        return (_amount(self.new) - _amount(self.old)) * self.share

    @property
    def difference(self) -> Decimal:
        """`exact` as a decimal."""
        return decimal_of(self.exact)


@dataclass(frozen=True, slots=True)
class PartSince:
    """One plain indicator behind a figure: its own figure at both moments, and what moved it, the last given first."""

    version: IndicatorVersion
    then: Rolled
    now: Rolled
    moved: list[Moved] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Whether the differences of the values make the difference of the figures."""
        return self.version.over_tree == OverTree.SUM and self.version.over_time in ADDED_UP

    @property
    def total(self) -> Decimal:
        """The sum of the differences."""
        return decimal_of(sum((one.exact for one in self.moved), NOUGHT))


@dataclass(frozen=True, slots=True)
class Since:
    """A figure known at a moment and the same figure known later, with the plain indicators that it comes down to."""

    moment: datetime
    until: datetime
    then: Rolled
    now: Rolled
    parts: list[PartSince]

    @property
    def difference(self) -> Decimal | None:
        """By how much it moved; None where it is not known at one of the moments."""
        if self.then.exact is None or self.now.exact is None:
            return None
        return decimal_of(self.now.exact - self.then.exact)

    @property
    def moved(self) -> list[Moved]:
        """Every value that was given otherwise."""
        return [one for part in self.parts for one in part.moved]


def changed_since(
    indicator_id: int,
    unit_id: int,
    period: Period,
    *,
    moment: datetime,
    reading: Reading = THEN,
) -> Since:
    """A figure of all that was sent, as it was known at a moment and as it is known now, and what came between.

    Both by the definitions and the register of today (`roll_up_known`): in each reading every value enters by its
    share. Of what is added the differences make the difference of the figures exactly. A value that was sent again
    unchanged is left out. A constant number of queries.
    """
    until = max(clock.now(), moment)
    before, after = (
        Makeup.of(indicator_id, unit_id, period, reading=reading, known=known)
        for known in (moment, until)
    )
    leaves = sorted(before.months)
    ids = list(dict.fromkeys([indicator_id, *leaves]))
    then, now = (
        roll_up_known(ids, [unit_id], period, moment=known, reading=reading)
        for known in (moment, until)
    )
    moved: dict[int, list[Moved]] = defaultdict(list)
    for one in _moved(before, after):
        moved[one.indicator_id].append(one)
    return Since(
        moment=moment,
        until=until,
        then=then[indicator_id, unit_id],
        now=now[indicator_id, unit_id],
        parts=[
            PartSince(
                before.book.version(leaf, period.last),
                then[leaf, unit_id],
                now[leaf, unit_id],
                moved[leaf],
            )
            for leaf in leaves
        ],
    )


def _moved(before: Makeup, after: Makeup) -> Sequence[Moved]:
    """The values in one of the figures and not, or not so, in the other."""
    olds, news = before.rows.order_by(), after.rows.order_by()
    gone = olds.exclude(pk__in=news.values("pk")).select_related("step")
    come = news.exclude(pk__in=olds.values("pk")).select_related("step", "entered_by")
    old = {(one.indicator_id, one.unit_id, one.first): one for one in gone}
    new = {(one.indicator_id, one.unit_id, one.first): one for one in come}
    found = []
    for key in old.keys() | new.keys():
        was, came = old.get(key), new.get(key)
        if was is not None and came is not None and _said(was) == _said(came):
            continue
        share = (after if came is not None else before).share_of(*key)
        found.append(Moved(*key, share, was, came))
    return sorted(found, key=_latest_first)


def _said(value: Value) -> tuple[Decimal | None, int | None]:
    return value.amount, value.step_id


def _latest_first(one: Moved) -> tuple[float, int, date]:
    given = one.new or one.old
    return (-given.entered_at.timestamp() if given else 0, one.unit_id, one.first)


def _amount(value: Value | None) -> Fraction:
    if value is None or value.amount is None:
        return NOUGHT
    return in_units(millionths_of(value.amount)) or NOUGHT
