"""The indexes by which lists of what is undone are walked in the order of their days."""

from django.db import models
from django.db.models import Q

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
)
