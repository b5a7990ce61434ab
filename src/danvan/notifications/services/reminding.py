"""Reminding of days: each thing once before its day and once after it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from danvan.accounts.selectors import holders_near
from danvan.commitments.selectors import clocks_warn
from danvan.foundation import clock
from danvan.notifications.addresses import petition_page
from danvan.notifications.enums import Topic, Warned
from danvan.notifications.models import Reminder
from danvan.notifications.selectors import COMMITMENT, DueThing, things_due, things_due_by_person
from danvan.notifications.services.telling import tell
from danvan.notifications.wording import days_left
from danvan.petitions.selectors.telling import against, idle_told
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

# The groups of the page of the day.
GROUPS = {Warned.SOON: "den-han", Warned.OVERDUE: "qua-han"}
# What was overdue longer before we looked is on the page of the day; nobody is told of old days again.
LOOKED_BACK = timedelta(days=7)


def remind_due() -> int:
    """Tell of what is due within the days of the settings and of what is overdue; returns how many were told of.

    Each thing is told of once as soon due and once as overdue for each day it was due on; a person gets one
    notice for all that is new. That a commitment is soon due, its clock tells where the rules of warning are loaded.
    """
    today = clock.today()
    last = today + timedelta(days=settings.DANVAN_REMIND_DAYS)
    soon, late = things_due(today, last), things_due(today - LOOKED_BACK, today - timedelta(days=1))
    if clocks_warn(today):
        soon = [one for one in soon if one.model != COMMITMENT]
    return _remind(Warned.SOON, soon, today) + _remind(Warned.OVERDUE, late, today)


def remind_idle() -> int:
    """Tell who decides of petitions that nobody dealt with: once for each alarm of their clocks; returns how many ring."""
    today = clock.today()
    ringing = idle_told(today - LOOKED_BACK, today)
    people = holders_near({one.petition.unit_id for one in ringing}, "petitions.decide")
    for one in ringing:
        row = one.petition
        tell(
            set(people.get(row.unit_id, ())) - against(row),
            key=f"petitions.idle:{row.pk}:{one.mark}:{one.due_on:%Y%m%d}",
            topic=Topic.DUE,
            words=f"Cảnh báo đỏ: đơn {row.number} nhận ngày {format_date(row.received_on)} chưa được xử lý; quá "
            f"{format_date(one.due_on)} thì xem xét trách nhiệm ({one.citation})",
            url=petition_page(row.pk),
        )
    return len(ringing)


@transaction.atomic
def _remind(warned: Warned, things: Sequence[DueThing], today: date) -> int:
    new = _noted(warned, things)
    for user_id, mine in things_due_by_person(new).items():
        first = mine[0]
        tell(
            [user_id],
            key=f"{warned.value}:{first.model}:{first.pk}:{first.due_on.isoformat()}",
            topic=Topic.DUE,
            words=_words(warned, mine, today),
            url=first.url if len(mine) == 1 else f"{reverse('desk:home')}?nhom={GROUPS[warned]}",
        )
    return len(new)


def _noted(warned: Warned, things: Sequence[DueThing]) -> list[DueThing]:
    """Those that nobody was warned of, noted as warned of: another worker that asks now gets none of them."""
    if not things:
        return []
    run, known = uuid4(), _reminded(warned, things)
    Reminder.objects.bulk_create(
        [
            Reminder(
                warned=warned, model=one.model, object_id=one.pk, due_on=one.due_on,
                at=clock.now(), run=run,
            )
            for one in things
            if _key(one) not in known
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    mine = _reminded(warned, things, run=run)
    return [one for one in things if _key(one) in mine]


def _reminded(
    warned: Warned, things: Sequence[DueThing], **narrowed: Any
) -> set[tuple[str, int, date]]:
    rows = Reminder.objects.filter(
        warned=warned, object_id__in=[one.pk for one in things], **narrowed
    )
    return set(rows.values_list("model", "object_id", "due_on"))


def _key(thing: DueThing) -> tuple[str, int, date]:
    return (thing.model, thing.pk, thing.due_on)


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
