"""The reports that values came with, for pages that open a figure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from danvan.reporting.enums import Standing
from danvan.reporting.models import Decision, Submission, SubmissionEvidence
from danvan.reporting.selectors.obligations import allowed_obligations

if TYPE_CHECKING:
    from danvan.accounts.models import User

APPROVED = (Standing.ACCEPTED, Standing.LOCKED)


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
