"""An unfinished dialogue passes to the heir of its host; what was held, asked and concluded stays as it was."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from danvan.dialogues.enums import StepKind
from danvan.dialogues.models import Dialogue, DialogueOpinion, DialogueStep
from danvan.dialogues.selectors.topics import filed_dialogues, filed_opinions
from danvan.organisations.holders import HistoryHolder, Holder, StayingRows
from danvan.vietnamese.dates import format_date


class DialogueHolder(HistoryHolder):
    """Who holds a dialogue, or follows what came of it."""

    key = "dialogues.host"
    label = "cuộc đối thoại chưa khép lại"
    model = Dialogue
    field = "unit"
    line = DialogueStep
    line_of = "dialogue"
    line_kind = StepKind.PASSED
    fields = ("unit",)
    kept = ("number", "state", "held_on", "concluded_on", "former_id", "passed_on")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Neither closed nor cancelled."""
        return Dialogue.objects.unfinished()

    def title(self, row: Any) -> str:
        """By its number and day: its own words may name a person."""
        return f"Đối thoại {row.number} ngày {format_date(row.held_on)}"


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


class FiledDialogues:
    """What the tree of topics asks of dialogues: how many are filed under each, and where they are listed."""

    key = "dialogues.dialogues"
    label = "cuộc đối thoại"
    action = "dialogues.view"
    passes = "Cuộc đối thoại giữ lĩnh vực đã ghi; danh sách đọc theo lĩnh vực kế thừa."

    def counts(self, *, reader: Any = None) -> Mapping[int, int]:
        """By topic, as it was written."""
        return filed_dialogues(reader)

    def address(self, topic_id: int) -> str:
        """The list of all that are read at or under the topic."""
        return f"{reverse('dialogues:list')}?linh_vuc={topic_id}"


class FiledOpinions(FiledDialogues):
    """The same of opinions: they are listed with the dialogue in which they were said."""

    key = "dialogues.opinions"
    label = "ý kiến tại đối thoại"
    passes = "Ý kiến giữ lĩnh vực đã ghi; danh sách và số đếm đọc theo lĩnh vực kế thừa."

    def counts(self, *, reader: Any = None) -> Mapping[int, int]:
        """By topic; to a reader without what is of few (`people.suppress.below`)."""
        return filed_opinions(reader)

    def address(self, topic_id: int) -> str:
        """The numbers of opinions by topic, with those at or under it that the reader handles."""
        return f"{reverse('dialogues:opinions')}?linh_vuc={topic_id}"


HOLDERS: tuple[Holder, ...] = (
    DialogueHolder(),
    FormerHostHolder(),
    CoHostHolder(),
    OpinionHolder(),
)
