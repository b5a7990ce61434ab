"""Reads of notifications: a person's own notices, how they get e-mail, and what falls due for whom."""

from danvan.notifications.selectors.counted import Counted, counted_in
from danvan.notifications.selectors.due import (
    COMMITMENT,
    DueThing,
    report_title,
    things_due,
    things_due_by_person,
)
from danvan.notifications.selectors.notices import (
    BELL_COUNTS_TO,
    MailState,
    latest,
    mail_goes_out,
    mail_state,
    own_notices,
    unread_count,
    was_told,
)
from danvan.notifications.selectors.senders import mailed

__all__ = [
    "BELL_COUNTS_TO",
    "COMMITMENT",
    "Counted",
    "DueThing",
    "MailState",
    "counted_in",
    "latest",
    "mail_goes_out",
    "mail_state",
    "mailed",
    "own_notices",
    "report_title",
    "things_due",
    "things_due_by_person",
    "unread_count",
    "was_told",
]
