"""Commitments counted again: lead by lead from the rows, where the report took the totals."""

from functools import cached_property

from danvan.analytics.checks.counting import CountedAgain, gap
from danvan.analytics.checks.gaps import Gap, Part, Sum
from danvan.analytics.figures import Figure
from danvan.commitments.facts import due_by_lead
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import last_names, units_under
from danvan.vietnamese.numbers import format_number


class CommitmentsAgain(CountedAgain):
    """What was due in the period, by the unit that leads."""

    @cached_property
    def _by_lead(self) -> dict[int, tuple[int, int, int]]:
        one = self.summary
        within = units_under([one.unit_id], on=one.as_of, follows=Follows.PLACE)
        return due_by_lead(within, one.period, one.as_of)

    @cached_property
    def _names(self) -> dict[int, str]:
        return last_names(self._by_lead, self.summary.as_of)

    def sums(self) -> list[Sum]:
        """The leads make what was due, what is claimed and what is overdue."""
        counted = {
            "due": [(lead, due) for lead, (due, _, _) in self._by_lead.items()],
            "claimed": [(lead, due - open_) for lead, (due, open_, _) in self._by_lead.items()],
            "overdue": [(lead, late) for lead, (_, _, late) in self._by_lead.items()],
            "leads": [(lead, 1) for lead, (_, _, late) in self._by_lead.items() if late],
        }
        return [
            Sum(figure.key, figure.definition, figure.numerator, self._parts(rows), figure.href)
            for what, rows in counted.items()
            if (figure := self.told.get(f"commitments:{what}"))
        ]

    def _parts(self, rows: list[tuple[int, int]]) -> tuple[Part, ...]:
        return tuple(Part(self._names.get(lead, ""), number) for lead, number in rows if number)

    def within_wholes(self) -> tuple[int, list[Gap]]:
        """Nothing is found to be done that was not said to be done."""
        verified, claimed = (
            self.told.get("commitments:verified"),
            self.told.get("commitments:claimed"),
        )
        if verified is None or claimed is None:
            return 0, []
        if verified.numerator <= claimed.numerator:
            return 1, []
        told, of = format_number(verified.numerator), format_number(claimed.numerator)
        return 1, [gap(verified, f"đã kiểm tra {told}, mới báo xong {of}.")]

    def population_of(self, figure: Figure) -> int | None:
        """What was due, for the figures that share it as their denominator."""
        if figure.key not in ("commitments:claimed", "commitments:verified"):
            return None
        return sum(due for due, _, _ in self._by_lead.values())
