"""What was done before the day stays with the unit that did it; what is dated later is recorded for the heir.

Only a back-dated reorganisation meets activities of the second kind: their unit was no more when they were held, and
counted there they would be counted nowhere.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.activities.models import Activity, ActivityPartner
from danvan.organisations.holders import FieldHolder, Holder, Moved, Passage, StayingRows
from danvan.vietnamese.dates import format_date


class ActivityHolder(FieldHolder):
    """Who led an activity held on the day or later."""

    key = "activities.lead"
    label = "hoạt động ghi từ ngày sắp xếp"
    model = Activity
    field = "unit"
    fields = ("unit",)
    kept = ("held_on", "kind", "quantity", "import_key", "withdrawn_at")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Held when the unit had ended."""
        return Activity.objects.standing().filter(held_on__gte=on)

    def title(self, row: Any) -> str:
        """By its kind and day: its own words may name a person."""
        return f"{row.get_kind_display()} ngày {format_date(row.held_on)}"

    def changed_beside(self) -> tuple[str, ...]:
        """The fingerprint of an imported row."""
        return ("import_key",)

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """Of two rows that came from the same line of a list the second at the heir loses its fingerprint."""
        keys = {row.import_key for row in rows if row.import_key}
        heirs = {one.taker for one in moved}
        there = Activity.objects.standing().filter(unit_id__in=heirs, import_key__in=keys)
        known = set(there.values_list("unit_id", "import_key"))
        for row, one in zip(rows, moved, strict=True):
            one.before["import_key"] = row.import_key
            if (one.taker, row.import_key) in known:
                row.import_key = ""
            known.add((one.taker, row.import_key))

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """The fingerprints as they were."""
        for row, one in zip(rows, moved, strict=True):
            row.import_key = one.before["import_key"]


class PartnerHolder(StayingRows):
    """Who took part beside the lead: a fact of the day, told and not counted."""

    key = "activities.partners"
    label = "hoạt động phối hợp"
    model = ActivityPartner
    fields = ("unit",)
    kept = ("activity_id",)


HOLDERS: tuple[Holder, ...] = (ActivityHolder(), PartnerHolder())
