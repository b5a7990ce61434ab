"""Activities that a person took from a text that was read: recorded, found again, taken back."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.activities.models import Activity
from danvan.activities.selectors import recorded_on
from danvan.activities.services.recording import Draft, record_draft, withdraw_activity
from danvan.commitments.enums import SourceKind
from danvan.documents.selectors.makers import Origin, Told
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def record_told(told: Told, actor: "User | None") -> int:
    """Record an activity that a text tells of; the id of the one that stands already for the unit, kind and day."""
    _refuse_stranger(told.unit_id, told.held_on, actor)
    known = recorded_on(told.unit_id, told.kind, told.held_on).order_by("pk").first()
    if known is not None:
        return known.pk
    origin = told.origin
    draft = Draft(
        unit_id=told.unit_id,
        kind=told.kind,
        title=told.title,
        held_on=told.held_on,
        place=told.place,
        quantity=told.quantity,
        attendance=told.attendance,
        persons=told.persons,
        opinions=told.opinions,
        partner_ids=told.partner_ids,
        import_key=f"{SourceKind.DOCUMENT}:{origin.document_id}:{origin.start}-{origin.end}",
        source_kind=SourceKind.DOCUMENT,
        source_id=origin.document_id,
        source_start=origin.start,
        source_end=origin.end,
    )
    return record_draft(draft, actor=actor).pk


@transaction.atomic
def take_back_told(origin: Origin, ids: Collection[int], actor: "User | None") -> None:
    """Withdraw what was recorded from this stretch of text, with the reason; what stood before is left alone.

    RuleError where somebody has added evidence since: that is withdrawn on its own page, knowingly.
    """
    mine = Activity.objects.standing().filter(
        pk__in=ids,
        source_kind=SourceKind.DOCUMENT,
        source_id=origin.document_id,
        source_start=origin.start,
    )
    for activity in mine.order_by("pk"):
        _refuse_stranger(activity.unit_id, activity.held_on, actor)
        if activity.evidence.exists():
            raise RuleError(
                f"Hoạt động ngày {format_date(activity.held_on)} lập từ mục này đã có minh chứng nên không xem lại "
                "ở đây được. Nếu ghi nhầm, đồng chí vui lòng mở hoạt động và chọn “Rút hoạt động”."
            )
        withdraw_activity(
            activity, why=f"Xem lại mục đã nhận từ {origin.symbol}"[:300], actor=actor
        )


def _refuse_stranger(unit_id: int, day: date, actor: "User | None") -> None:
    """RuleError where `actor` may not record for the unit: who may is told, and what else can be done."""
    if actor is None or reaches(actor, "activities.record", unit_id):
        return
    name = last_names([unit_id], day).get(unit_id, "Đơn vị này")
    raise RuleError(
        f"Đồng chí không có quyền ghi hoạt động của {name}. Đồng chí vui lòng đề nghị đơn vị đó ghi, "
        "hoặc bỏ mục này."
    )
