"""What every dated row of the register holds to."""

from django.db.models import CheckConstraint, F, Q


def in_order(name: str) -> CheckConstraint:
    """A period ends after it begins, if it ends."""
    return CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name=name)
