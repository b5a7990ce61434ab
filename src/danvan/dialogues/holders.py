"""An unfinished dialogue passes to the heir of its host; what was held, asked and concluded stays as it was."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.dialogues.enums import StepKind
from danvan.dialogues.models import Dialogue, DialogueOpinion, DialogueStep
from danvan.foundation import clock
from danvan.organisations.holders import FieldHolder, Holder, Moved, Passage, StayingRows
from danvan.vietnamese.dates import format_date


class DialogueHolder(FieldHolder):
    """Who holds a dialogue, or follows what came of it."""

    key = "dialogues.host"
    label = "cuộc đối thoại chưa khép lại"
    model = Dialogue
    field = "unit"
    counts = "changes"
    fields = ("unit",)
    kept = ("number", "state", "held_on", "concluded_on", "former_id", "passed_on")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Neither closed nor cancelled."""
        return Dialogue.objects.unfinished()

    def title(self, row: Any) -> str:
        """By its number and day: its own words may name a person."""
        return f"Đối thoại {row.number} ngày {format_date(row.held_on)}"

    def changed_beside(self) -> tuple[str, ...]:
        """Who hosted before, and until when."""
        return ("former", "passed_on")

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """A line of each history; the first host stays known, so that what it held counts there."""
        for row, one in zip(rows, moved, strict=True):
            one.before["first"] = row.former_id is None
            if row.former_id is None:
                row.former_id, row.passed_on = one.giver, passage.on
        steps = DialogueStep.objects.bulk_create(
            self._step(row, f"Theo {passage.number}", actor) for row in rows
        )
        for one, step in zip(moved, steps, strict=True):
            one.after["step"] = step.pk

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """Another line, which stays: it went there and back."""
        self._step(row, "Chuyển tiếp cho đơn vị tiếp nhận khác", actor).save()

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """The history without those lines, and the host as it was."""
        for row, one in zip(rows, moved, strict=True):
            if one.before["first"]:
                row.former_id, row.passed_on = None, None
        DialogueStep.objects.filter(pk__in=[one.after["step"] for one in moved]).delete()

    def _step(self, row: Any, words: str, actor: Any) -> DialogueStep:
        return DialogueStep(
            dialogue=row, kind=StepKind.PASSED, at=clock.now(), by=actor, words=words
        )


class FormerHostHolder(StayingRows):
    """Who hosted before a reorganisation: told, and counted there."""

    key = "dialogues.former_host"
    label = "cuộc đối thoại đã tổ chức trước sắp xếp"
    model = Dialogue
    fields = ("former",)


class CoHostHolder(StayingRows):
    """Who held it together with the host: a fact of the day."""

    key = "dialogues.co_host"
    label = "cuộc đối thoại phối hợp tổ chức"
    model = Dialogue
    fields = ("co_host",)


class OpinionHolder(StayingRows):
    """Which unit an opinion was given to: a line of minutes; the commitment passes by itself."""

    key = "dialogues.opinions"
    label = "ý kiến tại đối thoại"
    model = DialogueOpinion
    fields = ("unit",)
    kept = ("dialogue_id", "place", "way")


HOLDERS: tuple[Holder, ...] = (
    DialogueHolder(),
    FormerHostHolder(),
    CoHostHolder(),
    OpinionHolder(),
)
