"""The day on which these tests happen, and an open month."""

import pytest

from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import TODAY, Month


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


_month = once(Month, DANVAN_TODAY=TODAY)


@pytest.fixture
def month(_month, db):
    return own(_month)


@pytest.fixture
def officer(month, client):
    """The officer of the first commune, signed in."""
    user = make_grant(month.province.communes[0], "commune_officer")
    client.force_login(user)
    return user


@pytest.fixture
def specialist(month):
    """A specialist of the province."""
    return make_grant(month.province.place, "specialist")
