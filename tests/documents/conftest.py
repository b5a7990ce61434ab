from datetime import date

import pytest

from danvan.documents.services import (
    distribute_document,
    register_document,
    register_issued_document,
)
from tests.documents.papers import Paper
from tests.factories.province import Province, make_grant


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of its own for the files of each test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def province(db):
    return Province()


@pytest.fixture
def reviewer(province):
    return make_grant(province.place, "specialist")


@pytest.fixture
def clerk(province):
    return make_grant(province.place, "clerk")


@pytest.fixture
def office(client, reviewer):
    """A specialist of the province at work."""
    client.force_login(reviewer)
    return client


@pytest.fixture
def desk(client, clerk):
    """The clerk of the province at work."""
    client.force_login(clerk)
    return client


@pytest.fixture
def document(province):
    """A resolution in the register of the province's committee, read."""
    return register_document(
        unit=province.committee, content=Paper().as_docx(), name="nghi-quyet.docx", actor=None
    )


@pytest.fixture
def empty(province, document):
    """A document in review without proposals: tests add their own."""
    document.proposals.all().delete()
    return document


@pytest.fixture
def letter(province):
    """A resolution in the outgoing register of the province's committee, with its file."""
    return register_issued_document(
        unit=province.committee, document_type="resolution", symbol="07-NQ/TU", actor=None,
        abstract="về đối thoại", issued_on=date(2026, 3, 2), signer="Trần Văn Bình",
        content=Paper().as_docx(), name="nghi-quyet.docx", priority=1, pages=4, due_on=date(2027, 2, 1),
    )  # fmt: skip


@pytest.fixture
def sent(province, letter):
    """It, sent to the committees of the communes."""
    return distribute_document(letter, [one.pk for one in province.committees], actor=None)
