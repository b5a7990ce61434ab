"""Keeping the closure equal to what the versions say."""

from django.db import connection, transaction
from django.db.models import Q

from danvan.organisations.closure import FOREVER
from danvan.organisations.edges import as_rows, recomputed_reach, stored_reach
from danvan.organisations.enums import Follows
from danvan.organisations.models import Lineage, Reach, Unit, UnitCode, UnitVersion


def refresh_statistics() -> None:
    """Tell the database how large the register has become, so that the next query is planned for it.

    The databases do this by themselves some time later; until then a query right after a large write
    is planned as if the tables were empty.
    """
    with connection.cursor() as cursor:
        for model in (Unit, UnitVersion, UnitCode, Lineage, Reach):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@transaction.atomic
def rebuild_reach() -> tuple[int, int]:
    """Make the stored closure equal to a recomputation; returns how many rows were added and removed."""
    wanted, stored = recomputed_reach(), stored_reach()
    added = removed = 0
    for follows in Follows.values:
        for one in stored[follows] - wanted[follows]:
            end = Q(valid_to=None if one.end == FOREVER else one.end)
            removed += Reach.objects.filter(
                end, top_id=one.top, unit_id=one.unit, follows=follows, valid_from=one.start
            ).delete()[0]
        missing = as_rows(follows, wanted[follows] - stored[follows])
        added += len(Reach.objects.bulk_create(missing, batch_size=5_000))
    refresh_statistics()
    return added, removed
