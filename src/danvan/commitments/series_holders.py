"""Duties that come back pass to the heirs while turns of them come; turns that were made pass as commitments do."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.commitments.models import CommitmentSeries, SeriesSupport
from danvan.organisations.holders import FieldHolder, Holder


class _SeriesHolder(FieldHolder):
    """A unit of a series of which more turns come."""

    model = CommitmentSeries
    counts = "changes"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Going on."""
        return CommitmentSeries.objects.all().going_on()

    def title(self, row: Any) -> str:
        """By its number and its words."""
        return f"{row.number}: {row.title}"


class SeriesLeadHolder(_SeriesHolder):
    """Who does each turn."""

    key = "commitments.series_lead"
    label = "việc định kỳ còn lượt phải làm"
    field = "lead"
    fields = ("lead",)
    kept = ("next_on",)


class SeriesAssignerHolder(_SeriesHolder):
    """Who gives each turn, and checks it."""

    key = "commitments.series_assigner"
    label = "việc định kỳ đã giao"
    field = "assigner"
    fields = ("assigner",)


class SeriesSupportHolder(FieldHolder):
    """Who supports each turn; where two became one it stands twice, and is asked once."""

    key = "commitments.series_support"
    label = "việc định kỳ phối hợp"
    model = SeriesSupport
    field = "unit"
    fields = ("unit",)
    waits = False
    kept = ("series_id",)

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Of those going on."""
        return SeriesSupport.objects.filter(series__next_on__isnull=False).select_related("series")

    def title(self, row: Any) -> str:
        """By the number and the words of the series."""
        return f"{row.series.number}: {row.series.title}"


SERIES_HOLDERS: tuple[Holder, ...] = (
    SeriesAssignerHolder(),
    SeriesLeadHolder(),
    SeriesSupportHolder(),
)
