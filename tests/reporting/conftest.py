"""The day on which these tests happen, and an open month."""

import pytest

from tests.reporting.months import TODAY, Month


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def month(db):
    return Month()
