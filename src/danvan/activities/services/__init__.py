"""Everything that changes an activity. Each function is one business act in one transaction."""

from danvan.activities.services.importing import Imported, import_activities
from danvan.activities.services.recording import (
    Draft,
    add_evidence,
    add_files,
    record_activities,
    record_activity,
    record_draft,
    withdraw_activity,
)

__all__ = [
    "Draft",
    "Imported",
    "add_evidence",
    "add_files",
    "import_activities",
    "record_activities",
    "record_activity",
    "record_draft",
    "withdraw_activity",
]
