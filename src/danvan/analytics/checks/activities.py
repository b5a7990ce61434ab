"""Activities counted again: unit by unit through the counters, where the report summed kind by kind."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from danvan.analytics.checks.counting import CountedAgain, records_differ
from danvan.analytics.checks.gaps import Gap, Part, Sum
from danvan.analytics.figures import Figure
from danvan.analytics.links import link
from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.following import whose_records
from danvan.organisations.selectors.spans import spans_of


class ActivitiesAgain(CountedAgain):
    """The activities of the place: their sums by commune, and the records themselves."""

    @cached_property
    def _under(self) -> Any:
        """The units of the report, as a query: a list of its ids would have to be bound in each count."""
        one = self.summary
        return whose_records(one.unit_id, one.reading, since=one.period.first, until=one.as_of)

    @cached_property
    def _places(self) -> dict[int, int]:
        """The place in which each unit with a record stands, or stood last."""
        led = {unit for kind in self._kinds for unit in self._counts[kind]}
        return {span.unit_id: span.place_id or span.unit_id for span in spans_of(led)}

    @cached_property
    def _names(self) -> dict[int, str]:
        return last_names(set(self._places.values()), self.summary.as_of)

    @cached_property
    def _kinds(self) -> list[str]:
        keys = (key.split(":") for key in self.told if key.startswith("activities:"))
        return list(dict.fromkeys(kind for _, kind, _ in keys))

    @cached_property
    def _span(self) -> Period:
        return self.summary.period.until(self.summary.as_of)

    @cached_property
    def _counts(self) -> dict[str, dict[int, int]]:
        """By kind, what each unit did."""
        return {
            kind: dict(counters.named(f"activities.{kind}").count(self._under, self._span))
            for kind in self._kinds
        }

    @cached_property
    def _records(self) -> dict[str, int]:
        """By kind, how many records there are."""
        return {
            kind: counters.named(f"activities.{kind}").how_many_records(self._under, self._span)
            for kind in self._kinds
        }

    def sums(self) -> list[Sum]:
        """By kind: the quantities of the communes make the whole, and so do the units that lead."""
        found = []
        for key, figure in self.told.items():
            part, _, rest = key.partition(":")
            kind, _, what = rest.partition(":")
            if part != "activities" or what == "attendance":
                continue
            parts: dict[int, int] = defaultdict(int)
            for unit, number in self._counts[kind].items():
                parts[self._places[unit]] += number if what == "quantity" else 1
            found.append(self._sum(figure, kind, parts))
        return found

    def _sum(self, figure: Figure, kind: str, parts: dict[int, int]) -> Sum:
        def named() -> list[Part]:
            return [
                Part(self._names[place], number, self._opened(kind, place))
                for place, number in sorted(parts.items())
            ]

        total = sum(parts.values())
        return Sum(figure.key, figure.definition, figure.numerator, total, named, figure.href)

    def _opened(self, kind: str, place: int) -> str:
        name, period = self._names[place], self.summary.period.code
        return link(
            "activities:list",
            loai=kind,
            ky=period,
            don_vi=name,
            don_vi_id=place,
            tinh_trang="duoc-dem",
        )

    def unbacked(self, figure: Figure) -> list[Gap]:
        """The records are as many as told; read one by one, their quantities make the figure."""
        _, kind, what = figure.key.split(":")
        if not self.thorough or what != "quantity":
            return records_differ(figure, self._records[kind], None)
        records = counters.named(f"activities.{kind}").records(self._under, self._span)
        return records_differ(figure, len(records), sum(one.quantity for one in records))
