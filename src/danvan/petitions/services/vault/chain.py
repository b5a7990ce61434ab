"""The vault's own log: one line an act, each chained to the one before at once; the ordinary audit knows nothing of it."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from danvan.foundation import clock
from danvan.petitions.models import Denunciation, VaultEntry, VaultSeries

if TYPE_CHECKING:
    from danvan.accounts.models import User

BEGINNING = "0" * 64
CHAIN = "log"


@dataclass(slots=True)
class ChainReport:
    """What walking the chain found: how many lines, the last hash, every fault as a sentence."""

    lines: int = 0
    head: str = BEGINNING
    faults: list[str] = field(default_factory=list)


def next_of(key: str) -> int:
    """The next number of a series of the vault, under lock until the act is committed."""
    VaultSeries.objects.get_or_create(key=key)
    row = VaultSeries.objects.select_for_update().get(key=key)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def record(actor: "User | None", act: str, case: Denunciation, **details: Any) -> VaultEntry:
    """Write one line in the caller's transaction. `details` holds codes and ids, never words."""
    sequence = next_of(CHAIN)
    before = VaultEntry.objects.filter(sequence=sequence - 1).values_list("sha256", flat=True)
    entry = VaultEntry(
        sequence=sequence, actor=actor, act=act, case=case.uuid, details=details, at=clock.now()
    )
    entry.sha256 = _digest(entry, before.first() or BEGINNING)
    entry.save()
    return entry


def verify_log(*, expect: tuple[int, str] | None = None) -> ChainReport:
    """Walk the chain: each number there, each hash right. `expect` is a line noted elsewhere earlier."""
    report, seen = ChainReport(), None
    for entry in VaultEntry.objects.order_by("sequence").iterator(chunk_size=2_000):
        if entry.sequence != report.lines + 1:
            report.faults.append(f"Thiếu dòng nhật ký trước số {entry.sequence}.")
        elif _digest(entry, report.head) != entry.sha256:
            report.faults.append(f"Dòng nhật ký số {entry.sequence} đã bị sửa.")
        report.lines, report.head = entry.sequence, entry.sha256
        if expect and entry.sequence == expect[0]:
            seen = entry.sha256
    last = VaultSeries.objects.filter(key=CHAIN).values_list("last", flat=True).first() or 0
    if last > report.lines:
        report.faults.append(f"Chuỗi nhật ký bị cắt: còn {report.lines} trên {last} dòng.")
    if expect and seen != expect[1]:
        report.faults.append(f"Dòng số {expect[0]} không còn mang mã đã ghi nhận trước đây.")
    return report


def _digest(entry: VaultEntry, before: str) -> str:
    body = [
        entry.sequence,
        before,
        entry.actor_id,
        entry.act,
        str(entry.case),
        entry.details,
        entry.at.astimezone(UTC).isoformat(),
    ]
    written = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
