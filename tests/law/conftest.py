import pytest

from danvan.law.services import load_calendar


@pytest.fixture
def calendar(db):
    """The calendar as the package ships it."""
    return load_calendar()
