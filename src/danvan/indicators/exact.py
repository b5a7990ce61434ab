"""Sums without rounding on either database: whole parts and millionths are summed apart, as integers.

SQLite keeps decimals as floats and adds them as floats (0.1 + 0.2 is not 0.3 there). An amount that
`services.record_values` takes in can be split into integers without loss on both.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import BigIntegerField, Func

PLACES = 6
MILLION: int = 10**PLACES
# What a float keeps exactly: a whole number below the first, or one with six decimals below the second.
LARGEST = 10**15
LARGEST_BROKEN = 10**9


class _Integer(Func):
    """A part of a decimal as an integer, taken as the database gives it: rows by the million pass here."""

    arity = 1
    output_field = BigIntegerField()

    def get_db_converters(self, connection: Any) -> list[Any]:
        """None: both databases give integers."""
        return []


class Whole(_Integer):
    """The whole part of a decimal, towards zero."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """A cast cuts the fraction off."""
        return self.as_sql(
            compiler, connection, template="CAST(%(expressions)s AS INTEGER)", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """A cast would round."""
        return self.as_sql(compiler, connection, template="TRUNC(%(expressions)s)::bigint", **extra)


class Millionths(_Integer):
    """What is left of a decimal beside its whole part, in millionths, with its sign."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The difference of two floats this near is exact; its rounding gives the digits back."""
        template = (
            "CAST(ROUND((%(expressions)s - CAST(%(expressions)s AS INTEGER)) * 1000000) AS INTEGER)"
        )
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Decimals are exact here."""
        template = "((%(expressions)s - TRUNC(%(expressions)s)) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **extra)


def tidy(amount: Decimal) -> Decimal:
    """The same amount without the zeros that a stored decimal trails."""
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()


def joined(whole: int, millionths: int) -> Decimal:
    """The decimal of its two parts, however large the millionths have grown."""
    return tidy(Decimal(whole * MILLION + millionths).scaleb(-PLACES))


def parted(amount: Decimal) -> tuple[int, int]:
    """The two parts of a decimal of at most six places, both with its sign."""
    scaled = int(amount.scaleb(PLACES))
    whole, rest = divmod(abs(scaled), MILLION)
    return (whole, rest) if scaled >= 0 else (-whole, -rest)


def millionths_of(amount: Decimal) -> int:
    """An amount of at most six places in millionths."""
    return int(amount.scaleb(PLACES))


def decimal_of(amount: Fraction) -> Decimal:
    """The decimal of a fraction: to its last digit where it has one, else 28 digits of it."""
    if amount.denominator == 1:  # most are
        return Decimal(amount.numerator)
    try:
        return exactly(amount * MILLION)
    except ValueError:
        return Decimal(amount.numerator) / Decimal(amount.denominator)


def exactly(millionths: Fraction | int) -> Decimal:
    """The decimal of an amount in millionths, to its last digit, however many there are.

    For shares in parts per million, and shares of such shares: their denominators hold twos and fives only.
    """
    amount = Fraction(millionths) / MILLION
    rest, twos, fives = amount.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        raise ValueError(f"{amount} has no last digit")
    places = max(twos, fives)
    return Decimal(f"{amount.numerator * 10**places // amount.denominator}E-{places}")
