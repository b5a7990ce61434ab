"""A person's own notices, and how they get e-mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from danvan.notifications.enums import Way
from danvan.notifications.models import Letter, MailPreference, Notification

if TYPE_CHECKING:
    from danvan.accounts.models import User

# The bell counts no further: it is on every page.
BELL_COUNTS_TO = 99


@dataclass(frozen=True, slots=True)
class MailState:
    """How a person wants e-mail, where it goes, and how the last letter fared."""

    way: str
    email: str
    goes_out: bool  # a mail server is set for this installation
    last_sent_at: datetime | None
    stuck: int  # letters that wait to be tried again, or were given up


def own_notices(user: "User") -> QuerySet[Notification]:
    """What was told to `user`, with `read`: 0 for what is unread, which stands first, else 1."""
    read = Case(When(read_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Notification.objects.filter(user_id=user.pk).annotate(read=read)


def unread_count(user: "User") -> int:
    """How many notices `user` has not read; beyond 99 it counts no further. One query."""
    unread = Notification.objects.filter(user_id=user.pk, read_at=None).order_by()
    return unread[: BELL_COUNTS_TO + 1].count()


def latest(user: "User", *, limit: int = 5) -> list[Notification]:
    """The latest notices of `user`, read or not. One query."""
    return list(Notification.objects.filter(user_id=user.pk).order_by("-told_at", "-pk")[:limit])


def was_told(key: str) -> bool:
    """Whether anybody was told what this key names."""
    return Notification.objects.filter(key=key).exists()


def mail_goes_out() -> bool:
    """Whether this installation has a mail server: without one no letter is written or sent."""
    return bool(settings.DANVAN_MAIL_HOST)


def mail_state(user: "User") -> MailState:
    """What the page of preferences shows. Three queries."""
    preference = MailPreference.objects.filter(user_id=user.pk).first()
    letters = Letter.objects.filter(user_id=user.pk)
    last = letters.exclude(sent_at=None).order_by("-sent_at").first()
    return MailState(
        way=preference.way if preference else Way.DIGEST,
        email=user.email,
        goes_out=mail_goes_out(),
        last_sent_at=last.sent_at if last else None,
        stuck=letters.filter(sent_at=None).exclude(failure="").count(),
    )
