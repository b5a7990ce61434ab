"""What is shown in public of the work done: only what an officer chose to show, word by word and file by file."""

from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, CommitmentEvidence, PublicNote
from danvan.commitments.services import rows
from danvan.commitments.services.public_words import public_faults
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_SHOWN = 20  # more than anybody reads on a phone


@transaction.atomic
def show_publicly(
    commitment: Commitment,
    *,
    words: str,
    actor: "User | None",
    evidence: CommitmentEvidence | None = None,
) -> PublicNote:
    """Show words, with or without one file of the evidence, to whoever holds a code of this commitment."""
    commitment = rows.locked(commitment)
    missing = "Đồng chí vui lòng ghi lời công khai: người dân đọc lời này, không đọc tên tệp."
    faults = public_faults(words, label="Lời công khai", missing=missing)
    if commitment.state == State.WITHDRAWN:
        faults.append(Fault(f"Việc {commitment.number} đã rút nên không công khai thêm."))
    if evidence is not None and evidence.commitment_id != commitment.pk:
        wrong = "Tệp này không phải minh chứng của việc. Đồng chí vui lòng chọn lại."
        faults.append(Fault(wrong, column="evidence"))
    shown = commitment.public_notes.filter(hidden_on=None)
    if evidence is not None and shown.filter(evidence=evidence).exists():
        faults.append(Fault("Tệp này đang công khai rồi.", column="evidence"))
    if shown.count() >= MOST_SHOWN:
        faults.append(
            Fault("Việc này đã công khai đủ nhiều. Đồng chí vui lòng thôi công khai bớt.")
        )
    if faults:
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"Chưa công khai được. {sentences}", faults=faults)
    note = PublicNote.objects.create(
        commitment=commitment,
        evidence=evidence,
        words=rows.text_of(words, missing=missing),
        shown_on=clock.today(),
        shown_by=actor,
    )
    audit.record(actor, "commitments.show_publicly", commitment, note_id=note.pk)
    return note


@transaction.atomic
def hide_publicly(note: PublicNote, *, actor: "User | None") -> PublicNote:
    """Show it no longer; that it was shown stays on the record."""
    note = PublicNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.hidden_on is not None:
        raise RuleError("Phần này đã thôi công khai rồi.")
    note.hidden_on, note.hidden_by = clock.today(), actor
    note.save(update_fields=["hidden_on", "hidden_by"])
    audit.record(actor, "commitments.hide_publicly", note.commitment, note_id=note.pk)
    return note
