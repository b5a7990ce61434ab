"""Telling people something once, and their reading it. Neither is an act on the record: the act itself is."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from danvan.foundation import clock
from danvan.notifications.addresses import is_ours
from danvan.notifications.enums import Topic
from danvan.notifications.models import Letter, Notification, Reminder
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST = 400


@transaction.atomic
def tell(
    user_ids: Iterable[int],
    *,
    key: str,
    topic: Topic,
    words: str,
    url: str,
    about: Sequence[int] = (),
) -> int:
    """Tell each of these people one thing, once for each `key`; returns how many had not been told.

    `url` is an address of our own, from the slash on. Raises ValueError for any other. `about` are the commitments that the
    words count: opened, it shows these and no others.
    """
    if not is_ours(url):
        raise ValueError(f"a notification leads to a page of ours, not to {url!r}")
    people = set(user_ids)
    told = Notification.objects.filter(key=key, user_id__in=people)
    people -= set(told.values_list("user_id", flat=True))
    now, said = clock.now(), _short(words)
    Notification.objects.bulk_create(
        [
            Notification(
                user_id=pk,
                key=key,
                topic=topic,
                words=said,
                url=url,
                told_at=now,
                about=list(about),
            )
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


@transaction.atomic
def forget(*, words: str, page: str, things: Iterable[tuple[str, int]], until: datetime) -> None:
    """Take back what was told of something up to a moment: notices, reminders, its lines in letters, those that went out too.

    Notices are those that lead to its `page` or hold these `words`, by which it is called; reminders are those of `things`.
    """
    whole = re.compile(rf"{re.escape(words)}(?!\w)")  # KN-2026-1000 does not stand in KN-2026-10001
    told = Notification.objects.filter(told_at__lte=until)
    held = told.filter(words__contains=words).values_list("pk", "words")
    named = [pk for pk, said in held if whole.search(said)]
    told.filter(Q(url=page) | Q(pk__in=named)).delete()
    for model, pk in things:
        Reminder.objects.filter(model=model, object_id=pk).delete()
    letters = Letter.objects.select_for_update().filter(written_at__lte=until)
    for letter in letters.filter(Q(body__contains=words) | Q(subject__contains=words)):
        if whole.search(letter.subject):
            letter.subject = "Dân Vận Số"
        letter.body = _without(letter.body, whole)
        letter.save(update_fields=["subject", "body"])


def _without(body: str, words: re.Pattern[str]) -> str:
    """A letter without the lines that hold these words, and without the address under each."""
    kept, skip = [], False
    for line in body.split("\n"):
        if words.search(line) or (skip and line.startswith("  ")):
            skip = True
            continue
        skip = False
        kept.append(line)
    return "\n".join(kept)


def _short(words: str) -> str:
    """On one line, and no longer than the column."""
    said = " ".join(canonical(words).split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
