"""Số liệu đơn thư: how many petitions fit each measure, in all, by unit and by topic, and the rows behind each number."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from danvan.accounts.selectors import grants_today, may_at_root
from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names, places_below, top_unit, units_on
from danvan.organisations.selectors.following import found_under, found_under_each, told_names
from danvan.petitions.enums import ANSWERED_KINDS, Kind
from danvan.petitions.models import Petition
from danvan.petitions.selectors.populations import (
    ASKING,
    MEASURES,
    Day,
    Measure,
    countable,
    days_within,
)
from danvan.petitions.selectors.reading import allowed_petitions
from danvan.petitions.spans import Span
from danvan.topics.selectors import growth, reading_under
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

VIEW = "petitions.view"
# What a table is of, by its name in the address.
GROUPS: dict[str, tuple[str, ...]] = {
    "khieu-nai": (Kind.COMPLAINT,),
    "kien-nghi-phan-anh": ANSWERED_KINDS,
}
FEW, MOST, NO_TOPIC = 60, 200, 0
# What stands beside each unit and topic.
SHORT = (
    "opening",
    "received",
    "accepted",
    "owed",
    "resolved",
    "otherwise",
    "on_time",
    "late",
    "closing",
    "closing_overdue",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the statistics are asked for; `alone`: the unit itself and nothing below it."""

    span: Span
    kind: str = ""
    group: str = ""  # of which kinds a table is
    unit_id: int | None = None
    unit: str = ""
    alone: bool = False
    topic_id: int | None = None

    def query(self, **more: object) -> str:
        """The address at which the list shows exactly these."""
        said: dict[str, object] = {
            "ky": self.span.code,
            "chot": self.span.closes,
            "loai": self.kind,
        }
        if self.group:
            said["nhom"] = self.group
        if self.unit_id is not None:
            said |= {"don_vi": self.unit, "don_vi_id": self.unit_id}
        if self.alone:
            said["rieng"] = 1
        if self.topic_id is not None:
            said["linh_vuc"] = self.topic_id
        return urlencode({name: value for name, value in {**said, **more}.items() if value != ""})


