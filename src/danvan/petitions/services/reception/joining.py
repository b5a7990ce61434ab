"""A visit by sound and picture: registered, told how to join, identity checked, recording asked, minutes read back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.acting import refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.petitions.models import ReceptionVisit
from danvan.petitions.reception_enums import Confirmed
from danvan.petitions.services.filing_papers import hide_senders
from danvan.petitions.services.reception import rows
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

PLACE = 200  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineSteps:
    """How far the steps of one online visit are."""

    registered_on: date | None = None
    told_on: date | None = None
    told_how: str = ""
    identity_checked: bool = False
    recording_asked: bool = False
    recorded_at: str = ""
    read_back: bool = False
    confirmed: str = ""


@transaction.atomic
def record_online_visit(
    visit: ReceptionVisit, *, steps: OnlineSteps, actor: "User | None", seen: int | None = None
) -> ReceptionVisit:
    """Write down how far the steps of an online visit are; what is late or lacking is told on the page, never refused."""
    visit = rows.locked_visit(visit, seen=seen)
    if not visit.online:
        raise RuleError("Lượt này tiếp trực tiếp, không có bước trực tuyến.")
    faults = list(_faults(visit, steps))
    kept = {}
    for column in ("told_how", "recorded_at"):
        kept[column], found = words_of(getattr(steps, column), column=column, most=PLACE)
        faults += found
    refuse(faults)
    visit.registered_on, visit.told_on = steps.registered_on, steps.told_on
    visit.told_how = hide_senders(visit.paper, kept["told_how"], most=PLACE, actor=actor)
    visit.recorded_at = kept["recorded_at"]
    visit.identity_checked, visit.recording_asked = steps.identity_checked, steps.recording_asked
    visit.read_back, visit.confirmed = steps.read_back, steps.confirmed
    rows.save(
        visit, "registered_on", "told_on", "told_how", "identity_checked", "recording_asked", "recorded_at", "read_back",
        "confirmed",
    )  # fmt: skip
    audit.record(actor, "petitions.record_online_visit", visit)
    return visit


def _faults(visit: ReceptionVisit, steps: OnlineSteps) -> Iterator[Fault]:
    for column, on in (("registered_on", steps.registered_on), ("told_on", steps.told_on)):
        if on and on > min(visit.held_on, clock.today()):
            yield Fault(
                f"Ngày này không được sau ngày tiếp {format_date(visit.held_on)}, đồng chí vui lòng xem lại.",
                column=column,
            )
    if steps.registered_on and steps.told_on and steps.told_on < steps.registered_on:
        yield Fault("Hướng dẫn tham gia từ ngày đăng ký trở đi, đồng chí vui lòng xem lại.", column="told_on")  # fmt: skip
    if steps.confirmed not in Confirmed.values:
        yield Fault("Đồng chí vui lòng chọn cách xác nhận.", column="confirmed")
    elif bool(steps.confirmed) != steps.read_back:
        yield Fault(
            "Biên bản đọc lại xong mới xác nhận: đồng chí ghi cả hai, hoặc để trống cả hai.",
            column="confirmed",
        )
    elif visit.paper.spoken and not steps.read_back:
        yield Fault(
            "Người đến không tự viết được: đồng chí đọc lại cho nghe, rồi ghi cách xác nhận.",
            column="read_back",
        )
