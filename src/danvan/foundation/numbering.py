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


def next_numbers(key: str, how_many: int) -> range:
    """The next `how_many` numbers of a series at once, for an act that writes many rows; as `next_number`."""
    last = next_number(key) - 1 + how_many
    NumberSeries.objects.filter(key=key).update(last=last)
    return range(last - how_many + 1, last + 1)


def hold_series(key: str) -> int:
    """The last number given out in a series, which the caller's transaction holds from here on; 0 for a new one."""
    series, _ = NumberSeries.objects.select_for_update().get_or_create(key=key)
    return series.last


def skip_to(key: str, last: int) -> None:
    """Let a held series go on after `last`: the numbers up to there are accounted for elsewhere. Never backwards."""
    NumberSeries.objects.filter(key=key, last__lt=last).update(last=last)


def last_number(key: str) -> int:
    """The last number given out in a series; 0 where none was."""
    return NumberSeries.objects.filter(key=key).values_list("last", flat=True).first() or 0
