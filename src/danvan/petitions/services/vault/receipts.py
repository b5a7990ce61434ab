"""A receipt that is written again finds what it found: the case that left its paper for the vault too."""

from collections.abc import Iterable

from danvan.petitions.models import Denunciation
from danvan.petitions.selectors.vault.receipts import receipt_mark


def keep_to_receipt(before: Iterable[str], now: str | None) -> None:
    """Let the cases that were found by the codes of these digests be found by this one. For the act that writes the receipt."""
    if now is not None:
        marks = [receipt_mark(one) for one in before]
        Denunciation.objects.filter(receipt__in=marks).update(receipt=receipt_mark(now))
