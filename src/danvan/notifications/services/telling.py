"""Telling people something once, and their reading it. Neither is an act on the record: the act itself is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import clock
from danvan.notifications.addresses import is_ours
from danvan.notifications.enums import Topic
from danvan.notifications.models import Notification
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST = 400


@transaction.atomic
def tell(user_ids: Iterable[int], *, key: str, topic: Topic, words: str, url: str) -> int:
    """Tell each of these people one thing, once for each `key`; returns how many had not been told.

    `url` is an address of our own, from the slash on. Raises ValueError for any other.
    """
    if not is_ours(url):
        raise ValueError(f"a notification leads to a page of ours, not to {url!r}")
    people = set(user_ids)
    told = Notification.objects.filter(key=key, user_id__in=people)
    people -= set(told.values_list("user_id", flat=True))
    now, said = clock.now(), _short(words)
    Notification.objects.bulk_create(
        [
            Notification(user_id=pk, key=key, topic=topic, words=said, url=url, told_at=now)
            for pk in sorted(people)
        ],
        ignore_conflicts=True,  # another worker told it a moment ago
    )
    return len(people)


@transaction.atomic
def mark_read(notice: Notification, *, actor: "User") -> Notification:
    """Note that the person it was told to has read it; the first time counts."""
    unread = Notification.objects.filter(pk=notice.pk, user=actor, read_at=None)
    unread.update(read_at=clock.now())
    return Notification.objects.get(pk=notice.pk)


@transaction.atomic
def mark_all_read(*, actor: "User", until: int | None = None) -> int:
    """Note that a person has read all there is, or all up to the latest one they saw; returns how many."""
    unread = Notification.objects.filter(user=actor, read_at=None)
    if until is not None:
        unread = unread.filter(pk__lte=until)
    return unread.update(read_at=clock.now())


def _short(words: str) -> str:
    """On one line, and no longer than the column."""
    said = " ".join(canonical(words).split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
