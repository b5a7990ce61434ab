"""A directive of the province sent to the committees of its communes, on which its roll-out is tried."""

from danvan.documents.models import Distribution
from danvan.documents.services import distribute_document, register_issued_document
from tests.documents.papers import Paper


def directive_of(province):
    """A resolution, sent on the 20th of November 2026."""
    letter = register_issued_document(
        unit=province.committee, symbol="07-NQ/TU", abstract="về đối thoại", issued_on=Paper().day,
        document_type="resolution", actor=None,
    )  # fmt: skip
    distribute_document(letter, [one.pk for one in province.committees], actor=None)
    Distribution.objects.update(sent_at="2026-11-20T03:00:00Z")
    return letter
