"""What a report tells of the third fact: over what somebody asked for, and nothing where nobody did."""

from datetime import date

from danvan.analytics.commitment_part import CommitmentPart, fits
from danvan.analytics.figures import Figure
from danvan.commitments.services import agree_commitment, dispute_commitment
from danvan.foundation.periods import Period
from tests.commitments.test_acts import put

DAY = date(2026, 11, 20)


def figures(ledger):
    part = CommitmentPart(ledger.province.place.pk, "Nghệ An", Period.parse("2026"), DAY)
    [paragraph] = part.told()
    told = [run for run in paragraph.runs if isinstance(run, Figure)]
    return part, {one.key.split(":")[1]: (one.numerator, one.denominator) for one in told}


def test_a_report_counts_who_agreed_over_what_was_asked_for(ledger):
    ledger.one()
    assert "asked" not in figures(ledger)[1]
    agree_commitment(put(ledger, "claimed"), code_id=1)
    dispute_commitment(put(ledger, "claimed"), code_id=2, words="Còn 180 m")
    part, told = figures(ledger)
    assert (told["due"][0], told["asked"], told["agreed"], told["disputed"]) == (
        3, (2, 3), (1, 2), (1, 2),
    )  # fmt: skip
    for what in ("asked", "agreed", "disputed"):
        assert sum(fits(row, what, DAY) for row in part.rows()) == told[what][0]
