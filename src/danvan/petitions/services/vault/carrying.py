"""What a petition and its paper held that a case has no column for: written down sealed, field by field, so that nothing is lost."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.petitions.models import (
    Denunciation,
    Paper,
    Petition,
    PetitionAnswer,
    PetitionRequest,
    PetitionTransfer,
    PublicPetition,
    ReceptionVisit,
    VisitMatter,
)
from danvan.petitions.vault_enums import VaultStepKind
from danvan.petitions.vault_seals import seal_value
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

# What stands in the case itself, in the step that tells of it, or says nothing without its row.
OF_THE_CASE: dict[type[models.Model], set[str]] = {
    Petition: {"id", "paper", "number", "title", "text", "unit", "received_on", "due_on", "due_name", "changes", "first_round"},
    Paper: {"id", "unit", "received_on", "channel", "language", "people", "anonymous", "spoken", "key", "sender"},
    PetitionRequest: {"id", "petition"},
    PetitionAnswer: {"id", "petition", "on", "by"},
    PetitionTransfer: {"id", "petition", "on"},
    PublicPetition: {"id", "petition", "title_spans", "text_spans", "answer_spans", "changes"},
    VisitMatter: {"id", "visit", "petition"},
    ReceptionVisit: {"id", "paper", "changes", "refusal_due_on"},
}  # fmt: skip
# What refers to another row has no words of its own for officers.
LABELS = {
    "former": "đơn vị trước khi sắp xếp", "place": "địa bàn", "topic": "lĩnh vực", "verifier": "người xác minh",
    "verified_by": "người kiểm tra", "cluster": "nhóm đơn", "dup_of": "trùng với đơn", "entered_by": "người ghi",
    "entered_at": "ghi lúc", "from_unit": "từ", "to_unit": "đến", "decided_by": "người duyệt", "unit": "đơn vị",
    "day": "buổi tiếp", "officer": "cán bộ tiếp", "before": "tình trạng trước khi tạm dừng",
}  # fmt: skip


def carry(petition: Petition, case: Denunciation) -> None:
    """Write into the case, sealed, what its petition, its paper and all that hangs on them say besides its own columns."""
    paper, on = petition.paper, petition.received_on
    _write(case, "Ở sổ đơn", petition, on)
    _write(case, "Về lá đơn", paper, on)
    for one in petition.requests.all():
        if one.reply or one.basis or one.withdrawn_on:
            _write(case, f"Yêu cầu {one.number}", one, one.replied_on or one.withdrawn_on or on)
    for answer in petition.answers.select_related("by"):
        _write(case, "Đã trả lời", answer, answer.on, by=answer.by)
    for transfer in petition.transfers.all():
        _write(case, "Đã chuyển", transfer, transfer.on)
    for public in PublicPetition.objects.filter(petition=petition):
        _write(case, "Ở trang công khai", public, public.shown_on or public.asked_on)
    for matter in VisitMatter.objects.filter(petition=petition):
        _write(case, "Ở sổ tiếp công dân", matter, matter.on)
    for visit in ReceptionVisit.objects.filter(paper=paper):
        _write(case, "Lượt tiếp công dân", visit, visit.held_on)
    for signed in paper.signatures.exclude(representative=False, petitioner__kind="person"):
        words = f"Một người đứng đơn là {signed.petitioner.get_kind_display().lower()}"
        _step(case, f"{words}, người đại diện" if signed.representative else words, on)
    for opening in paper.openings.select_related("by").order_by("pk"):
        words = f"Đã xem danh tính người gửi: {opening.get_purpose_display().lower()}"
        _step(case, words, timezone.localdate(opening.at), by=opening.by, at=opening.at)


def told_fields(row: models.Model) -> Iterator[tuple[str, str]]:
    """Each field of a row that says something and is not held by the case itself: its name for officers, what it says."""
    for field in row._meta.concrete_fields:
        if field.name in OF_THE_CASE[type(row)]:
            continue
        if words := _words(row, field):
            yield label_of(field), words


def label_of(field: "models.Field[Any, Any]") -> str:
    """What officers call a field."""
    return LABELS.get(field.name) or str(field.verbose_name)


def _words(row: models.Model, field: "models.Field[Any, Any]") -> str:
    value = field.value_from_object(row)
    if value in (None, "", False, []):
        return ""
    if isinstance(field, models.ForeignKey):
        if field.remote_field.model._meta.label == "organisations.Unit":
            return last_names([value], clock.today()).get(value, "")
        other = getattr(row, field.name)
        return f"{other} {other.title}" if field.name == "cluster" else str(other)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, datetime):
        return format_date(timezone.localdate(value))
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "có" if value is True else str(value)


def _write(
    case: Denunciation, where: str, row: models.Model, on: date, by: "User | None" = None
) -> None:
    if told := [f"{label}: {words}" for label, words in told_fields(row)]:
        words = "; ".join(told)
        _step(case, f"{where}. {words[0].upper()}{words[1:]}", on, by=by)


def _step(
    case: Denunciation, words: str, on: date, by: "User | None" = None, at: datetime | None = None
) -> None:
    case.steps.create(
        kind=VaultStepKind.SEALED, on=on, at=at or clock.now(), by=by,
        words=seal_value(case, "step", {"words": words, "symbol": ""}),
    )  # fmt: skip
