"""Commitments counted again: one by one from the rows, where the report took the totals."""

from collections import Counter
from functools import cached_property

from danvan.analytics.checks.counting import CountedAgain, gap, records_differ
from danvan.analytics.checks.gaps import Gap, Part, Sum
from danvan.analytics.commitment_part import CommitmentPart, fits
from danvan.analytics.figures import Figure
from danvan.commitments.facts import DueRow
from danvan.organisations.selectors import last_names
from danvan.vietnamese.numbers import format_number

SUMMED = (
    "due", "claimed", "verified", "verified_in_time", "asked", "agreed", "disputed", "overdue",
)  # fmt: skip


class CommitmentsAgain(CountedAgain):
    """What was due in the period, by the unit that leads."""

    @cached_property
    def _rows(self) -> list[DueRow]:
        one = self.summary
        return CommitmentPart(one.unit_id, one.unit_name, one.period, one.as_of, one.reading).rows()

    @cached_property
    def _names(self) -> dict[int, str]:
        return last_names({row.lead_id for row in self._rows}, self.summary.as_of)

    def _fitting(self, what: str) -> list[DueRow]:
        return [row for row in self._rows if fits(row, what, self.summary.as_of)]

    def sums(self) -> list[Sum]:
        """The leads make what was due, claimed, checked and overdue; and as many leads have something overdue."""
        told = {what: self.told.get(f"commitments:{what}") for what in (*SUMMED, "leads")}
        return [
            self._sum(figure, Counter(row.lead_id for row in self._fitting(what)), what == "leads")
            for what, figure in told.items()
            if figure is not None
        ]

    def _sum(self, figure: Figure, by_lead: "Counter[int]", once: bool) -> Sum:  # noqa: FBT001
        counted = dict.fromkeys(by_lead, 1) if once else dict(by_lead)

        def named() -> list[Part]:
            return [Part(self._names.get(lead, ""), number) for lead, number in counted.items()]

        total = sum(counted.values())
        return Sum(figure.key, figure.definition, figure.numerator, total, named, figure.href)

    def within_wholes(self) -> tuple[int, list[Gap]]:
        """Nothing is found to be done that was not said to be done."""
        verified, claimed = (
            self.told.get(f"commitments:{what}") for what in ("verified", "claimed")
        )
        if verified is None or claimed is None:
            return 0, []
        if verified.numerator <= claimed.numerator:
            return 1, []
        told, of = format_number(verified.numerator), format_number(claimed.numerator)
        return 1, [gap(verified, f"đã kiểm tra {told}, mới báo xong {of}.")]

    def population_of(self, figure: Figure) -> int | None:
        """What was due, or what was checked, for the figures that are parts of it."""
        wholes = {
            "claimed": "due", "verified": "due", "verified_in_time": "verified", "asked": "due",
            "agreed": "asked", "disputed": "asked",
        }  # fmt: skip
        whole = wholes.get(figure.key.split(":")[1])
        return None if whole is None else len(self._fitting(whole))

    def unbacked(self, figure: Figure) -> list[Gap]:
        """As many commitments are listed behind a figure as it says."""
        rows = self._fitting(figure.key.split(":")[1])
        return records_differ(figure, len(rows), None)
