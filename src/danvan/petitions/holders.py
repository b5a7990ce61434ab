"""An unfinished petition passes to the heir of its unit; its clocks tell it of new days; topics are kept as written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from danvan.foundation import clock, events
from danvan.law.holders import ClockHolder, ClockMoved
from danvan.organisations.holders import FieldHolder, HistoryHolder, Holder, StayingRows
from danvan.petitions.enums import CLOCKS, SUBJECT, StepKind, base_of
from danvan.petitions.events import PetitionDueDaysMoved
from danvan.petitions.models import (
    Cluster,
    DataRequest,
    Paper,
    Petition,
    PetitionStep,
    PetitionTransfer,
    PublicPetition,
)
from danvan.petitions.services.rows import DAYS, take_days
from danvan.petitions.subject_enums import DATA_SUBJECT
from danvan.topics.holders import counted_by_topic
from danvan.vietnamese.dates import format_date


class PetitionHolder(HistoryHolder):
    """Who must deal with it."""

    key = "petitions.unit"
    label = "đơn thư chưa giải quyết xong"
    model = Petition
    field = "unit"
    line = PetitionStep
    line_of = "petition"
    line_kind = StepKind.PASSED_ON
    dated = True
    fields = ("unit",)
    kept = ("number", "state", "received_on", "former_id", "passed_on")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not closed, or something is owed of it still: a notice, a look through words for the people."""
        words = PublicPetition.objects.waiting().values("petition")
        owed = Q(closed_on=None) | Q(due_on__isnull=False) | Q(pk__in=words)
        return Petition.objects.filter(owed)

    def title(self, row: Any) -> str:
        """By its number: its words may name a person."""
        return str(row.number)


class FormerUnitHolder(StayingRows):
    """Whose it was before a reorganisation: told, and counted there."""

    key = "petitions.former_unit"
    label = "đơn thư trước sắp xếp"
    model = Petition
    fields = ("former",)


class PlaceHolder(StayingRows):
    """Where the matter lies: a fact of its day."""

    key = "petitions.place"
    label = "địa bàn của đơn thư"
    model = Petition
    fields = ("place",)


class PaperHolder(StayingRows):
    """Where a paper came in: a fact."""

    key = "petitions.papers"
    label = "nơi nhận đơn thư"
    model = Paper
    fields = ("unit",)
    kept = ("received_on",)


class TransferHolder(StayingRows):
    """From where to where a petition went: a fact."""

    key = "petitions.transfers"
    label = "lần chuyển đơn"
    model = PetitionTransfer
    fields = ("from_unit", "to_unit")
    kept = ("on",)


class ClusterHolder(FieldHolder):
    """Who answers a cluster of which some member waits still."""

    key = "petitions.clusters"
    label = "nhóm đơn cùng nội dung chưa trả lời"
    model = Cluster
    field = "unit"
    fields = ("unit",)
    kept = ("number", "ended_on")
    counts = "changes"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Somebody waits for its answer."""
        return Cluster.objects.filter(ended_on=None)

    def title(self, row: Any) -> str:
        """By its number."""
        return str(row.number)


class DataRequestHolder(FieldHolder):
    """Who carries out what a person asks about their own data."""

    key = "petitions.data_requests"
    label = "yêu cầu về dữ liệu cá nhân chưa thực hiện"
    model = DataRequest
    field = "unit"
    fields = ("unit",)
    kept = ("number", "state")
    counts = "changes"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Neither carried out nor refused."""
        return DataRequest.objects.filter(ended_on=None)

    def title(self, row: Any) -> str:
        """By its number."""
        return str(row.number)


HOLDERS: tuple[Holder, ...] = (
    DataRequestHolder(),
    PetitionHolder(),
    FormerUnitHolder(),
    PlaceHolder(),
    PaperHolder(),
    TransferHolder(),
    ClusterHolder(),
)


class PetitionClocks(ClockHolder):
    """The clocks of petitions: a moved day is a line of the history, with the reason."""

    kind = SUBJECT
    label = "đơn thư"

    def titles(self, subject_ids: Collection[int]) -> Mapping[int, str]:
        """By their numbers."""
        return dict(Petition.objects.filter(pk__in=subject_ids).values_list("pk", "number"))

    def moved(self, moves: Sequence[ClockMoved], *, actor: Any) -> None:
        """Take the new days over, with a line on each history and an event for whoever tells of it."""
        rows = Petition.objects.select_for_update(of=("self",), no_key=True)
        found = rows.filter(pk__in={one.subject_id for one in moves}).in_bulk()
        now, today = clock.now(), clock.today()
        PetitionStep.objects.bulk_create(
            PetitionStep(
                petition_id=one.subject_id, kind=StepKind.MOVED, on=today, at=now, by=actor, words=_words(one)
            )
            for one in moves
        )  # fmt: skip
        for row in found.values():
            take_days(row)
            row.changes += 1
        Petition.objects.bulk_update(found.values(), [*DAYS, "changes"], batch_size=500)
        events.publish(PetitionDueDaysMoved(petition_ids=tuple(sorted(found)), on=today))


class DataRequestClocks(ClockHolder):
    """The clocks of what people ask about their own data: their days are read from them, never kept beside."""

    kind = DATA_SUBJECT
    label = "yêu cầu về dữ liệu cá nhân"

    def titles(self, subject_ids: Collection[int]) -> Mapping[int, str]:
        """By their numbers."""
        return dict(DataRequest.objects.filter(pk__in=subject_ids).values_list("pk", "number"))

    def moved(self, moves: Sequence[ClockMoved], *, actor: Any) -> None:
        """Nothing to take over."""


class FiledPetitions:
    """What the tree of topics asks of petitions: how many rows are filed under each, and where they are listed."""

    key = "petitions.petitions"
    label = "đơn thư"
    action = "petitions.view"
    passes = "Đơn thư giữ lĩnh vực đã ghi; danh sách và số đếm đọc theo lĩnh vực kế thừa."

    def counts(self, *, reader: Any = None) -> Mapping[int, int]:
        """By topic, as it was written."""
        rows = Petition.objects.all()
        if reader is not None:
            rows = rows.allowed(reader, self.action)
        return counted_by_topic(rows)

    def address(self, topic_id: int) -> str:
        """The list of all that are read at or under the topic."""
        return f"{reverse('petitions:list')}?linh_vuc={topic_id}"


def _words(move: ClockMoved) -> str:
    old, new = format_date(move.old_due_on), format_date(move.new_due_on)
    label = CLOCKS.get(base_of(move.name), "Hạn")
    return f"{label}: từ {old} sang {new}. {move.reason}"[:600]