@dataclass(frozen=True, slots=True)
class Figured:
    """One row: what it is called, each measure's number, and the address at which the list shows them."""

    name: str
    numbers: Mapping[str, int]
    query: str
    unit_id: int | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The page: the whole, and the short measures by unit and by topic; each part adds up to the whole."""

    whole: Figured
    units: list[Figured] = field(default_factory=list)
    units_left: int = 0
    by_place: bool = False
    topics: list[Figured] = field(default_factory=list)

    @property
    def numbers(self) -> Mapping[str, int]:
        """Those of the whole."""
        return self.whole.numbers


def wanted_petitions(user: "User", wanted: Wanted, *, on: date) -> QuerySet[Petition]:
    """The petitions that `user` may see, at or under the unit, of the kind and topic, of any time."""
    rows: QuerySet[Petition] = allowed_petitions(user, VIEW)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.group:
        rows = rows.filter(kind__in=GROUPS[wanted.group])
    if wanted.alone and wanted.unit_id is not None:
        rows = rows.filter(unit_id=wanted.unit_id)
    elif wanted.unit_id is not None:
        rows = rows.filter(unit_id__in=found_under(wanted.unit_id, on=on))
    if wanted.topic_id == NO_TOPIC:
        rows = rows.filter(topic=None)
    elif wanted.topic_id is not None:
        rows = rows.filter(topic_id__in=reading_under(wanted.topic_id, on))
    return countable(rows)


def counted_petitions(
    user: "User", wanted: Wanted, measure: Measure, *, on: date
) -> QuerySet[Petition]:
    """The rows behind one number: exactly those that it counts."""
    return wanted_petitions(user, wanted, on=on).filter(measure.within(wanted.span.period))


def figures(user: "User", wanted: Wanted, *, on: date) -> Figures:
    """Every measure of what `user` may see, by unit below and by topic. A fixed number of queries."""
    rows = wanted_petitions(user, wanted, on=on)
    by_unit = numbers_by(rows, wanted, MEASURES, by="unit_id")
    by_topic = numbers_by(rows, wanted, SHORT, by="topic_id")
    tops = tops_below(user, wanted, on) if len(by_unit) > FEW else []
    units = by_unit_below(wanted, tops, by_unit, on)
    return Figures(
        whole=Figured("Tất cả", added(by_unit.values()), wanted.query()),
        units=units[:MOST],
        units_left=max(len(units) - MOST, 0),
        by_place=bool(tops),
        topics=_by_topic(wanted, by_topic, on),
    )


def numbers_by(
    rows: QuerySet[Petition], wanted: Wanted, keys: Iterable[str], *, by: str
) -> dict[int, Counter[str]]:
    """The measures by a column of `rows`; 0 stands for none. A fixed number of queries."""
    found = numbers_by_each(rows, wanted, keys, by=(by,))
    return {one or 0: numbers for (one,), numbers in found.items()}


def numbers_by_each(
    rows: QuerySet[Petition], wanted: Wanted, keys: Iterable[str], *, by: tuple[str, ...]
) -> dict[tuple[Any, ...], Counter[str]]:
    """The measures by several columns of `rows`: rows that share their days are gone through once."""
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for within, counts in _turns(list(keys), wanted.span.period):
        counted = rows.filter(within).order_by().values(*by).annotate(**counts)
        for row in counted:
            numbers = found.setdefault(tuple(row[one] for one in by), Counter())
            numbers.update({name[2:]: row[name] for name in counts})
    return found


def _turns(keys: list[str], period: Period) -> Iterator[tuple[Q, dict[str, Count]]]:
    """Which rows are gone through, and what is counted of them.

    What came in and what ended have many measures each, the others few: those are counted together. Clocks and transfers
    are asked of the rows and not of each number, so that a database meets all of them at once.
    """
    for days in ((Day.RECEIVED,), (Day.ENDED,), tuple(set(Day) - {Day.RECEIVED, Day.ENDED})):
        measures = [
            MEASURES[key] for key in keys if key not in ASKING and MEASURES[key].day in days
        ]
        asked = sorted({one.day for one in measures})
        if asked:
            within = reduce(or_, (days_within(day, period) for day in asked))
            each = {
                f"m_{one.key}": one.within(period) if len(asked) > 1 else one.fits(period)
                for one in measures
            }
            yield within, {name: Count("pk", filter=fits) for name, fits in each.items()}
    asking = list(dict.fromkeys(ASKING[key] for key in keys if key in ASKING))
    for of, asks in asking:
        counts = {
            f"m_{key}": Count("pk", filter=days_within(MEASURES[key].day, period))
            for key in keys
            if ASKING.get(key) == (of, asks)
        }
        yield days_within(of, period) & asks(period), counts


def added(parts: Iterable[Mapping[str, int]]) -> Counter[str]:
    """The sum of parts; every measure stands in it."""
    total: Counter[str] = Counter(dict.fromkeys(MEASURES, 0))
    for one in parts:
        total.update(one)
    return total


def by_unit_below(
    wanted: Wanted, tops: list[int], numbers: Mapping[int, Counter[str]], on: date
) -> list[Figured]:
    """By what is found under each of `tops`, then those under none, each alone."""
    left, found = set(numbers), {}
    for top, under in found_under_each(tops, on=on, among=numbers).items() if tops else ():
        mine = under & left
        if mine:
            found[top, False] = added(numbers[one] for one in mine)
        left -= mine
    found |= {(pk, True): numbers[pk] for pk in left}
    ids = list({pk for pk, _ in found})
    names, last = told_names(ids, on=on), last_names(ids, on)
    rows = []
    for (pk, alone), one in found.items():
        name = f"{names[pk]} (riêng đơn vị)" if alone and pk in tops else names[pk]
        row = replace(wanted, unit_id=pk, unit=last[pk], alone=alone)
        rows.append(Figured(name, one, row.query(), pk, alone))
    return sorted(
        rows,
        key=lambda row: (
            -row.numbers["late"] - row.numbers["closing_overdue"],
            -row.numbers["received"],
            sort_key(row.name),
        ),
    )


def tops_below(user: "User", wanted: Wanted, on: date) -> list[int]:
    """The places directly below the one asked for, or below the reader's own; none stands under another."""
    if wanted.unit_id is not None:
        above: Collection[int] = [wanted.unit_id]
    elif may_at_root(user, VIEW):
        above = [top_unit(on=on).id]
    else:
        above = sorted({one.unit_id for one in grants_today(user)})
    found = list(
        places_below([pk for pk, one in units_on(above, on).items() if one.is_place], on=on)
    )
    under = found_under_each(found, on=on, among=found)
    return [pk for pk in found if not any(pk in under[top] for top in found if top != pk)]


def _by_topic(wanted: Wanted, numbers: Mapping[int, Counter[str]], on: date) -> list[Figured]:
    """By the topics at the top of the tree of the day, with what is read under each; then what has none."""
    grown = growth()
    tree = grown.tree_on(on)
    found: dict[int, list[Counter[str]]] = {}
    for topic, one in numbers.items():
        read = grown.read_on(topic, on) if topic in grown.topics else None
        node = tree.by_id.get(read or 0)
        while node is not None and node.parent_id is not None:
            node = tree.by_id[node.parent_id]
        found.setdefault(node.id if node else topic, []).append(one)
    names = {node.id: node.name for node in tree if node.depth == 1}
    ended = sorted(pk for pk in found if pk not in names and pk != NO_TOPIC)
    names |= {pk: grown.topics[pk].spans[-1].name for pk in ended}  # that nothing stands for today
    names[NO_TOPIC] = "Chưa phân lĩnh vực"
    return [
        Figured(name, added(found[pk]), replace(wanted, topic_id=pk).query())
        for pk, name in names.items()
        if pk in found
    ]
