"""What is counted from the ledger: what a unit said was done, and what was found done, by lead and day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from danvan.commitments.models import Commitment, CommitmentEvidence
from danvan.foundation.periods import Period
from danvan.indicators.counters import CountedRecord, Counter, register, tally_by


def register_all() -> None:
    """Register the counters of the ledger; called once, when the app starts."""
    for of in (
        _Counted("claimed", "Việc đã báo xong", "báo xong"),
        _Counted("verified", "Việc đã kiểm tra xong", "kiểm tra xong"),
    ):
        register(
            Counter(
                key=f"commitments.{of.key}",
                label=of.label,
                unit_label="việc",
                definition=f"Đếm việc do đơn vị chủ trì, theo ngày {of.day_words}.",
                count=of.count,
                records=of.records,
                count_by=of.count_by,
                number_of_records=of.number_of_records,
            )
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    """The commitments that were claimed, or verified, on a day within a period."""

    key: str
    label: str
    day_words: str

    def _days(self, period: Period) -> Q:
        name = f"{self.key}_on"
        return Q(**{f"{name}__gte": period.first, f"{name}__lt": period.end})

    def _of(self, unit_ids: Collection[int]) -> Any:
        """Those of these units; `counted_at` is the unit that led on the day: a claim stays where it was made."""
        rows: Any = Commitment.objects.all()
        if self.key == "verified":
            found = rows.filter(lead_id__in=unit_ids)
            return found.annotate(counted_at=F("lead_id"))
        led = Q(lead_id__in=unit_ids, claimed_unit=None) | Q(claimed_unit_id__in=unit_ids)
        found = rows.filter(led)
        return found.annotate(counted_at=Coalesce("claimed_unit_id", "lead_id"))

    def count(self, unit_ids: Collection[int], period: Period) -> dict[int, int]:
        """By unit."""
        rows = self._of(unit_ids).filter(self._days(period)).order_by().values("counted_at")
        return dict(rows.annotate(number=Count("pk")).values_list("counted_at", "number"))

    def count_by(
        self, unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        """By unit and period, in one query."""
        return tally_by(
            self._of(unit_ids),
            unit="counted_at",
            periods=periods,
            within=self._days,
            number=lambda of: Count("pk", filter=of),
        )

    def number_of_records(self, unit_ids: Collection[int], period: Period) -> int:
        """How many there are."""
        return int(self._of(unit_ids).filter(self._days(period)).count())

    def records(self, unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        """Those behind exactly that count."""
        found = list(self._of(unit_ids).filter(self._days(period)).order_by(f"{self.key}_on", "pk"))
        shown = CommitmentEvidence.objects.filter(commitment__in=found)
        evidenced = set(shown.values_list("commitment_id", flat=True))
        return [
            CountedRecord(
                model="commitments.commitment",
                pk=one.pk,
                unit_id=one.counted_at,
                title=f"{one.number} {one.title}",
                day=getattr(one, f"{self.key}_on"),
                quantity=1,
                url=reverse("commitments:card", args=[one.pk]),
                has_evidence=one.pk in evidenced,
            )
            for one in found
        ]
