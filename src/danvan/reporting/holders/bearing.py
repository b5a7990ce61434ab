"""Who answers for a report whose unit, or a place on its way, has ended.

The heir of the unit enters, sends and mends it, in the name of who owed it; the heir of the place takes its step.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from danvan.organisations.holders import BATCH, FieldHolder, Moved, Passage, by_many
from danvan.organisations.selectors import last_names
from danvan.reporting.enums import Standing
from danvan.reporting.holders.begun import title
from danvan.reporting.models import Obligation, WayStep
from danvan.reporting.services.acts import heirs_line
from danvan.vietnamese.text import lower_first

OPEN = (Standing.DUE, Standing.PROPOSED, Standing.SENT, Standing.RETURNED)


class BorneHolder(FieldHolder):
    """Rows of a `unit` that whoever took over from it answers for, as their `bearer`."""

    borne: ClassVar[Any]  # the manager of the model

    field = "bearer"
    fields = ("bearer",)

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """What was handed over, and what was sent back to the heirs since: the former units mend it themselves."""
        super().take_back(moved, passage, actor=actor)
        heirs, own = set(passage.heirs.values()), {one.row_id for one in moved}
        since = self.borne.filter(bearer_id__in=heirs).order_by("pk")
        rows = [row for row in since.select_for_update(of=("self",)) if row.pk not in own]
        for row in rows:
            former = [one for one in heirs_line(row.unit_id) if one in passage.heirs]
            if row.unit_id in passage.heirs:
                row.bearer_id = None
            elif former:
                row.bearer_id = former[0]
        self.borne.bulk_update(rows, ["bearer"], batch_size=BATCH)

    def giver(self, row: Any) -> int:
        """The unit that owes it, or that answered for it until now."""
        return int(row.bearer_id or row.unit_id)

    def of_units(self, unit_ids: Collection[int]) -> Q:
        """The reports for which these units answer."""
        return Q(bearer_id__in=unit_ids) | Q(bearer=None, unit_id__in=unit_ids)

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """How many reports each unit answers for. One query."""
        found: dict[int, int] = {}
        for some in by_many(unit_ids):
            rows = self.open_rows(on).select_related(None).filter(self.of_units(some)).order_by()
            for unit_id, bearer_id in rows.values_list("unit_id", "bearer_id"):
                found[bearer_id or unit_id] = found.get(bearer_id or unit_id, 0) + 1
        return found


class ObligationHolder(BorneHolder):
    """Reports of months that were over on the day, not accepted yet. What was owed, by whom and by when stays."""

    key = "reporting.obligations"
    label = "báo cáo chưa gửi hoặc chưa duyệt"
    model, borne = Obligation, Obligation.objects
    kept = ("unit_id", "standing", "first_sent_on", "changes")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not accepted, of months before the one in which the unit ends: it stood on their last day."""
        found = Obligation.objects.filter(standing__in=OPEN, first__lt=on.replace(day=1))
        return found.select_related("form")

    def title(self, row: Any) -> str:
        """By its form and month."""
        return title(row)

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """Each title says whose report it is."""
        names = last_names({row.unit_id for row in rows}, passage.on)
        for place, row in enumerate(rows):
            words = f"{moved[place].title} của {names.get(row.unit_id, '')}"[:400]
            moved[place] = replace(moved[place], title=words)


class StepHolder(BorneHolder):
    """Steps on the way of reports that are not accepted yet, whatever their month: the heir takes them."""

    key = "reporting.steps"
    label = "lượt duyệt báo cáo trên đường gửi"
    model, borne = WayStep, WayStep.objects
    kept = ("obligation_id", "position", "unit_id")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """The steps of reports that are not accepted; of one opened again later, the heir is found then."""
        found = WayStep.objects.filter(obligation__standing__in=OPEN)
        return found.select_related("obligation__form")

    def title(self, row: Any) -> str:
        """By the form and month of the report."""
        return f"Lượt duyệt {lower_first(title(row.obligation))}"
