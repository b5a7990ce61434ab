"""What `outside` is made of, for tests that run their own processes; the fixture is one for all tests."""

import pytest

from danvan.foundation import jobs
from tests.outside import SET_UP, Outside

__all__ = ["SET_UP", "Outside"]


@pytest.fixture
def own_schedule(monkeypatch, settings):
    """Jobs wait for a worker, and nothing recurs but what the test says."""
    monkeypatch.setattr(jobs, "_scheduled", {})
    settings.DANVAN_JOBS_INLINE = False
