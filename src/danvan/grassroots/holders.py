"""An unfinished matter passes to the heir of its unit; its clock tells it of a new day; topics are kept as written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from danvan.foundation import clock
from danvan.grassroots.enums import SUBJECT, StepKind
from danvan.grassroots.models import (
    Initiative,
    Matter,
    MatterComment,
    MatterCount,
    MatterStep,
    PublicationPlan,
)
from danvan.grassroots.selectors.reading import commented
from danvan.law.holders import ClockHolder, ClockMoved
from danvan.organisations.holders import FieldHolder, HistoryHolder, Holder, StayingRows
from danvan.topics.holders import counted_by_topic
from danvan.vietnamese.dates import format_date


class MatterHolder(HistoryHolder):
    """Who must publish, ask or answer."""

    key = "grassroots.unit"
    label = "việc dân chủ ở cơ sở chưa kết thúc"
    model = Matter
    field = "unit"
    line = MatterStep
    line_of = "matter"
    line_kind = StepKind.PASSED_ON
    fields = ("unit",)
    kept = ("number", "state", "began_on", "shown_on", "former_id", "passed_on")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Neither ended nor withdrawn."""
        return Matter.objects.unfinished()

    def title(self, row: Any) -> str:
        """By its number and title."""
        return f"{row.number} {row.title}"


class FormerUnitHolder(StayingRows):
    """Whose it was before a reorganisation: told, and counted there."""

    key = "grassroots.former_unit"
    label = "việc dân chủ ở cơ sở trước sắp xếp"
    model = Matter
    fields = ("former",)


class VillageHolder(StayingRows):
    """Which village a matter concerns: a fact of its day."""

    key = "grassroots.village"
    label = "việc dân chủ ở cơ sở của thôn, tổ dân phố"
    model = Matter
    fields = ("village",)


class CountHolder(StayingRows):
    """Which village was counted: a line of minutes."""

    key = "grassroots.counts"
    label = "kết quả biểu quyết của thôn, tổ dân phố"
    model = MatterCount
    fields = ("village",)
    kept = ("round_id", "households", "present", "agreed", "against")


class PlanHolder(FieldHolder):
    """Who carries out the plan of publication of a year that is not over; an heir may have several of one year."""

    key = "grassroots.plans"
    label = "kế hoạch công khai chưa hết năm"
    model = PublicationPlan
    field = "unit"
    fields = ("unit",)
    kept = ("year", "symbol", "issued_on")
    counts = "changes"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Of this year or a later one."""
        return PublicationPlan.objects.filter(year__gte=on.year)

    def title(self, row: Any) -> str:
        """By its year."""
        return str(row)


class InitiativeHolder(FieldHolder):
    """Who answers an initiative of households."""

    key = "grassroots.initiatives"
    label = "sáng kiến của hộ gia đình chưa trả lời"
    model = Initiative
    field = "unit"
    fields = ("unit",)
    kept = ("number", "declined_on", "matter_id")
    counts = "changes"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Neither put to the people nor declined."""
        return Initiative.objects.all().waiting()

    def title(self, row: Any) -> str:
        """By its number and title."""
        return f"{row.number} {row.title}"[:300]


class InitiativeVillageHolder(StayingRows):
    """Whose households proposed it: a fact of its day."""

    key = "grassroots.initiative_villages"
    label = "sáng kiến của thôn, tổ dân phố"
    model = Initiative
    fields = ("village",)


HOLDERS: tuple[Holder, ...] = (
    MatterHolder(),
    FormerUnitHolder(),
    VillageHolder(),
    CountHolder(),
    PlanHolder(),
    InitiativeHolder(),
    InitiativeVillageHolder(),
)


class MatterClocks(ClockHolder):
    """What the law asks of matters whose clocks run."""

    kind = SUBJECT
    label = "việc dân chủ ở cơ sở"

    def titles(self, subject_ids: Collection[int]) -> Mapping[int, str]:
        """What to call each matter."""
        rows = Matter.objects.filter(pk__in=subject_ids)
        return {one.pk: f"{one.number} {one.title}" for one in rows}

    def moved(self, moves: Sequence[ClockMoved], *, actor: Any) -> None:
        """A line of each history that says from which day to which, and why; the day itself is the clock's."""
        MatterStep.objects.bulk_create(
            MatterStep(
                matter_id=one.subject_id,
                kind=StepKind.MOVED,
                at=clock.now(),
                by=actor,
                words=f"Từ {format_date(one.old_due_on)} sang {format_date(one.new_due_on)}: {one.reason}"[
                    :600
                ],
            )
            for one in moves
        )


class FiledComments:
    """What the tree of topics asks of comments: how many rows are filed under each, and where they are listed."""

    key = "grassroots.comments"
    label = "nội dung góp ý"
    action = "dialogues.view"
    passes = "Nội dung góp ý giữ lĩnh vực đã ghi; danh sách và số đếm đọc theo lĩnh vực kế thừa."

    def counts(self, *, reader: Any = None) -> Mapping[int, int]:
        """By topic, as it was written."""
        rows = MatterComment.objects.all()
        if reader is not None:
            rows = commented(reader, topic_id=None, on=clock.today())
        return counted_by_topic(rows)

    def address(self, topic_id: int) -> str:
        """The list of all that are read at or under the topic."""
        return f"{reverse('grassroots:comments')}?linh_vuc={topic_id}"
