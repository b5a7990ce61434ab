"""Holding units still while something is written for them.

One order of locks for everybody, so that two acts never wait for each other:

1. the advisory lock of the act, where it has one (`foundation.locks`);
2. units, all in one query, by key (`hold_units`);
3. the calendar (`law.services.calendar_in_force`);
4. rows, parents before children (a dialogue or a document before its commitments, a commitment before what hangs on it),
   of one table by key in one query;
5. follow codes and number series.

Whoever learns only from a row which units it needs reads the row without a lock first, holds the units, and reads it
again under lock. Where two meet all the same, the page says so (`foundation.locks.met_another`).
"""

from collections.abc import Iterable

from danvan.organisations.models import Unit


def hold_units(unit_ids: Iterable[int]) -> None:
    """Let nobody end or merge these units until the transaction ends: what is written for them now finds its heir.

    Who applies a reorganisation holds the same rows, so one of the two waits for the other. One query.
    """
    rows = Unit.objects.select_for_update(no_key=True).filter(pk__in=sorted(set(unit_ids)))
    list(rows.order_by("pk").values_list("pk"))
