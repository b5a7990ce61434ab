"""Why a report is with its unit again: what its own head said, or whoever returned it."""

from danvan.reporting.enums import Standing
from danvan.reporting.models import Decision, Obligation, Proposal


def given_back_by_head(obligation: Obligation) -> Proposal | None:
    """What the unit's own head gave back, where nothing was laid or sent since."""
    last = Proposal.objects.filter(obligation=obligation).select_related("closed_by").last()
    if last is None or last.closed_at is None or last.submission_id is not None:
        return None
    return last if last.words or last.comments else None


def returned_by(obligation: Obligation) -> Decision | None:
    """The decision by which the report is with its unit again."""
    if obligation.standing != Standing.RETURNED:
        return None
    made = Decision.objects.filter(submission__obligation=obligation, standing=Standing.RETURNED)
    return made.select_related("by", "submission").order_by("-pk").first()
