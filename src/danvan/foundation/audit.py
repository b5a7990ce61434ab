"""The record of who did what. One line a business act, in the act's own transaction."""

from typing import Any

from django.db.models import Model

from danvan.foundation import clock
from danvan.foundation.models import AuditEntry


def record(actor: Any, action: str, target: Model, **details: Any) -> None:
    """Write one audit entry in the caller's transaction. `details` holds ids and field names only."""
    AuditEntry.objects.create(
        actor=actor,
        action=action,
        target=f"{target._meta.label_lower}:{target.pk}",
        details=details,
        at=clock.now(),
    )
