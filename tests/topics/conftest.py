import pytest

from tests.topics.trees import TODAY, forgotten, registered


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = TODAY


@pytest.fixture
def records():
    yield registered()
    forgotten()
