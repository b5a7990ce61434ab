"""Private addresses of calendars: made anew, taken back, opened. What was tried is counted, never kept."""

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import may
from danvan.commitments.enums import Tried
from danvan.commitments.follow_codes import digest_of
from danvan.commitments.models import CalendarFeed
from danvan.commitments.selectors.following import tries_are_left
from danvan.commitments.services.following import count_wrong_try
from danvan.foundation import audit, clock

if TYPE_CHECKING:
    from danvan.accounts.models import User

OCTETS = 32  # of chance in a secret
LONGEST = 64  # letters of an address's secret that are looked at
EVERYBODY = "ics"  # counted apart from the codes of those who asked


@transaction.atomic
def issue_feed(user: "User") -> str:
    """A new secret for the person's calendar; the one before it opens nothing any more. It is shown this once."""
    _withdraw(user)
    secret = secrets.token_urlsafe(OCTETS)
    feed = CalendarFeed.objects.create(user=user, digest=_digest(secret), issued_at=clock.now())
    audit.record(user, "commitments.issue_feed", feed)
    return secret


@transaction.atomic
def withdraw_feed(user: "User") -> None:
    """Nobody reads the person's calendar by an address any more."""
    for feed in _withdraw(user):
        audit.record(user, "commitments.withdraw_feed", feed)


def open_feed(secret: str, *, address: str) -> "tuple[Tried, User | None]":
    """Whose calendar a secret opens, for whoever comes from `address`. A wrong one is counted, and never written down.

    A right one is never refused for the wrong ones of its neighbours: programs go on asking at addresses that were
    taken back. Who may see no work any more, or whose account is shut, has no calendar: the answer is that of a wrong secret.
    """
    feed = None
    if len(secret) <= LONGEST:
        found = CalendarFeed.objects.filter(digest=_digest(secret), withdrawn_at=None)
        feed = found.select_related("user").first()
    if feed is not None:
        opens = feed.user.is_active and may(feed.user, "commitments.view")
        return (Tried.RIGHT, feed.user) if opens else (Tried.WRONG, None)
    hour = clock.machine().replace(minute=0, second=0, microsecond=0)
    place = digest_of(f"ics {hour:%Y%m%d%H} {address}")
    if not tries_are_left(place, hour, everybody=EVERYBODY):
        return Tried.TOO_MANY, None
    count_wrong_try(place, hour, everybody=EVERYBODY)
    return Tried.WRONG, None


def _withdraw(user: "User") -> list[CalendarFeed]:
    rows = CalendarFeed.objects.select_for_update().filter(user=user, withdrawn_at=None)
    found = list(rows)
    for one in found:
        one.withdrawn_at = clock.now()
        one.save(update_fields=["withdrawn_at"])
    return found


def _digest(secret: str) -> str:
    return digest_of(f"ics secret {secret}")
