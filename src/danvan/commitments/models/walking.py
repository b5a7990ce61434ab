"""The indexes by which lists of what is undone are walked in the order of their days, and what waits is found."""

from django.db import models
from django.db.models import Q

from danvan.commitments.enums import State

UNDONE = Q(claimed_on=None)
WALKED = (
    # With these columns beside its key, counting reads no row (SQLite has no such columns). In the key itself a plan
    # would search all of it for an assigner.
    models.Index(
        fields=["ordered_by", "id"],
        include=["lead", "assigner", "state"],
        condition=UNDONE,
        name="commitment_undone_walked",
    ),
    models.Index(
        fields=["lead", "ordered_by", "id"], condition=UNDONE, name="commitment_undone_by_lead"
    ),
    models.Index(
        fields=["assigner", "ordered_by", "id"], condition=UNDONE, name="commitment_undone_given"
    ),
    # What waits for whoever gave it: found done and not closed; not accepted, or a risk that was accepted.
    models.Index(
        fields=["verified_on", "id"],
        condition=Q(verified_on__isnull=False, closed_on=None),
        name="commitment_to_close",
    ),
    models.Index(
        fields=["state", "assigner"],
        condition=Q(state__in=(State.DECLINED, State.RISK_ACCEPTED)),
        name="commitment_to_decide",
    ),
)
