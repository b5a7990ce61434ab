"""Keeping the closure equal to what the versions say."""

from django.db import transaction
from django.db.models import Q

from danvan.foundation import planner
from danvan.organisations.closure import FOREVER
from danvan.organisations.edges import as_rows, recomputed_reach, stored_reach
from danvan.organisations.enums import Follows
from danvan.organisations.models import Reach


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
    planner.learn(Reach)
    return added, removed
