"""The figures that a rule may look at: what is answered now, and what was given before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction

from danvan.vietnamese.numbers import format_number

Known = Mapping[str, Decimal | None]
PLACES = 6  # as many as values are kept with
SHOWN_PLACES = 2  # of a figure that has no end, such as the middle of 1 and 2 thirds


@dataclass(frozen=True, slots=True)
class Past:
    """What a unit gave before, by item code. None or absent: không có số liệu.

    `history` holds the months before, the newest first, with None for a month without a figure; `year` the sum of
    the months of the year before this one; `forms` what other forms say of the same month, by form and item code.
    """

    previous: Known = field(default_factory=dict)
    last_year: Known = field(default_factory=dict)
    year: Known = field(default_factory=dict)
    history: Mapping[str, Sequence[Decimal | None]] = field(default_factory=dict)
    forms: Mapping[tuple[str, str], Decimal | None] = field(default_factory=dict)


NOTHING = Past()


@dataclass(frozen=True, slots=True)
class Figures:
    """The answers of now with the past beside them."""

    items: Known
    past: Past = NOTHING


def written(value: Fraction) -> str:
    """A figure as people write it: exact where it ends, else rounded half up."""
    places = PLACES if (value * 10**PLACES).denominator == 1 else SHOWN_PLACES
    scaled = value * 10**places
    half_up = (2 * abs(scaled).numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext(prec=max(len(str(half_up)), 1)):
        exact = Decimal(half_up).scaleb(-places)
    text = format_number(-exact if scaled < 0 and half_up else exact)
    return text.rstrip("0").removesuffix(",")
