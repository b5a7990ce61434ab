"""Writing letters of notices: at once, or one a day. A letter and the mark on its notices are one act."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from danvan.foundation import clock
from danvan.notifications.enums import Way
from danvan.notifications.models import Letter, MailPreference, Notification
from danvan.notifications.selectors import (
    DueThing,
    mail_goes_out,
    things_due,
    things_due_by_person,
)
from danvan.notifications.services.posting import post_letters
from danvan.notifications.wording import body_of, subject_of

# What has waited longer is in the list; a mail server that is set late must not send old news.
FRESH = timedelta(days=3)
# How far back a digest names what is overdue.
OVERDUE_SHOWN = timedelta(days=60)


def send_mail_due() -> int:
    """Write the letters of those who want each notice at once, then send what is due; returns how many went."""
    if not mail_goes_out():
        return 0
    for user_id in _people(_fresh().filter(user__mail_preference__way=Way.AT_ONCE)):
        _write_at_once(user_id)
    return post_letters()


def send_digests() -> int:
    """Write the digest of the day of each person to whom something new was told; returns how many.

    From the hour of the settings on, once a person a day, and only where there is something. Sent by
    `send_mail_due` with the others.
    """
    today = clock.today()
    if not mail_goes_out() or timezone.localtime(clock.now()).hour < settings.DANVAN_MAIL_HOUR:
        return 0
    waiting = (
        _fresh()
        .exclude(user__mail_preference__way__in=(Way.AT_ONCE, Way.NEVER))
        .exclude(user__mail_preference__last_digest_on__gte=today)
    )
    people = _people(waiting)
    if not people:
        return 0
    soon = timedelta(days=settings.DANVAN_REMIND_DAYS)
    due = things_due_by_person(things_due(today - OVERDUE_SHOWN, today + soon))
    return sum(_write_digest(user_id, due.get(user_id, []), today) for user_id in people)


def _fresh() -> Any:
    """Notices that nobody has read and no letter has told, of people who can get one."""
    waiting = Notification.objects.filter(
        mailed_at=None, read_at=None, told_at__gt=clock.now() - FRESH, user__is_active=True
    )
    return waiting.exclude(user__email="")


def _people(notices: Any) -> list[int]:
    return list(notices.order_by("user_id").values_list("user_id", flat=True).distinct())


@transaction.atomic
def _write_at_once(user_id: int) -> bool:
    preference = _locked(user_id)
    notices = list(_fresh().filter(user_id=user_id).order_by("pk"))
    if preference.way != Way.AT_ONCE or not notices:
        return False
    _write(preference, f"notice:{notices[-1].pk}", notices, [], clock.today())
    return True


@transaction.atomic
def _write_digest(user_id: int, due: list[DueThing], today: date) -> bool:
    preference = _locked(user_id)
    done = preference.last_digest_on is not None and preference.last_digest_on >= today
    notices = list(_fresh().filter(user_id=user_id).order_by("pk"))
    if preference.way != Way.DIGEST or done or not notices:
        return False
    preference.last_digest_on = today
    preference.save(update_fields=["last_digest_on"])
    _write(preference, f"digest:{user_id}:{today.isoformat()}", notices, due, today)
    return True


def _locked(user_id: int) -> MailPreference:
    """The row by which two workers that write to one person wait for each other."""
    MailPreference.objects.get_or_create(user_id=user_id)
    locked = MailPreference.objects.select_for_update(of=("self",)).select_related("user")
    return locked.get(user_id=user_id)


def _write(
    preference: MailPreference,
    key: str,
    notices: Iterable[Notification],
    due: list[DueThing],
    today: date,
) -> None:
    told, now = list(notices), clock.now()
    Letter.objects.create(
        user_id=preference.user_id,
        key=key,
        subject=subject_of(told, due, today),
        body=body_of(preference.user.full_name, told, due, today),
        written_at=now,
        due_at=clock.machine(),
    )
    Notification.objects.filter(pk__in=[one.pk for one in told]).update(mailed_at=now)
