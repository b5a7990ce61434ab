"""Activities counted again: unit by unit through the counters, where the report summed kind by kind."""

from collections import defaultdict
from functools import cached_property

from danvan.analytics.checks.counting import CountedAgain, records_differ
from danvan.analytics.checks.gaps import Gap, Part, Sum
from danvan.analytics.figures import Figure
from danvan.analytics.links import link
from danvan.indicators import counters
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import last_names, units_on, units_under


class ActivitiesAgain(CountedAgain):
    """The activities of the place: their sums by commune, and the records themselves."""

    @cached_property
    def _places(self) -> dict[int, int]:
        """The place in which each unit of the report stands."""
        under = units_under([self.summary.unit_id], on=self.summary.as_of, follows=Follows.PLACE)
        ids = [row["unit_id"] for row in under]
        found = units_on(ids, self.summary.as_of).values()
        return {unit.id: unit.place_id or unit.id for unit in found}

    @cached_property
    def _names(self) -> dict[int, str]:
        return last_names(set(self._places.values()), self.summary.as_of)

    def _counts(self, kind: str) -> dict[int, int]:
        span = self.summary.period.until(self.summary.as_of)
        return dict(counters.named(f"activities.{kind}").count(list(self._places), span))

    def sums(self) -> list[Sum]:
        """By kind: the quantities of the communes make the whole, and so do the units that lead."""
        found = []
        for key, figure in self.told.items():
            part, _, rest = key.partition(":")
            kind, _, what = rest.partition(":")
            if part != "activities" or what == "attendance":
                continue
            parts: dict[int, int] = defaultdict(int)
            for unit, number in self._counts(kind).items():
                parts[self._places[unit]] += number if what == "quantity" else 1
            found.append(self._sum(figure, kind, parts))
        return found

    def _sum(self, figure: Figure, kind: str, parts: dict[int, int]) -> Sum:
        period = self.summary.period.code
        told = tuple(
            Part(
                self._names[place],
                number,
                link("activities:list", loai=kind, ky=period, don_vi=self._names[place],
                     don_vi_id=place, tinh_trang="duoc-dem"),
            )
            for place, number in sorted(parts.items())
        )  # fmt: skip
        return Sum(figure.key, figure.definition, figure.numerator, told, figure.href)

    def unbacked(self, figure: Figure) -> list[Gap]:
        """The records are as many as told; read one by one, their quantities make the figure."""
        _, kind, what = figure.key.split(":")
        counter = counters.named(f"activities.{kind}")
        span = self.summary.period.until(self.summary.as_of)
        if not self.thorough or what != "quantity":
            there = counter.how_many_records(list(self._places), span)
            return records_differ(figure, there, None)
        records = counter.records(list(self._places), span)
        return records_differ(figure, len(records), sum(one.quantity for one in records))
