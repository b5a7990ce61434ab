"""People read their notices: what is older than a week was read, what is newer waits behind the bell."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from danvan.foundation import clock
from danvan.notifications.selectors import own_notices
from danvan.notifications.services import mark_all_read

if TYPE_CHECKING:
    from danvan.accounts.models import User

UNREAD = timedelta(days=7)


def read_old_notices(people: Iterable["User"]) -> int:
    """Each reads what was told to them more than a week ago; returns how many notices were read."""
    week_ago, read = clock.now() - UNREAD, 0
    for person in people:
        old = own_notices(person).filter(told_at__lt=week_ago).order_by("-pk").first()
        if old is not None:
            read += mark_all_read(actor=person, until=old.pk)
    return read
