"""The reports that values came with, for pages that open a figure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from danvan.reporting.enums import Verdict
from danvan.reporting.models import Decision, Submission, SubmissionEvidence
from danvan.reporting.selectors.obligations import allowed_obligations

if TYPE_CHECKING:
    from danvan.accounts.models import User

APPROVED = (Verdict.ACCEPTED, Verdict.LOCKED)


@dataclass(frozen=True, slots=True)
class SentWith:
    """One sending of a report: who sent it when, who accepted or locked it last, and its files."""

    obligation_id: int
    vintage: int
    form_name: str
    sent_by: str
    sent_at: datetime
    decided: Decision | None
    evidence: list[SubmissionEvidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WhySent:
    """Why a report was sent: for the first time, again of itself, after a return, or opened again after the lock."""

    label: str
    decision: Decision | None = None  # by which it went back to its unit


def why_sent(submission_ids: Collection[int]) -> dict[int, WhySent]:
    """Why each of these sendings was made, by id. Two queries for any number."""
    asked = Submission.objects.filter(pk__in=submission_ids)
    rows = list(asked.values_list("pk", "obligation_id", "vintage"))
    decisions: dict[tuple[int, int], list[Decision]] = {}
    again = {obligation for _, obligation, vintage in rows if vintage > 1}
    made = Decision.objects.filter(submission__obligation_id__in=again)
    for one in made.select_related("by", "submission").order_by("pk"):
        key = (one.submission.obligation_id, one.submission.vintage)
        decisions.setdefault(key, []).append(one)
    return {
        pk: _why(vintage, decisions.get((obligation, vintage - 1), []))
        for pk, obligation, vintage in rows
    }


def _why(vintage: int, before: list[Decision]) -> WhySent:
    """Of what was decided on the vintage before."""
    if vintage == 1:
        return WhySent("Gửi lần đầu")
    returned = [one for one in before if one.standing == Verdict.RETURNED]
    if not returned:
        return WhySent("Đơn vị gửi lại")
    locked = any(one.standing == Verdict.LOCKED for one in before)
    label = "Mở lại sau khi chốt, gửi lại" if locked else "Trả lại, gửi lại"
    return WhySent(label, returned[-1])


def sent_with(user: "User", submission_ids: Collection[int]) -> dict[int, SentWith]:
    """The sendings with these ids that `user` may read, by id. Three queries for any number."""
    seen = Submission.objects.filter(
        pk__in=submission_ids, obligation__in=allowed_obligations(user, "submissions.view")
    ).select_related("obligation__form", "sent_by")
    sent = {one.pk: one for one in seen}
    decisions = Decision.objects.filter(submission_id__in=sent).select_related("by").order_by("pk")
    last = {one.submission_id: one for one in decisions}
    files: dict[int, list[SubmissionEvidence]] = {}
    for one in SubmissionEvidence.objects.filter(submission_id__in=sent):
        files.setdefault(one.submission_id, []).append(one)
    return {
        pk: SentWith(
            obligation_id=one.obligation_id,
            vintage=one.vintage,
            form_name=one.obligation.form.name,
            sent_by=str(one.sent_by) if one.sent_by else "",
            sent_at=one.sent_at,
            decided=decided if (decided := last.get(pk)) and decided.standing in APPROVED else None,
            evidence=files.get(pk, []),
        )
        for pk, one in sent.items()
    }
