"""An unfinished matter passes to the heir of its unit; its clock tells it of a new day; topics are kept as written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from danvan.foundation import clock
from danvan.grassroots.enums import SUBJECT, StepKind
from danvan.grassroots.models import Matter, MatterComment, MatterCount, MatterStep
from danvan.grassroots.selectors.reading import commented
from danvan.law.holders import ClockMoved
from danvan.organisations.holders import FieldHolder, Holder, Moved, Passage, StayingRows
from danvan.vietnamese.dates import format_date


class MatterHolder(FieldHolder):
    """Who must publish, ask or answer."""

    key = "grassroots.unit"
    label = "việc dân chủ ở cơ sở chưa kết thúc"
    model = Matter
    field = "unit"
    counts = "changes"
    fields = ("unit",)
    kept = ("number", "state", "began_on", "shown_on", "former_id", "passed_on")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Neither ended nor withdrawn."""
        return Matter.objects.unfinished()

    def title(self, row: Any) -> str:
        """By its number and title."""
        return f"{row.number} {row.title}"

    def changed_beside(self) -> tuple[str, ...]:
        """Whose it was before, and until when."""
        return ("former", "passed_on")

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """A line of each history; the first unit stays known, so that what it published counts there."""
        for row, one in zip(rows, moved, strict=True):
            one.before["first"] = row.former_id is None
            if row.former_id is None:
                row.former_id, row.passed_on = one.giver, passage.on
        steps = MatterStep.objects.bulk_create(
            self._step(row, f"Theo {passage.number}", actor) for row in rows
        )
        for one, step in zip(moved, steps, strict=True):
            one.after["step"] = step.pk

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """Another line, which stays: it went there and back."""
        self._step(row, "Chuyển tiếp cho đơn vị tiếp nhận khác", actor).save()

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """The history without those lines, and the unit as it was."""
        for row, one in zip(rows, moved, strict=True):
            if one.before["first"]:
                row.former_id, row.passed_on = None, None
        MatterStep.objects.filter(pk__in=[one.after["step"] for one in moved]).delete()

    def _step(self, row: Any, words: str, actor: Any) -> MatterStep:
        return MatterStep(
            matter=row, kind=StepKind.PASSED_ON, at=clock.now(), by=actor, words=words
        )


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


HOLDERS: tuple[Holder, ...] = (
    MatterHolder(),
    FormerUnitHolder(),
    VillageHolder(),
    CountHolder(),
)


class MatterClocks:
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
        filed = rows.filter(topic__isnull=False).order_by().values("topic_id")
        return {one["topic_id"]: one["n"] for one in filed.annotate(n=Count("pk"))}

    def address(self, topic_id: int) -> str:
        """The list of all that are read at or under the topic."""
        return f"{reverse('grassroots:comments')}?linh_vuc={topic_id}"
