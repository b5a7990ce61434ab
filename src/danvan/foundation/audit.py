"""The record of who did what: one line a business act, in the act's own transaction.

Entries are inserted unchained, so acts never wait for each other. One sealer gives each committed entry
its sequence and a hash over it and its predecessor, in the order of commits, a few seconds later.
`verify` walks the chain. Triggers of the database refuse to change or remove entries and seals.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet

from danvan.foundation import clock
from danvan.foundation.locks import alone
from danvan.foundation.models import AuditEntry, AuditSeal

START = "0" * 64
# PostgreSQL: only the holder of this advisory lock may seal.
SEALER = 4_110_219_775
BATCH = 2_000
# A pass looks this far back for entries of slow transactions; a whole pass looks at every entry.
WINDOW = 20_000


def record(actor: Any, action: str, target: Model, **details: Any) -> None:
    """Write one audit entry in the caller's transaction. `details` holds ids and field names only."""
    AuditEntry.objects.create(
        actor=actor,
        action=action,
        target=f"{target._meta.label_lower}:{target.pk}",
        details=details,
        at=clock.now(),
    )


def record_each(
    actor: Any, action: str, targets: Iterable[tuple[Model, Mapping[str, Any]]]
) -> None:
    """`record` for many targets of one kind of act, each with its own details. One statement."""
    now = clock.now()
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=actor,
            action=action,
            target=f"{target._meta.label_lower}:{target.pk}",
            details=dict(details),
            at=now,
        )
        for target, details in targets
    )


def seal(*, whole: bool = False) -> int:
    """Chain what has been committed and not sealed yet; returns how many entries were sealed.

    One sealer works at a time. An entry is found by having no seal, so a transaction that commits late
    is chained late but never lost: a pass looks back over the last 20,000 entries, a `whole` one over all.
    """
    sealed = 0
    while unsealed(whole=whole).exists():
        with transaction.atomic():
            done = _seal_batch(whole=whole) if alone(SEALER) else 0
        sealed += done
        if done < BATCH:
            break
    return sealed


def unsealed(*, whole: bool = False) -> QuerySet[AuditEntry]:
    """Entries without a place in the chain, oldest first."""
    waiting = AuditEntry.objects.filter(seal__isnull=True).order_by("pk")
    last = None if whole else AuditSeal.objects.order_by("-sequence").first()
    return waiting.filter(pk__gt=last.entry_id - WINDOW) if last else waiting


@dataclass(slots=True)
class Report:
    """What walking the chain found: the number of sealed entries, the last hash, every fault as a sentence."""

    sealed: int = 0
    head: str = START
    unsealed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether the chain holds."""
        return not self.faults


def verify(*, expect: tuple[int, str] | None = None) -> Report:
    """Walk the whole chain: each sequence present, each hash right, each entry as it was sealed.

    `expect` is a sequence and its hash noted elsewhere earlier; it shows a chain that was cut or rewritten.
    """
    report = Report()
    expected_at = None
    for sequence, sha256, entry in _chain():
        if sequence != report.sealed + 1:
            report.faults.append(
                f"Thiếu số thứ tự từ {report.sealed + 1} đến {sequence - 1} trong chuỗi nhật ký."
            )
        if entry is None:
            report.faults.append(f"Mất dòng nhật ký ở số thứ tự {sequence}.")
        elif _digest(sequence, report.head, entry) != sha256:
            report.faults.append(
                f"Số thứ tự {sequence} (dòng {entry.pk}) không khớp: dòng nhật ký đã bị sửa "
                "hoặc mối nối với dòng trước đã bị đứt."
            )
        report.sealed, report.head = sequence, sha256
        if expect and sequence == expect[0]:
            expected_at = sha256
    if expect and expected_at != expect[1]:
        report.faults.append(
            f"Số thứ tự {expect[0]} không còn mang mã đã ghi nhận trước đây: chuỗi đã bị viết lại."
        )
    report.unsealed = unsealed(whole=True).count()
    return report


def _seal_batch(*, whole: bool) -> int:
    last = AuditSeal.objects.order_by("-sequence").first()
    sequence, head = (last.sequence, last.sha256) if last else (0, START)
    now = clock.now()
    seals = []
    for entry in unsealed(whole=whole)[:BATCH]:
        sequence += 1
        head = _digest(sequence, head, entry)
        seals.append(AuditSeal(sequence=sequence, entry=entry, sha256=head, sealed_at=now))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def _chain() -> Iterator[tuple[int, str, AuditEntry | None]]:
    after = 0
    while True:
        seals = list(AuditSeal.objects.filter(sequence__gt=after).order_by("sequence")[:BATCH])
        if not seals:
            return
        entries = AuditEntry.objects.in_bulk([seal.entry_id for seal in seals])
        for one in seals:
            yield one.sequence, one.sha256, entries.get(one.entry_id)
        after = seals[-1].sequence


def _digest(sequence: int, before: str, entry: AuditEntry) -> str:
    body = [
        sequence,
        before,
        entry.pk,
        entry.actor_id,
        entry.action,
        entry.target,
        entry.details,
        entry.at.astimezone(UTC).isoformat(),
    ]
    written = json.dumps(
        body, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(written.encode()).hexdigest()
