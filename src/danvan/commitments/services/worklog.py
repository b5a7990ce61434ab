"""A cadre writes their own log of work, takes into it what is on record already, and shows lines to the head or not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import grants_today
from danvan.commitments.models import WorkEntry
from danvan.commitments.selectors.ledger import allowed_commitments
from danvan.commitments.selectors.worklog import work_offered
from danvan.commitments.services import rows
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Period
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

DUTY = 200


@dataclass(frozen=True, slots=True)
class Work:
    """What was done on a day, for which duty, about which commitment; shown to the head or not."""

    on: date
    words: str
    duty: str = ""
    commitment_id: int | None = None
    shown: bool = False


@transaction.atomic
def write_work(work: Work, *, actor: "User") -> WorkEntry:
    """One line of one's own log."""
    faults = _faults(work, actor)
    if faults:
        sentences = " ".join(fault.message for fault in faults)
        raise RuleError(f"Chưa ghi được. {sentences}", faults=faults)
    entry = WorkEntry.objects.create(
        user=actor,
        unit_id=_own_unit(actor),
        on=work.on,
        words=canonical(work.words).strip(),
        duty=canonical(work.duty).strip(),
        commitment_id=work.commitment_id,
        shown=work.shown,
        written_at=clock.now(),
    )
    audit.record(actor, "commitments.write_work", entry)
    return entry


@transaction.atomic
def take_work(
    keys: Collection[str], month: Period, *, actor: "User", shown: bool = False
) -> list[WorkEntry]:
    """Acts on record become lines of the log: what was entered once is not typed again."""
    offered = [one for one in work_offered(actor, month) if one.key in keys]
    if not offered:
        raise RuleError(
            "Đồng chí chưa chọn việc nào, hoặc các việc đó đã có trong nhật ký. "
            "Đồng chí vui lòng mở lại trang rồi chọn."
        )
    unit_id, now = _own_unit(actor), clock.now()
    entries = WorkEntry.objects.bulk_create(
        WorkEntry(
            user=actor,
            unit_id=unit_id,
            on=one.on,
            words=rows.cut(one.words),
            commitment_id=one.commitment_id,
            act_kind=one.kind,
            act_id=one.id,
            shown=shown,
            written_at=now,
        )
        for one in offered
    )
    audit.record(actor, "commitments.take_work", entries[0], ids=[one.pk for one in entries])
    return entries


@transaction.atomic
def show_work(entry: WorkEntry, *, shown: bool, actor: "User") -> WorkEntry:
    """Show one line to the head of the unit, or no longer; the writer's own choice."""
    entry = WorkEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk, user=actor)
    entry.shown = shown
    entry.save(update_fields=["shown"])
    audit.record(actor, "commitments.show_work", entry, shown=shown)
    return entry


@transaction.atomic
def drop_work(entry: WorkEntry, *, actor: "User") -> None:
    """Take one line out of one's own log; the act it was taken from stays on record."""
    entry = WorkEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk, user=actor)
    audit.record(actor, "commitments.drop_work", entry)
    entry.delete()


def _own_unit(actor: "User") -> int | None:
    """Where the writer works: the unit of the first right."""
    held = grants_today(actor)
    return held[0].unit_id if held else None


def _faults(work: Work, actor: "User") -> list[Fault]:
    faults = []
    if not canonical(work.words).strip():
        faults.append(Fault("Đồng chí vui lòng ghi đã làm việc gì.", column="words"))
    for text, label, most, column in (
        (work.words, "Việc đã làm", rows.SHORT, "words"),
        (work.duty, "Nhiệm vụ", DUTY, "duty"),
    ):
        if len(canonical(text).strip()) > most:
            long = f"{label} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
            faults.append(Fault(long, column=column))
    if work.on > clock.today():
        day = format_date(work.on)
        faults.append(Fault(f"Ngày {day} chưa đến, đồng chí vui lòng xem lại.", column="on"))
    if work.commitment_id is not None:
        seen = allowed_commitments(actor, "commitments.view").filter(pk=work.commitment_id)
        if not seen.exists():
            faults.append(Fault("Không tìm thấy việc này.", column="number"))
    return faults
