"""What passes on to the commitment that stands in the place of another: who follows it, and their "not yet"."""

from danvan.commitments.enums import StepKind
from danvan.commitments.models import Commitment, CommitmentStep, FollowedCommitment
from danvan.commitments.services import rows
from danvan.commitments.services.answering import answers_of, keep_answers
from danvan.commitments.services.public_words import public_faults
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date


def over_not_yet(commitment: Commitment, reason: str, *, to: str) -> tuple[str, list[Fault]]:
    """The public reason for ending it though somebody says "not yet", with its faults; none where nobody does."""
    if commitment.disputed_on is None:
        return "", []
    try:
        said = rows.text_of(
            reason,
            missing=f"Người hỏi trả lời “chưa xong” ngày {format_date(commitment.disputed_on)}. Muốn {to}, "
            "đồng chí vui lòng ghi lý do; lý do này công khai.",
            column="public_reason",
        )
    except RuleError as refused:
        return "", list(refused.faults)
    return said, public_faults(said, label="Lý do", column="public_reason")


def pass_askers(commitment: Commitment, by: Commitment) -> None:
    """The codes of the one open the other too, in the same words; each standing "not yet" stands there from its day."""
    behind = FollowedCommitment.objects.filter(commitment=commitment, code__withdrawn_on=None)
    FollowedCommitment.objects.bulk_create(
        [FollowedCommitment(code_id=one.code_id, commitment=by, words=one.words) for one in behind],
        ignore_conflicts=True,
    )
    if commitment.asked_on is None:
        return
    by.asked_on = min(by.asked_on or commitment.asked_on, commitment.asked_on)
    there = answers_of(by)
    for code_id, (kind, on) in answers_of(commitment).items():
        if kind == StepKind.DISPUTED and there.get(code_id, ("", on))[0] != StepKind.DISPUTED:
            rows.step(
                by, StepKind.DISPUTED, actor=None, words=_words(commitment, code_id), on=on, code_id=code_id
            )  # fmt: skip
    keep_answers(by)


def _words(commitment: Commitment, code_id: int) -> str:
    said = CommitmentStep.objects.filter(
        commitment=commitment, kind=StepKind.DISPUTED, code_id=code_id
    )
    return f"Về việc {commitment.number}: {said.order_by('pk').values_list('words', flat=True).last() or ''}"
