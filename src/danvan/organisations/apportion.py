"""Shares in whole parts per million that sum to exactly a million."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

MILLION = 1_000_000


def parts_per_million(shares: Sequence[Fraction | Decimal | int]) -> list[int]:
    """Turn positive shares of any scale into parts per million by the largest remainder.

    Sums to exactly 1,000,000 and keeps the order of the shares; of equal remainders the earlier gains.
    Raises ValueError where there is no share, or one that is not positive.
    """
    exact = [Fraction(share) for share in shares]
    if not exact or min(exact) <= 0:
        raise ValueError("shares must be positive, and there must be at least one")
    whole = sum(exact)
    quotas = [share * MILLION / whole for share in exact]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - quotas[place])
    for place in by_remainder[: MILLION - sum(parts)]:
        parts[place] += 1
    return parts
