from datetime import date

import pytest

from danvan.documents.services import register_document
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
