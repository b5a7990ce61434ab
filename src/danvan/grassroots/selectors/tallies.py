"""The counts of households of a matter, put to the arithmetic of `tallying` with the law of their round."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from danvan.grassroots.enums import Outcome
from danvan.grassroots.models import Matter, MatterCount, MatterRound
from danvan.grassroots.tallying import Count, Threshold, commune_outcome, village_outcome
from danvan.law.enums import Measure

if TYPE_CHECKING:
    from danvan.law.models import LegalParameter


def threshold(row: "LegalParameter") -> Threshold:
    """A share of the law as the arithmetic takes it."""
    return Threshold(
        Fraction(row.numerator, row.denominator), more=row.unit == Measure.MORE_THAN_SHARE_OF_ALL
    )


def rounds_of(matter: Matter) -> list[MatterRound]:
    """The rounds of a matter with their counts, in order. Two queries."""
    rows = matter.rounds.select_related("passing", "quorum", "by_villages")
    return list(rows.prefetch_related("counts").order_by("number"))


def outcome_of(matter: Matter, *, upto: MatterRound) -> Outcome:
    """What the rounds of a matter come to, up to one of them, by the law of that one."""
    return outcome_after([one for one in rounds_of(matter) if one.number <= upto.number])


def outcome_after(rounds: Sequence[MatterRound]) -> Outcome:
    """What these rounds come to: of a village the last alone, of a commune the last valid one of each village."""
    last = rounds[-1]
    passing = threshold(last.passing)
    quorum = threshold(last.quorum) if last.quorum else None
    if last.by_villages is None:
        [only] = last.counts.all()
        return village_outcome(count_of(last, only), passing, quorum)
    counts: dict[int, list[Count]] = {}
    for one in rounds:
        for row in one.counts.all():
            counts.setdefault(row.village_id, []).append(count_of(one, row))
    return commune_outcome(counts, last.villages, passing, quorum, threshold(last.by_villages))


def count_of(one: MatterRound, row: MatterCount) -> Count:
    """One row as the arithmetic takes it."""
    return Count(row.households, row.present, row.agreed, row.against, one.form)
