"""Count the ledger again where its kept counts no longer hold. May be killed and run again at any time."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum, Value

from danvan.commitments.enums import KEPT, Part
from danvan.commitments.models import WHOLE, CommitmentTally, StaleTally, TalliedLead
from danvan.commitments.selectors.brackets import brackets_on
from danvan.commitments.selectors.tallies import counted_by
from danvan.commitments.triggers import keep_triggers
from danvan.foundation import clock
from danvan.foundation.locks import alone

KEEPER = 4_110_219_801
LEADS = 300  # a turn
NEVER = date(1900, 1, 1)
COLUMNS = ("lead_id", "year", "part", "value", *KEPT)


def count_again(*, most: int = LEADS) -> int:
    """Count the leads again whose tallies are stale or of another day, then all together; how many leads.

    First come the triggers that say which are stale. One transaction a turn. Until the whole is counted,
    readers sum it from the leads.
    """
    day, number = clock.today(), 0
    bounds = brackets_on(day)
    keep_triggers(connection)
    while done := _turn(day, most):
        number += done
    if number or not TalliedLead.objects.filter(lead_id=WHOLE, counted_on=day).exists():
        _count_whole(day)
    if brackets_on(day) != bounds:  # changed while this was counting by the old ones
        forget_counts()
    return number


def forget_counts() -> None:
    """Let no kept count hold any more: how late is told by other brackets from now on."""
    TalliedLead.objects.update(counted_on=NEVER)


def brackets_changed() -> None:
    """For the law, inside the change of a parameter: at once, and again for what was counted meanwhile."""
    forget_counts()
    transaction.on_commit(forget_counts)


@transaction.atomic
def _turn(day: date, most: int) -> int:
    """Some leads. What is written meanwhile brings a stale row of its own, which stays."""
    if not alone(KEEPER):
        return 0
    stale = list(StaleTally.objects.order_by("pk").values_list("pk", "lead_id")[:most])
    leads = {lead for _, lead in stale}
    old = TalliedLead.objects.exclude(counted_on=day).exclude(lead_id__in={*leads, WHOLE})
    leads |= set(old.values_list("lead_id", flat=True)[: max(most - len(leads), 0)])
    if not leads:
        return 0
    StaleTally.objects.filter(pk__in=[pk for pk, _ in stale]).delete()
    TalliedLead.objects.filter(lead_id__in={*leads, WHOLE}).delete()
    CommitmentTally.objects.filter(lead_id__in=leads).delete()
    for part in Part.values:
        _insert(
            counted_by(part, leads, day).order_by("lead_id")
        )  # what is read together lies together
    TalliedLead.objects.bulk_create(TalliedLead(lead_id=pk, counted_on=day) for pk in sorted(leads))
    return len(leads)


@transaction.atomic
def _count_whole(day: date) -> None:
    """All leads together, unless some are stale again by now."""
    fresh = TalliedLead.objects.exclude(lead_id=WHOLE)
    if not alone(KEEPER) or fresh.exclude(counted_on=day).exists():
        return
    CommitmentTally.objects.filter(lead_id=WHOLE).delete()
    rows = CommitmentTally.objects.exclude(lead_id=WHOLE).order_by()
    _insert(
        rows.values("year", "part", "value")
        .annotate(lead=Value(WHOLE), **{f"all_{name}": Sum(name) for name in KEPT})
        .values_list("lead", "year", "part", "value", *(f"all_{name}" for name in KEPT))
    )
    TalliedLead.objects.update_or_create(lead_id=WHOLE, defaults={"counted_on": day})


def _insert(rows: "QuerySet[Any, Any]") -> None:
    """Write what a query counts, without a way through this process."""
    sql, params = rows.query.sql_with_params()
    into = f"{CommitmentTally._meta.db_table} ({', '.join(COLUMNS)})"
    with connection.cursor() as cursor:
        cursor.execute(f"insert into {into} {sql}", params)
