"""Reminding of days: each thing once before its day and once after it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from danvan.foundation import clock
from danvan.notifications.enums import Topic, Warned
from danvan.notifications.models import Reminder
from danvan.notifications.selectors import DueThing, things_due, things_due_by_person
from danvan.notifications.services.telling import tell
from danvan.notifications.wording import days_left
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

# What was overdue longer before we looked is on the page of the day; nobody is told of old days again.
LOOKED_BACK = timedelta(days=7)


def remind_due() -> int:
    """Tell of what is due within the days of the settings and of what is overdue; returns how many were told of.

    Each thing is told of once as soon due and once as overdue for each day it was due on; a person gets one
    notice for all that is new. Two workers at once: one of them tells.
    """
    today = clock.today()
    last = today + timedelta(days=settings.DANVAN_REMIND_DAYS)
    soon, late = things_due(today, last), things_due(today - LOOKED_BACK, today - timedelta(days=1))
    try:
        return _remind(Warned.SOON, soon, today) + _remind(Warned.OVERDUE, late, today)
    except IntegrityError:  # another worker reminds of the same at this moment
        return 0


@transaction.atomic
def _remind(warned: Warned, things: Sequence[DueThing], today: date) -> int:
    new = _not_yet(warned, things)
    if not new:
        return 0
    Reminder.objects.bulk_create(
        Reminder(
            warned=warned, model=one.model, object_id=one.pk, due_on=one.due_on, at=clock.now()
        )
        for one in new
    )
    for user_id, mine in things_due_by_person(new).items():
        first = mine[0]
        tell(
            [user_id],
            key=f"{warned.value}:{first.model}:{first.pk}:{first.due_on.isoformat()}",
            topic=Topic.DUE,
            words=_words(warned, mine, today),
            url=first.url if len(mine) == 1 else f"{reverse('desk:home')}?nhom={warned.value}",
        )
    return len(new)


def _not_yet(warned: Warned, things: Sequence[DueThing]) -> list[DueThing]:
    told: dict[str, set[tuple[int, date]]] = defaultdict(set)
    ids = [one.pk for one in things]
    rows = Reminder.objects.filter(warned=warned, object_id__in=ids)
    for model, object_id, due_on in rows.values_list("model", "object_id", "due_on"):
        told[model].add((object_id, due_on))
    return [one for one in things if (one.pk, one.due_on) not in told[one.model]]


def _words(warned: Warned, mine: Sequence[DueThing], today: date) -> str:
    if len(mine) == 1:
        [one] = mine
        left = days_left(one.due_on, today)
        state = "Quá hạn" if warned == Warned.OVERDUE else "Sắp đến hạn"
        return f"{state} ({left}, hạn {format_date(one.due_on)}): {one.title}. {one.unit_name}"
    number = format_number(len(mine))
    if warned == Warned.OVERDUE:
        return f"{number} việc đã quá hạn, hạn sớm nhất {format_date(mine[0].due_on)}"
    return f"{number} việc sắp đến hạn, hạn gần nhất {format_date(mine[0].due_on)}"
