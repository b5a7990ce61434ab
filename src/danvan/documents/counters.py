"""What is counted from documents: for each type, the documents a unit issued in a period."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from danvan.documents.enums import Direction, DocumentType
from danvan.documents.models import Document, DocumentQuerySet
from danvan.foundation.periods import Period
from danvan.indicators.counters import CountedRecord, Counter, register


def register_all() -> None:
    """Register one counter a document type; called once, when the app starts."""
    for document_type in DocumentType:
        register(
            Counter(
                key=f"documents.issued.{document_type}",
                label=f"{document_type.label} đã ban hành",
                unit_label="văn bản",
                definition=(
                    f"Đếm văn bản loại “{document_type.label}” trong sổ văn bản đi của đơn vị, "
                    "theo ngày ban hành."
                ),
                count=_counting(document_type),
                records=_listing(document_type),
                count_by=_counting_by(document_type),
            )
        )


def _of(document_type: DocumentType, unit_ids: Collection[int], period: Period) -> DocumentQuerySet:
    return Document.objects.filter(
        unit_id__in=unit_ids,
        direction=Direction.OUTGOING,
        document_type=document_type,
        issued_on__gte=period.first,
        issued_on__lt=period.end,
    )


def _counting(document_type: DocumentType) -> Callable[[Collection[int], Period], dict[int, int]]:
    def count(unit_ids: Collection[int], period: Period) -> dict[int, int]:
        rows = _of(document_type, unit_ids, period).order_by().values("unit_id")
        return dict(rows.annotate(number=Count("pk")).values_list("unit_id", "number"))

    return count


def _counting_by(
    document_type: DocumentType,
) -> Callable[[Collection[int], Sequence[Period]], dict[tuple[int, Period], int]]:
    def count_by(
        unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        if not periods:
            return {}
        span = Period(min(p.first for p in periods), max(p.end for p in periods), periods[0].every)
        counts = {
            f"in_{place}": Count(
                "pk", filter=Q(issued_on__gte=period.first, issued_on__lt=period.end)
            )
            for place, period in enumerate(periods)
        }
        rows: Any = (
            _of(document_type, unit_ids, span).order_by().values("unit_id").annotate(**counts)
        )
        return {
            (row["unit_id"], period): row[f"in_{place}"]
            for row in rows
            for place, period in enumerate(periods)
            if row[f"in_{place}"]
        }

    return count_by


def _listing(
    document_type: DocumentType,
) -> Callable[[Collection[int], Period], list[CountedRecord]]:
    def records(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        found = _of(document_type, unit_ids, period).defer("text").order_by("issued_on", "pk")
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
            for document in found
        ]

    return records
