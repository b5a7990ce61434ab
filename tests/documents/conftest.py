from datetime import date

import pytest

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
