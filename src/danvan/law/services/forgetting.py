"""Clocks of a matter that leaves this table whole: it is kept in a closed place, or is erased."""

from django.db import transaction

from danvan.law.models import ClockEvent as Row
from danvan.law.models import ClockHeld, ClockMove


@transaction.atomic
def forget_clocks(kind: str, subject_id: int) -> int:
    """Take away every clock of a matter with all that happened to it; returns how many. The caller writes the audit entry."""
    held = ClockHeld.objects.filter(subject_kind=kind, subject_id=subject_id)
    ids = list(held.values_list("pk", flat=True))
    ClockMove.objects.filter(clock_id__in=ids).delete()
    Row.objects.filter(clock_id__in=ids).delete()
    held.delete()
    return len(ids)
