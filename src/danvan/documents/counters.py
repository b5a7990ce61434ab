"""What is counted from documents: for each type those a unit issued in a period, and those it had by its end.

A regulation made last year still stands this year: what is asked is that the unit has one, not that it
issues one again. Such types have a second counter, of what was issued up to the end of the period.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from danvan.documents.enums import STANDING_TYPES, Direction, DocumentType
from danvan.documents.models import Document, DocumentQuerySet
from danvan.foundation.periods import Period
from danvan.indicators.counters import CountedRecord, Counter, register, tally_by


def register_all() -> None:
    """Register the counters of every document type; called once, when the app starts."""
    for document_type in DocumentType:
        register(_issued(document_type))
    for document_type in STANDING_TYPES:
        register(_held(document_type))


def _issued(document_type: DocumentType) -> Counter:
    of = _Counted(document_type, held=False)
    return Counter(
        key=f"documents.issued.{document_type}",
        label=f"{document_type.label} đã ban hành",
        unit_label="văn bản",
        definition=(
            f"Đếm văn bản loại “{document_type.label}” trong sổ văn bản đi của đơn vị, theo ngày ban hành."
        ),
        count=of.count,
        records=of.records,
        count_by=of.count_by,
        number_of_records=of.number_of_records,
    )


def _held(document_type: DocumentType) -> Counter:
    of = _Counted(document_type, held=True)
    return Counter(
        key=f"documents.held.{document_type}",
        label=f"Đã có {document_type.label.lower()}",
        unit_label="văn bản",
        definition=(
            f"Đếm văn bản loại “{document_type.label}” trong sổ văn bản đi của đơn vị, ban hành từ trước "
            "đến hết kỳ; văn bản của năm trước vẫn được tính."
        ),
        count=of.count,
        records=of.records,
        count_by=of.count_by,
        number_of_records=of.number_of_records,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """The documents of one type that count for a period: issued within it, or `held` by its end."""

    document_type: DocumentType
    held: bool

    def _days(self, period: Period) -> Q:
        by_the_end = Q(issued_on__lt=period.end)
        return by_the_end if self.held else by_the_end & Q(issued_on__gte=period.first)

    def _documents(self, unit_ids: Collection[int]) -> DocumentQuerySet:
        return Document.objects.filter(
            unit_id__in=unit_ids, direction=Direction.OUTGOING, document_type=self.document_type
        )

    def count(self, unit_ids: Collection[int], period: Period) -> dict[int, int]:
        """By unit."""
        rows = self._documents(unit_ids).filter(self._days(period)).order_by().values("unit_id")
        return dict(rows.annotate(number=Count("pk")).values_list("unit_id", "number"))

    def count_by(
        self, unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        """By unit and period, in one query."""
        return tally_by(
            self._documents(unit_ids),
            unit="unit_id",
            periods=periods,
            within=self._days,
            number=lambda of: Count("pk", filter=of),
        )

    def number_of_records(self, unit_ids: Collection[int], period: Period) -> int:
        """How many there are."""
        return self._documents(unit_ids).filter(self._days(period)).count()

    def records(self, unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        """Those behind exactly that count."""
        found = self._documents(unit_ids).filter(self._days(period)).defer("text")
        return [
            CountedRecord(
                model="documents.document",
                pk=document.pk,
                unit_id=document.unit_id,
                title=f"{document.symbol} {document.abstract}".strip(),
                day=document.issued_on or period.first,
                quantity=1,
                url=reverse("documents:card", args=[document.pk]),
                has_evidence=document.file_id is not None,
            )
            for document in found.order_by("issued_on", "pk")
        ]
