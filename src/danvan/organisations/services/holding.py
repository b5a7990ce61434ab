"""Holding units still while something is written for them."""

from collections.abc import Iterable

from danvan.organisations.models import Unit


def hold_units(unit_ids: Iterable[int]) -> None:
    """Let nobody end or merge these units until the transaction ends: what is written for them now finds its heir.

    Who applies a reorganisation holds the same rows, so one of the two waits for the other. One query.
    """
    rows = Unit.objects.select_for_update(no_key=True).filter(pk__in=sorted(set(unit_ids)))
    list(rows.order_by("pk").values_list("pk"))
