"""Numbers without gaps: the register of incoming documents may not skip one."""

from django.db import transaction

from danvan.foundation.models import NumberSeries


def next_number(key: str) -> int:
    """The next number of a series, from 1. The caller's transaction holds the series until it ends.

    Must be called inside that transaction: an act that is rolled back gives its number back, and a
    second caller waits for the first.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A number is taken inside the transaction of the act that uses it."
        )
    series, _ = NumberSeries.objects.select_for_update().get_or_create(key=key)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
